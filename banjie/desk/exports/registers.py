"""Villages and grids, and residents, as workbooks; places bear the heads of their importer and go back in (U14).

What is personal of a resident is covered (domain standards §14): only a look with a reason shows it in full.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from banjie.desk.exports.export import Export
from banjie.people.queries import StaffActor
from banjie.places.queries import grids_of, villages_of
from banjie.places.sheets import COLUMNS as PLACE_COLUMNS
from banjie.residents.queries import visible_to
from banjie.sheets.declared import Column
from banjie.sheets.writing import OutColumn, Version
from banjie.sheets.writing.head import Cell

ROWS_AT_ONCE = 1000
COVERED = (
    OutColumn("姓名", 12),
    OutColumn("联系电话", 16),
    OutColumn("证件号码", 22),
    OutColumn("所在村（社区）", 18),
    OutColumn("网格", 14),
    OutColumn("人员编号", 16),
)


def export_places(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the town's villages and grids, a line for each grid, or for a village without any."""
    lines = list(_places(actor.town))
    return Export(
        title="村（社区）和网格",
        unit="行",
        count=len(lines),
        filters="",
        columns=lambda version: numbered(like(PLACE_COLUMNS), version),
        rows=lambda version: with_number(lines, version),
        back=reverse("town:places"),
        note="数据版添上新的行，可以再从“导入导出”导入。",
    )


def export_residents(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the residents of the actor's villages, covered."""
    found = visible_to(actor).order_by("division_code", "id").select_related("grid")
    villages = dict(villages_of(actor.town).values_list("code", "name"))

    def rows(version: Version) -> Iterator[list[Cell]]:
        for n, row in enumerate(found.iterator(chunk_size=ROWS_AT_ONCE), start=1):
            cells: list[Cell] = [
                row.masked_name,
                row.masked_phone,
                row.masked_id_number,
                villages.get(row.division_code, ""),
                row.grid.name if row.grid else "",
                row.outer_code,
            ]
            yield cells if version is Version.PLAIN else [n, *cells]

    return Export(
        title="群众名册",
        unit="人",
        count=found.count(),
        filters="",
        columns=lambda version: numbered(COVERED, version),
        rows=rows,
        back=reverse("residents:find"),
        note="姓名、电话、证件号码都是遮盖的；完整的只在群众页面写明用途后查看。",
    )


def _places(town: str) -> Iterator[list[Cell]]:
    by_village: dict[str, list[tuple[str, list[str]]]] = {}
    for grid in grids_of(town):
        by_village.setdefault(grid.division_code, []).append((grid.name, grid.aliases))
    for village in villages_of(town):
        for name, aliases in by_village.get(village.code, [("", [])]):
            yield [village.name, village.code, "、".join(village.aliases), name, "、".join(aliases)]


def like(columns: Sequence[Column]) -> tuple[OutColumn, ...]:
    """Return an importer's columns as columns to write."""
    return tuple(OutColumn(column.title, max(12, 2 * len(column.title) + 4)) for column in columns)


def numbered(columns: Sequence[OutColumn], version: Version) -> tuple[OutColumn, ...]:
    """Return the columns, for a report with one of numbers in front."""
    if version is Version.PLAIN:
        return tuple(columns)
    return (OutColumn("序号", 6, is_number=True), *columns)


def with_number(lines: Sequence[Sequence[Cell]], version: Version) -> Iterator[Sequence[Cell]]:
    """Yield the lines, for a report numbered."""
    for n, cells in enumerate(lines, start=1):
        yield cells if version is Version.PLAIN else [n, *cells]
