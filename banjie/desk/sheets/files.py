"""A workbook as the answer to a request: named in Chinese, streamed, kept in no cache."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import StreamingHttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
LONGEST = 80


def sheet_file(pieces: Iterable[bytes], *, name: str) -> StreamingHttpResponse:
    """Return a workbook to be saved under a name, without its extension."""
    stem = name.translate(_UNFIT).strip(" .")[:LONGEST] or "表格"
    answer = StreamingHttpResponse(pieces, content_type=XLSX)
    answer["Content-Disposition"] = (
        f"attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''{quote(stem)}.xlsx"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
