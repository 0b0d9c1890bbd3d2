"""Send what was handed in: always as a download, or as a picture that was written anew here (T16)."""

from typing import TypeVar

from django.http import FileResponse, HttpResponseBase

from banjie.base.errors import NotFound
from banjie.files.models import StoredFile
from banjie.files.queries import open_file, open_preview

Sent = TypeVar("Sent", bound=HttpResponseBase)


def downloaded(stored: StoredFile, *, name: str) -> FileResponse:
    """Return a file as a download under a name."""
    content = open_file(stored)
    return guarded(FileResponse(content, as_attachment=True, filename=name, content_type=stored.media_type))


def pictured(stored: StoredFile) -> FileResponse:
    """Return a picture to be shown in a page; NotFound for anything that was not written anew here."""
    if not stored.is_inline_safe:
        raise NotFound("这个附件不能直接显示，请下载后打开。")
    content, media_type = open_preview(stored)
    return guarded(FileResponse(content, content_type=media_type))


def guarded(sent: Sent) -> Sent:
    """Return an answer that no browser takes for another type or keeps."""
    sent["X-Content-Type-Options"] = "nosniff"
    sent["Cache-Control"] = "private, no-store"
    return sent
