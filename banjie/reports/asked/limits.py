"""How much of a form is read, how long that may take, and what is said of one that is more than that."""

MEMORY_BYTES = 1_000_000_000
SECONDS = 30
"""Of the processor, for one file."""
CONVERSION_SECONDS = 60
MOST_CELLS = 20_000
TOO_LARGE = "这张表格子太多，读不下来。请删去空白的行列，只留要填的表，另存一份后再上传。"
UNREADABLE = "这个文件打不开，可能没有保存完整。请用 Word、Excel 或 WPS 打开，另存一份后再上传。"
NO_OFFICE = (
    "这台服务器没有装 LibreOffice，读不了老格式的 .doc。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
)
NOT_CONVERTED = "老格式的 .doc 没有转换成功。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
