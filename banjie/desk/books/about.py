"""What books hold of one case or resident: a part that its page loads when it comes into sight, or a page of its own.

The page of a case is opened a hundred times a day and most cases stand in no book, so it does not wait for this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.books.queries import FoundRecord, records_about, title_of
from banjie.cases.queries import case_for
from banjie.desk.access import needs
from banjie.desk.books.rows import address_of
from banjie.desk.deeds import at_work
from banjie.residents.queries import hits_of, resident_for

SEE = "books.see_records"
SHOWN = 50
PART = "records-about"
"""The id of the part."""


@dataclass(frozen=True)
class AboutRow:
    """One record of some book."""

    book: str
    title: str
    day: str
    href: str


@never_cache
@require_safe
@needs(SEE, scope="case_for, and the books that the actor sees")
def about_case(request: HttpRequest, number: str) -> HttpResponseBase:
    """List the records of books about a case."""
    actor = at_work(request)
    case = case_for(actor, number)
    found = records_about(actor, on=local_day(now()), case_id=case.pk)
    back = reverse("cases:page", args=[number])
    return _answer(request, found, of=f"{case.number} {case.title}", back=back)


@never_cache
@require_safe
@needs(SEE, scope="the actor's villages, and the books that he sees")
def about_resident(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """List the records of books about a resident; of whom they are is said covered."""
    actor = at_work(request)
    row = resident_for(actor, resident_id)
    found = records_about(actor, on=local_day(now()), resident_id=row.pk)
    back = reverse("residents:page", args=[row.pk])
    return _answer(request, found, of=hits_of([row])[0].name, back=back)


def _answer(request: HttpRequest, found: Sequence[FoundRecord], *, of: str, back: str) -> HttpResponseBase:
    rows = [_row(one) for one in found[:SHOWN]]
    told = {"rows": rows, "has_more": len(found) > SHOWN, "of": of, "back": back}
    return page(request, "desk/books/about.html", told, partials=[PART])


def _row(one: FoundRecord) -> AboutRow:
    return AboutRow(
        one.book.title, title_of(one.record, one.book), one.record.day.isoformat(), address_of(one.record)
    )
