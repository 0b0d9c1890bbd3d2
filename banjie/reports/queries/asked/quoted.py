"""Numbers of the book of quoted numbers that a form asks for again: of the same days, and of the period before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from banjie.books.models import Record
from banjie.fields.spec import Bound
from banjie.figures.periods import Period
from banjie.reports.asked.quoting import BOOK, is_of_form, name_of
from banjie.reports.models import AskedForm

MOST = 500


@dataclass(frozen=True)
class Quoted:
    """A quoted number as it would be typed, and who said it."""

    text: str
    said_by: str


def quoted_in(form: AskedForm, period: Period) -> Mapping[str, Quoted]:
    """Return name → the number that was quoted for the very same days, the one told last."""
    days = _standing(form.town).filter(day=period.to_on, values__from_on=period.from_on.isoformat())
    return _by_name(days, form)


def quoted_before(form: AskedForm, labels: Iterable[str]) -> Mapping[str, Quoted]:
    """Return label → the number quoted under its name for the last days before those of the form."""
    names = {label: name_of(label) for label in labels}
    if not names:
        return {}
    earlier = _standing(form.town).filter(day__lt=form.from_on, values__name__in=sorted(set(names.values())))
    found = _by_name(earlier, form)
    return {label: found[name] for label, name in names.items() if name in found}


def _standing(town: str) -> QuerySet[Record]:
    return Record.objects.filter(town=town, book=BOOK, voided_at__isnull=True).order_by("-day", "-id")


def _by_name(rows: QuerySet[Record], form: AskedForm) -> dict[str, Quoted]:
    """Return what was told last under each name: for no form, or for one of the same title."""
    found: dict[str, Quoted] = {}
    for row in rows[:MOST]:
        told = row.values
        if not is_of_form(str(told.get("asked_in", "")), form.title):
            continue
        if number := str(told.get("number", "")):
            text = _qualified(number, str(told.get("number__bound", "")))
            found.setdefault(str(told["name"]), Quoted(text, str(told.get("said_by", ""))))
    return found


def _qualified(number: str, bound: str) -> str:
    if bound == Bound.AT_LEAST:
        return f"{number}余"
    return f"近{number}" if bound == Bound.UNDER else number
