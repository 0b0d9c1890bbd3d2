"""One's own page of 代录, and a colleague's for whoever prints papers for those who do not log in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.cases.queries import cases_by_id
from banjie.desk.access import needs
from banjie.desk.cases.line import title_of
from banjie.desk.cases.rows import address_of_case
from banjie.desk.cases.watch import say_moment
from banjie.desk.deeds import at_work
from banjie.ledger.queries import recorded_for, told
from banjie.people.queries import StaffActor, names_of, staff_for

SPAN = timedelta(days=35)
MOST = 300


@dataclass(frozen=True)
class Record:
    """One deed that another wrote down: when, which case, what, by whom, on what ground."""

    moment: str
    number: str
    href: str
    deed: str
    by: str
    ground: str


@require_safe
@needs("desk.use", scope="what was recorded in the actor's own name")
def own(request: HttpRequest) -> HttpResponseBase:
    """Show what others wrote down in this person's name in the last five weeks."""
    actor = at_work(request)
    return _paper(request, actor, actor.id, actor.name)


@require_safe
@needs("reports.print_today", scope="staff of the actor's own town")
def of_another(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """Show a colleague's page, to print it for one who does not log in."""
    actor = at_work(request)
    person = staff_for(actor, staff_id)
    return _paper(request, actor, person.pk, person.name)


def _paper(request: HttpRequest, actor: StaffActor, staff_id: UUID, name: str) -> HttpResponseBase:
    at = now()
    context = {"name": name, "since": at - SPAN, "records": _records(actor, staff_id, since=at - SPAN)}
    return page(request, "desk/recorded/paper.html", context)


def _records(actor: StaffActor, staff_id: UUID, *, since: datetime) -> list[Record]:
    """Return the records, each with its case where the reader may see it."""
    found = told(recorded_for(actor.town, staff_id, since=since)[:MOST])
    seen = cases_by_id(actor, {one.entry.subject_id for one in found})
    numbers = dict(seen.values_list("pk", "number"))
    names = names_of(actor.town).staff
    return [
        Record(
            moment=say_moment(one.entry.recorded_at),
            number=numbers.get(one.entry.subject_id, ""),
            href=address_of_case(numbers[one.entry.subject_id]) if one.entry.subject_id in numbers else "",
            deed=title_of(one.entry.deed),
            by=names.get(one.entry.by, ""),
            ground=one.ground,
        )
        for one in found
    ]
