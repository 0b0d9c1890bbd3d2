"""Tables written as text: what a bank, a hotline or an old program exports, in UTF-8 or GBK, with or without a mark."""

import csv
import io

from banjie.base.decoding import decoded
from banjie.base.errors import InvalidInput
from banjie.sheets.reading.raw import RawSheet, rows_of

_SEPARATORS = ",\t;|"
_LONGEST_CELL = 200_000


def read_text_table(content: bytes, *, name: str = "") -> RawSheet:
    """Return a table written as text; the separator is the one that its first lines use most."""
    text = decoded(content)
    if text is None:
        raise InvalidInput("认不出这个文件的文字编码。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。")
    csv.field_size_limit(_LONGEST_CELL)
    plain = text.replace("\x00", "")
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=_separator(plain))
    try:
        return RawSheet(name, rows_of((line_no, cells) for line_no, cells in enumerate(reader, start=1)))
    except csv.Error as broken:
        raise InvalidInput(
            f"第{reader.line_num}行读不下去：引号没有成对，或一格太长。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
        ) from broken


def _separator(text: str) -> str:
    opening = text[:4000]
    return max(_SEPARATORS, key=lambda separator: (opening.count(separator), -_SEPARATORS.index(separator)))
