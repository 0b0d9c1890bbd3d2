"""A workbook as the answer to a request: named in Chinese, streamed, kept in no cache."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import StreamingHttpResponse

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
LONGEST = 80


def sheet_file(pieces: Iterable[bytes], *, name: str) -> StreamingHttpResponse:
    """Return a workbook to be saved under a name, without its extension."""
    return _file(pieces, name, "xlsx")


def comma_file(pieces: Iterable[bytes], *, name: str) -> StreamingHttpResponse:
    """Return a .csv to be saved under a name, without its extension."""
    return _file(pieces, name, "csv")


def _file(pieces: Iterable[bytes], name: str, extension: str) -> StreamingHttpResponse:
    stem = name.translate(_UNFIT).strip(" .")[:LONGEST] or "表格"
    answer = StreamingHttpResponse(pieces, content_type=TYPES[extension])
    answer["Content-Disposition"] = (
        f"attachment; filename=\"sheet.{extension}\"; filename*=UTF-8''{quote(stem)}.{extension}"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
