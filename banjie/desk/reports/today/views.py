"""Print a leader's day, take it away in Word, and open what stands behind its numbers (U44)."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.errors import NotFound
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.reports.answers import case_list, print_sheet, word_file
from banjie.desk.reports.showing import parts_of
from banjie.reports.queries import leaders_of, part_of, sheet_for


@require_safe
@never_cache
@needs("reports.print_today", scope="a leader of the actor's own town; what that leader may see")
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Show the sheet of the leader that is asked for, or of the first one, on one side of A4."""
    leader_id = _leader(request)
    made = sheet_for(at_work(request).town, leader_id, at=now())

    def open_part(part: str) -> str:
        return reverse("reports:today-part", args=[leader_id, part])

    parts = parts_of(made, open_topic=str, open_part=open_part)
    word = f"{reverse('reports:today-word')}?{urlencode({'leader': leader_id})}"
    return print_sheet(request, made, parts, back=reverse("reports:home"), word=word)


@require_safe
@never_cache
@needs("reports.print_today", scope="a leader of the actor's own town; what that leader may see")
def sheet_word(request: HttpRequest) -> HttpResponseBase:
    """Answer with the sheet as a Word file."""
    return word_file(sheet_for(at_work(request).town, _leader(request), at=now()))


@require_safe
@needs("reports.print_today", scope="visible_to; what lies beyond the reader is only counted")
def part(request: HttpRequest, leader_id: UUID, part: str) -> HttpResponseBase:
    """List all the cases behind one number of the sheet."""
    title, cases = part_of(at_work(request).town, leader_id, part, at=now())
    back = f"{reverse('reports:today')}?{urlencode({'leader': leader_id})}"
    return case_list(request, title, cases, back=back)


def _leader(request: HttpRequest) -> UUID:
    """Return the leader asked for, or the first. Raises NotFound where the town has none."""
    try:
        return UUID(request.GET["leader"])
    except (KeyError, ValueError):
        leaders = leaders_of(at_work(request).town, at=now())
        if not leaders:
            raise NotFound("还没有设镇领导岗位。请安全管理员在“设置—岗位”里任岗。") from None
        return leaders[0].id
