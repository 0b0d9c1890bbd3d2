"""What a list hands over to be written: title, columns, count, filters in words, and its rows when asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from banjie.base.clock import local
from banjie.base.page import page
from banjie.desk.access import View, needs
from banjie.desk.deeds import at_work
from banjie.desk.sheets.files import comma_file, sheet_file
from banjie.fields.values import say_date
from banjie.people.queries import StaffActor, names_of
from banjie.sheets.writing import OutColumn, SheetHead, Version, write_sheet
from banjie.sheets.writing.comma import write_comma
from banjie.sheets.writing.head import Cell

Rest = ParamSpec("Rest")
COMMA = "csv"
"""What is asked for instead of a version: the plain one as text."""
MOST_ROWS = 1_000_000
"""A worksheet ends at its 1,048,576th line."""


@dataclass(frozen=True)
class Export:
    """A list, ready to be written; `rows` are drawn once, in the version that was asked for."""

    title: str
    unit: str
    count: int
    filters: str
    columns: Callable[[Version], Sequence[OutColumn]]
    rows: Callable[[Version], Iterable[Sequence[Cell]]]
    back: str
    note: str = ""


Make = Callable[Concatenate[HttpRequest, StaffActor, datetime, Rest], Export]


def export_view(make: Make[Rest], *, deed: str, scope: str, at: Callable[[], datetime]) -> View[Rest]:
    """Return the view of a list's export: the choice of the two versions, or the file in one of them."""

    @needs(deed, scope=scope)
    def view(request: HttpRequest, /, *args: Rest.args, **named: Rest.kwargs) -> HttpResponseBase:
        actor, moment = at_work(request), at()
        export = make(request, actor, moment, *args, **named)
        asked = request.GET.get("version", "")
        name = f"{export.title}{{}}{local(moment):%Y%m%d}"
        if asked == COMMA:
            pieces = write_comma(export.columns(Version.PLAIN), export.rows(Version.PLAIN))
            return comma_file(pieces, name=name.format(Version.PLAIN.label))
        if asked not in list(Version):
            return _choice(request, export)
        version = Version(asked)
        pieces = write_sheet(
            export.columns(version),
            export.rows(version),
            version=version,
            head=_head(request, export, actor, at=moment),
        )
        return sheet_file(pieces, name=name.format(version.label))

    return view


def _choice(request: HttpRequest, export: Export) -> HttpResponseBase:
    told = {name: value for name, value in request.GET.items() if name not in ("version", "after")}
    hrefs = {
        version: f"?{urlencode({**told, 'version': version})}" for version in (*map(str, Version), COMMA)
    }
    too_many = export.count > MOST_ROWS
    context = {"export": export, "hrefs": hrefs, "too_many": too_many}
    return page(request, "desk/exports/choice.html", context)


def _head(request: HttpRequest, export: Export, actor: StaffActor, *, at: datetime) -> SheetHead:
    """Return the lines above the rows: for a report the town and the unit that fills it in (U13, U45)."""
    names = names_of(actor.town).units
    unit = next((names[unit_id] for unit_id in sorted(actor.unit_ids, key=str) if unit_id in names), "")
    return SheetHead(
        title=export.title,
        count=export.count,
        filters=export.filters,
        filled_by=f"{getattr(request, 'town_name', '')}{unit}",
        due=say_date(local(at).date()),
        unit=export.unit,
        made=f"{local(at):%Y-%m-%d %H:%M}",
    )
