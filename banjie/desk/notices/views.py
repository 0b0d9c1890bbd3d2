"""The inbox: list, open, mark all as read. Nobody sees whether another has read what."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from banjie.base.clock import now
from banjie.base.keyset import count_to, slice_after
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.notices.pages import page_of
from banjie.desk.office.pages import counted
from banjie.notices.actions import mark_all_read, mark_read
from banjie.notices.queries import inbox_of

OWN = "the actor's own notices"
PAGE = 30
COUNTED = 1000


@require_safe
@needs("desk.use", scope=OWN)
def inbox(request: HttpRequest) -> HttpResponseBase:
    """List what this person was told, the newest first."""
    found = inbox_of(at_work(request))
    if is_unread := request.GET.get("unread") == "1":
        found = found.filter(read_at__isnull=True)
    shown = slice_after(found, by=("-made_at", "-id"), token=request.GET.get("after", ""), size=PAGE)
    pager = counted(request, shown, total=count_to(found, COUNTED), limit=COUNTED)
    context = {"notices": shown.rows, "pager": pager, "is_unread": is_unread}
    return page(request, "desk/notices/inbox.html", context)


@require_POST
@needs("desk.use", scope=OWN)
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponseBase:
    """Mark one notice as read and lead to what it is about."""
    notice = mark_read(at_work(request), notice_id, at=now())
    return redirect(page_of(notice.about) or "notices:inbox")


@require_POST
@needs("desk.use", scope=OWN)
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Mark all of this person's notices as read."""
    count = mark_all_read(at_work(request), at=now())
    messages.success(request, f"{count}条消息已标为看过。" if count else "没有未看的消息。")
    return redirect("notices:inbox")
