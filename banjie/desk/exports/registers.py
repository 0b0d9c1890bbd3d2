"""Villages and grids, and residents, as workbooks; places bear the heads of their importer and go back in (U14).

What is personal of a resident is covered (domain standards §14): only a look with a reason shows it in full.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from banjie.desk.exports.export import Export
from banjie.desk.homes.forms import house_places
from banjie.desk.homes.sight import asked_in
from banjie.desk.intake.counter import Counter
from banjie.people.queries import StaffActor
from banjie.places.queries import grids_of, villages_of
from banjie.places.sheets import COLUMNS as PLACE_COLUMNS
from banjie.residents.home_words import HouseUse
from banjie.residents.models import House, Resident
from banjie.residents.queries import dwellers_of, homes_of, houses_asked, lines_of, visible_to
from banjie.residents.sent_back import COLUMN as IDENTITY
from banjie.residents.sent_back import home_cells
from banjie.sheets.declared import Column
from banjie.sheets.writing import OutColumn, Version
from banjie.sheets.writing.head import Cell

Row = TypeVar("Row")
ROWS_AT_ONCE = 1000
COVERED = (
    OutColumn("姓名", 12),
    OutColumn("联系电话", 16),
    OutColumn("证件号码", 22),
    OutColumn("所在村（社区）", 18),
    OutColumn("网格", 14),
    OutColumn("人员编号", 16),
    OutColumn("门牌号", 18),
    OutColumn("房屋用途", 10),
    OutColumn("居住方式", 10),
    OutColumn("户编号", 14),
    OutColumn("与户主关系", 12),
    OutColumn(IDENTITY.title, 34),
)
HOUSES = (
    OutColumn("门牌号", 18),
    OutColumn("所在村（社区）", 18),
    OutColumn("网格", 14),
    OutColumn("房屋用途", 10),
    OutColumn("住几人", 8, is_number=True),
    OutColumn("住户（遮盖）", 40),
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

    def rows(version: Version) -> Iterator[Sequence[Cell]]:
        yield from with_number(_people(found, villages), version)

    return Export(
        title="群众名册",
        unit="人",
        count=found.count(),
        filters="",
        columns=lambda version: numbered(COVERED, version),
        rows=rows,
        back=reverse("residents:find"),
        note="姓名、电话、证件号码都是遮盖的；完整的只在群众页面写明用途后查看。数据版带记录号，添上新的行可以再导入，原有的行不会重复登记。",
    )


def export_houses(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the houses as the list narrows them, each with who lives there, covered."""
    places = house_places(Counter(actor, at))
    asked, chosen = asked_in(request.GET, places)
    found = houses_asked(actor, asked).order_by("division_code", "id").select_related("grid")
    use = HouseUse(asked.use).label if asked.use else ""
    told = (dict(places).get(chosen, ""), use, asked.address)
    return Export(
        title="房屋名册",
        unit="处",
        count=found.count(),
        filters="、".join(part for part in told if part),
        columns=lambda version: numbered(HOUSES, version),
        rows=lambda version: with_number(_houses(found), version),
        back=reverse("homes:list"),
        note="住户的姓名是遮盖的。要改好再导入的，请用群众名册的数据版：一人一行，带着门牌号和户。",
    )


def _people(found: QuerySet[Resident], villages: Mapping[str, str]) -> Iterator[list[Cell]]:
    """Yield residents covered, each with his house and household, some thousand at a time."""
    for some in _batched(found.iterator(chunk_size=ROWS_AT_ONCE), ROWS_AT_ONCE):
        links, members = homes_of([row.pk for row in some])
        for row in some:
            yield [
                row.masked_name,
                row.masked_phone,
                row.masked_id_number,
                villages.get(row.division_code, ""),
                row.grid.name if row.grid else "",
                row.outer_code,
                *home_cells(links.get(row.pk), members.get(row.pk)),
                row.pk.hex,
            ]


def _houses(found: QuerySet[House]) -> Iterator[list[Cell]]:
    for some in _batched(found.iterator(chunk_size=ROWS_AT_ONCE), ROWS_AT_ONCE):
        dwellers = dwellers_of(some)
        for line in lines_of(some):
            house = line.house
            use = house.get_use_display()
            grid = house.grid.name if house.grid else ""
            yield [line.address, line.village, grid, use, line.people, "、".join(dwellers.get(house.pk, []))]


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


def with_number(lines: Iterable[Sequence[Cell]], version: Version) -> Iterator[Sequence[Cell]]:
    """Yield the lines, for a report numbered."""
    for n, cells in enumerate(lines, start=1):
        yield cells if version is Version.PLAIN else [n, *cells]


def _batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows by so many; the last ones may be fewer."""
    every = iter(rows)
    while some := list(islice(every, size)):
        yield some
