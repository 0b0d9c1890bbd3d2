"""Enterprises as a workbook with the heads of their importer, contacts covered: it goes back in as it is (U14)."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from banjie.desk.enterprises.forms import places_of
from banjie.desk.enterprises.looks import asked_in, said_of
from banjie.desk.exports.export import Export
from banjie.desk.exports.registers import like, numbered
from banjie.enterprises.models import Enterprise
from banjie.enterprises.queries import BY_NAME, enterprises_asked
from banjie.enterprises.sheets import columns
from banjie.people.queries import StaffActor
from banjie.places.queries import place_names
from banjie.sheets.declared import Setting
from banjie.sheets.writing import Version
from banjie.sheets.writing.head import Cell

ROWS_AT_ONCE = 1000


def export_enterprises(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the enterprises that the list shows, narrowed as it is."""
    villages = places_of(actor)
    asked = asked_in(request.GET, villages)
    found = enterprises_asked(actor, asked).order_by(*BY_NAME)
    names = place_names(code for code, _ in villages)
    heads = columns(Setting(by=actor, town=actor.town, at=at))

    def rows(version: Version) -> Iterator[list[Cell]]:
        for n, row in enumerate(found.iterator(chunk_size=ROWS_AT_ONCE), start=1):
            cells = _cells(row, names)
            yield cells if version is Version.PLAIN else [n, *cells]

    return Export(
        title="企业名册",
        unit="家",
        count=found.count(),
        filters=said_of(asked, villages),
        columns=lambda version: numbered(like(heads), version),
        rows=rows,
        back=reverse("enterprises:list"),
        note="联系人和电话是遮盖的。数据版添上新的行，可以再从“导入导出”导入，遮盖的格不用改。",
    )


def _cells(row: Enterprise, villages: dict[str, str]) -> list[Cell]:
    return [
        row.name,
        row.uscc,
        row.short_name,
        villages.get(row.division_code, ""),
        row.place_words,
        row.masked_contact,
        row.masked_phone,
        row.get_size_display(),
        row.get_industry_display(),
        row.since_on.isoformat() if row.since_on else "",
        row.get_status_display(),
        row.closed_on.isoformat() if row.closed_on else "",
    ]
