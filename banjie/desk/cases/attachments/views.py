"""Serve a case's file: whoever may see the case may have it, always as a download (T16)."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.errors import NotFound
from banjie.cases.queries import attachment_for
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.files.queries import open_file, open_preview


@require_safe
@needs("cases.view_case", scope="case_for")
def file(request: HttpRequest, number: str, attachment_id: UUID) -> HttpResponseBase:
    """Send the file as a download."""
    attachment = attachment_for(at_work(request), number, attachment_id)
    stored = attachment.file
    sent = FileResponse(
        open_file(stored), as_attachment=True, filename=attachment.name, content_type=stored.media_type
    )
    return _guarded(sent)


@require_safe
@needs("cases.view_case", scope="case_for")
def preview(request: HttpRequest, number: str, attachment_id: UUID) -> HttpResponseBase:
    """Show a picture in the page; only images that were written anew here, NotFound for anything else."""
    attachment = attachment_for(at_work(request), number, attachment_id)
    if not attachment.file.is_inline_safe:
        raise NotFound("这个附件不能直接显示，请下载后打开。")
    content, media_type = open_preview(attachment.file)
    return _guarded(FileResponse(content, content_type=media_type))


def _guarded(sent: FileResponse) -> FileResponse:
    sent["X-Content-Type-Options"] = "nosniff"
    sent["Cache-Control"] = "private, no-store"
    return sent
