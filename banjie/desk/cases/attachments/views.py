"""Serve a case's file: whoever may see the case may have it, always as a download (T16)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.cases.queries import attachment_for
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.sending import downloaded, pictured


@require_safe
@needs("cases.view_case", scope="case_for")
def file(request: HttpRequest, number: str, attachment_id: UUID) -> HttpResponseBase:
    """Send the file as a download."""
    attachment = attachment_for(at_work(request), number, attachment_id)
    return downloaded(attachment.file, name=attachment.name)


@require_safe
@needs("cases.view_case", scope="case_for")
def preview(request: HttpRequest, number: str, attachment_id: UUID) -> HttpResponseBase:
    """Show a picture in the page; only images that were written anew here, NotFound for anything else."""
    return pictured(attachment_for(at_work(request), number, attachment_id).file)
