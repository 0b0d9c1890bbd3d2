"""Villages and grids from a sheet: a line for each grid, or for a village without any."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.fields.spec import FieldSpec
from banjie.places.actions import (
    DEED,
    DivisionLine,
    GridLine,
    restore_divisions,
    take_in_places,
    withdraw_places,
)
from banjie.places.codes import Level, check_village
from banjie.places.models import Division, Grid
from banjie.places.queries import grids_of
from banjie.sheets.declared import (
    Column,
    Importer,
    Prepared,
    Row,
    Setting,
    declare,
    planned,
    wrong_cell,
)
from banjie.sheets.queries import subjects_of, touched_since
from banjie.sheets.stamps import stamp_of
from banjie.sheets.uses import named_codes, pointed_at

SPLIT = str.maketrans(dict.fromkeys("，,；;/／|", "、"))
COLUMNS = (
    Column(
        "village",
        "村（社区）",
        FieldSpec("village", "村（社区）", longest=40),
        aliases=("村", "村居", "村名", "村（社区）名称", "行政村", "所在村", "村社区名称", "单位名称"),
        is_required=True,
        example="东坡村",
    ),
    Column(
        "code",
        "区划代码",
        FieldSpec("code", "区划代码", longest=20),
        aliases=("代码", "行政区划代码", "统计用区划代码", "村代码", "12位代码", "区划编码"),
        example="990011101201",
        help="国家统计局公布的12位代码。已登记过的村、同一个村的第二行起，可以空着",
    ),
    Column(
        "aliases",
        "村俗称",
        FieldSpec("aliases", "村俗称", longest=80),
        aliases=("俗称", "别名", "曾用名", "自然村", "简称"),
        example="东坡、坡头",
        help="群众平时的叫法，几个的用顿号隔开",
    ),
    Column(
        "grid",
        "网格",
        FieldSpec("grid", "网格", longest=40),
        aliases=("网格名称", "所属网格", "网格编号"),
        example="第一网格",
        help="一个网格写一行；没有网格的村只写一行",
    ),
    Column(
        "grid_aliases",
        "网格俗称",
        FieldSpec("grid_aliases", "网格俗称", longest=80),
        aliases=("网格范围", "网格别名"),
        example="一组、二组",
    ),
)


@dataclass(frozen=True)
class Plan:
    """What one line sets up: a village, a grid in a village, or both; a village that was withdrawn comes back."""

    division: DivisionLine | None = None
    grid: GridLine | None = None
    restored_code: str = ""


@dataclass
class _Town:
    """The places of a town as they stand, and as the lines so far would leave them."""

    by_name: dict[str, str]
    divisions: dict[str, Division]
    grids: set[tuple[str, str]]
    told: dict[str, str] = field(default_factory=dict)
    new_codes: set[str] = field(default_factory=set)
    others: int = 0


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Plan what is not there yet; refuse what contradicts what is there."""
    town = _town(setting.by)
    prepared = planned(rows, lambda row: _planned(row, town, setting.town))
    notes = (
        [f"有{town.others}行的俗称与系统里的不同。导入不改已有的，要改请到“地名”页。"] if town.others else []
    )
    return replace(prepared, notes=notes)


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Take in the villages of a chunk and then its grids."""
    told = [plan for plan in plans if isinstance(plan, Plan)]
    stamp = stamp_of(setting, batch_id)
    restored = [plan.division for plan in told if plan.division and plan.restored_code]
    new = [plan.division for plan in told if plan.division and not plan.restored_code]
    back = restore_divisions(setting.by, stamp, lines=restored)
    taken = take_in_places(setting.by, stamp, divisions=new, grids=[p.grid for p in told if p.grid])
    return [*(row.pk for row in back), *(row.pk for row in taken)]


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name the places that were changed since, and those that anything of another room lies in."""
    changed = touched_since(batch_id, ids)
    changed |= pointed_at(Grid, ids)
    ours = dict(Division.objects.filter(pk__in=ids).values_list("code", "pk"))
    used = named_codes("division_code", ours, besides=[Grid])
    others = Grid.objects.filter(division_code__in=ours, valid_until=None).exclude(
        pk__in=subjects_of(batch_id)
    )
    used |= set(others.values_list("division_code", flat=True))
    changed |= {ours[code] for code in used}
    names = [*Division.objects.filter(pk__in=changed).values_list("name", flat=True)]
    return [*names, *Grid.objects.filter(pk__in=changed).values_list("name", flat=True)]


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Withdraw the places of a chunk; a village comes back when it is imported again."""
    if changed := touched_since(batch_id, ids):
        raise Conflict(f"其中{len(changed)}条刚被改动。")
    withdraw_places(setting.by, stamp_of(setting, batch_id), ids=ids, on=local_day(setting.at))


def _town(actor: Actor) -> _Town:
    divisions = {
        row.code: row for row in Division.objects.filter(level=Level.VILLAGE, code__startswith=actor.town)
    }
    standing = [row for row in divisions.values() if row.valid_until is None]
    names = {alias: row.code for row in standing for alias in row.aliases}
    names |= {row.name: row.code for row in standing}
    grids = {(grid.division_code, grid.name) for grid in grids_of(actor.town)}
    return _Town(by_name=names, divisions=divisions, grids=grids)


def _planned(row: Row, town: _Town, town_code: str) -> Plan | None:
    """Return what a line sets up, None when all of it stands; raises InvalidInput for the column that is wrong."""
    name, code = row.name("village"), _code(row, town, town_code)
    aliases = _aliases(row.text("aliases"), besides=name)
    division = _division(name, code, aliases, town)
    grid = _grid(row, code, town)
    if division is None and grid is None:
        return None
    stood = town.divisions.get(code)
    return Plan(division, grid, restored_code=code if division and stood is not None else "")


def _code(row: Row, town: _Town, town_code: str) -> str:
    """Return the village's code: as told, or that of the village of this name."""
    name, told = row.name("village"), row.text("code")
    known = town.told.get(name) or town.by_name.get(name, "")
    if told:
        code = check_village(told, town=town_code)
    elif known:
        return known
    else:
        raise wrong_cell("code", f"“{name}”还没有登记过，请填12位区划代码。")
    stood = town.divisions.get(code)
    if stood is not None and stood.valid_until is None and name not in (stood.name, *stood.aliases):
        raise wrong_cell(
            "code", f"代码{code}已经登记为“{stood.name}”，与“{name}”不同。请核对代码，或先到“地名”页更名。"
        )
    if known and known != code:
        raise wrong_cell("code", f"“{name}”的代码是{known}，与这里的{code}不同。请核对。")
    earlier = next((other for other, its in town.told.items() if its == code and other != name), "")
    if earlier:
        raise wrong_cell("code", f"代码{code}在前面用给了“{earlier}”。请核对。")
    return code


def _division(name: str, code: str, aliases: tuple[str, ...], town: _Town) -> DivisionLine | None:
    """Return the village to set up, None when it stands or an earlier line sets it up."""
    stood = town.divisions.get(code)
    if stood is not None and stood.successor_code:
        raise wrong_cell("village", f"“{stood.name}”已经合并到别的村（社区）。请改填承继的村，或换成新代码。")
    is_new = (stood is None or stood.valid_until is not None) and code not in town.new_codes
    town.told[name] = code
    if is_new:
        town.new_codes.add(code)
        return DivisionLine(code=code, name=name, aliases=aliases)
    if stood is not None and not set(aliases) <= set(stood.aliases):
        town.others += 1
    return None


def _grid(row: Row, code: str, town: _Town) -> GridLine | None:
    name = row.name("grid")
    if not name or (code, name) in town.grids:
        return None
    town.grids.add((code, name))
    return GridLine(division_code=code, name=name, aliases=_aliases(row.text("grid_aliases"), besides=name))


def _aliases(told: str, *, besides: str) -> tuple[str, ...]:
    names = ("".join(alias.split()) for alias in told.translate(SPLIT).split("、"))
    return tuple(dict.fromkeys(alias for alias in names if alias and alias != besides))


PLACES = declare(
    Importer(
        key="places.places",
        title="村（社区）和网格",
        permission=DEED,
        columns=lambda setting: tuple(_with_code_of(column, setting.town) for column in COLUMNS),
        prepare=prepare,
        write=write,
        undo=undo,
        touched=touched,
        help="一个网格一行。登记以后，群众说的地名认得出来，办件、群众都落到村和网格。",
    )
)


def _with_code_of(column: Column, town: str) -> Column:
    """Return the column with an example of this very town."""
    return replace(column, example=f"{town}201") if column.key == "code" else column
