"""Plain text: decoded as this country writes it, free of markup that might run and of formulas that call out."""

import re
from pathlib import Path

from banjie.base.decoding import decoded
from banjie.files.checks.refusal import refusal
from banjie.files.checks.signatures import is_eicar, virus_found

MAX_TEXT_BYTES = 5_000_000
_MARKUP = re.compile(
    r"<\s{0,5}(?:script|html|head|body|svg|iframe|object|embed|meta|link|img|\?php|\?xml|!doctype|!entity)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_CALLING_CELL = re.compile(
    r"(?m)(?:^|[,;\t])[ \"]{0,4}[=+\-@][ ]{0,4}"
    r"(?:[^,|\r\n]{0,80}\|[^,!\r\n]{0,80}!|(?:HYPERLINK|WEBSERVICE|IMPORT\w{1,9}|CALL|EXEC|REGISTER)[ ]{0,4}\()",
    re.IGNORECASE,
)
"""Spans are bounded: an unbounded one takes quadratic time on a file made for that."""


def check_text(path: Path) -> str:
    """Return the file's text (UTF-8, UTF-16 with mark, GB18030); raises InvalidInput for what is no plain text."""
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise refusal(
            f"文本文件超过 {MAX_TEXT_BYTES // 1_000_000} MB。请分成几份，或改用表格文件（.xlsx）上传。"
        )
    content = path.read_bytes()
    if is_eicar(content):
        raise virus_found()
    text = decoded(content)
    if text is None or _CONTROL.search(text):
        raise _no_text()
    if _MARKUP.search(text):
        raise refusal(
            "文本里是网页代码，系统不收。请只留文字内容，另存为纯文本后再上传；要留存网页的，请截图上传。"
        )
    if _CALLING_CELL.search(text):
        raise refusal("表格文本里有会自动运行或连出去的公式，系统不收。请把这些单元格改成纯文字后再上传。")
    return text


def _no_text() -> Exception:
    return refusal(
        "认不出这是什么文件：扩展名是文本，内容却不是文字。请用记事本打开确认，另存为 UTF-8 文本后再上传。"
    )
