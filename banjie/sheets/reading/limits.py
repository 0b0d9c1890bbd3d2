"""How much of a file is read, and what is said of one that is more than that."""

MEMORY_BYTES = 1_200_000_000
SECONDS = 60
"""Of the processor, for one file."""
MOST_ROWS = 50_000
MOST_COLUMNS = 200
TOO_LONG = f"这张表超过{MOST_ROWS:,}行。请分成几个文件，分别导入。"
TOO_WIDE = f"这张表超过{MOST_COLUMNS}列。请删去右边空白的列，或只留要导入的列。"
TOO_MUCH = "这个文件太大，或有大片带格式的空白区域，读不下来。请删去空白的行列，分成几个文件后再上传。"
UNREADABLE = "这个文件打不开，可能没有保存完整。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
