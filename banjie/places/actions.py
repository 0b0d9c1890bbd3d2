"""Every write of places: divisions come with their national code, grids by name; nothing is ever deleted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.places.codes import Level, check_code, check_village, level_of, lies_in, parent_of
from banjie.places.models import Division, Grid
from banjie.places.queries import division_for, grid_for

DEED = "places.manage_places"
LONGEST_NAME = 40
Row = TypeVar("Row")


@dataclass(frozen=True)
class DivisionLine:
    """One line of a list of divisions to take in."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None


@dataclass(frozen=True)
class GridLine:
    """One grid of a list to take in."""

    division_code: str
    name: str
    aliases: tuple[str, ...] = ()


def add_division(
    actor: Actor,
    stamp: Stamp,
    *,
    code: str,
    name: str,
    aliases: Sequence[str] = (),
    valid_from: date | None = None,
) -> Division:
    """Take in a division of the town, or one that the town lies in, under its national code (§17.1).

    Raises InvalidInput for a code or name that cannot be, NotFound outside the town, Conflict for a code in use.
    """
    line = DivisionLine(code=code, name=name, aliases=tuple(aliases), valid_from=valid_from)

    def act() -> Division:
        division = _new_division(actor, line)
        record(Deed("division.added", division), stamp)
        return division

    _require(actor)
    taken = "这个区划代码已经登记过。请在列表中查找它，名称有变请用“更名”。"
    return _or_conflict(taken, lambda: once(stamp, act, again=_division_by_id))


def add_divisions(actor: Actor, stamp: Stamp, *, lines: Iterable[DivisionLine]) -> list[Division]:
    """Take in a list of divisions in one transaction. Raises as `add_division` does, and then takes in none."""
    _require(actor)
    divisions = [_new_division(actor, line) for line in lines]

    def act() -> list[Division]:
        with transaction.atomic():
            record_all([Deed("division.added", division) for division in divisions], stamp)
        return divisions

    return _or_conflict("名单里有已经登记过的区划代码。请去掉重复的行再导入。", act)


def take_in_places(
    actor: Actor, stamp: Stamp, *, divisions: Iterable[DivisionLine], grids: Iterable[GridLine]
) -> list[Division | Grid]:
    """Take in villages and then grids, which may lie in them, in one transaction.

    Raises as `add_division` and `add_grid` do, and then takes in none.
    """
    _require(actor)

    def act() -> list[Division | Grid]:
        with transaction.atomic():
            new = [_new_division(actor, line) for line in divisions]
            record_all([Deed("division.added", division) for division in new], stamp)
            made = _new_grids(actor, grids)
            record_all([Deed("grid.added", grid) for grid in made], stamp)
        return [*new, *made]

    return _or_conflict("名单里有刚刚被登记的村（社区）或网格。请重新核对。", act)


def restore_divisions(actor: Actor, stamp: Stamp, *, lines: Iterable[DivisionLine]) -> list[Division]:
    """Take divisions in again whose taking in was withdrawn. Raises Conflict for one that stands or was merged."""
    _require(actor)
    restored: dict[Division, Deed] = {}
    with transaction.atomic():
        for line in lines:
            division = _lock_division(actor, line.code)
            if division.valid_until is None or division.successor_code:
                raise Conflict(f"“{division.name}”在用或已合并，不能重新登记。请核对代码。")
            name = _check_name(line.name)
            aliases = _check_aliases(line.aliases, name=name)
            changes = {"name": name, "aliases": aliases, "valid_until": None}
            restored[division] = Deed("division.restored", division, changes=changes)
        record_all(list(restored.values()), stamp)
    return list(restored)


def withdraw_places(actor: Actor, stamp: Stamp, *, ids: Sequence[UUID], on: date) -> None:
    """Take back villages and grids that were taken in by mistake: given up without a successor, restored at will."""
    _require(actor)
    with transaction.atomic():
        lost: dict[str, object] = {"valid_until": on}
        grids = Grid.objects.select_for_update(no_key=True).filter(pk__in=ids, town=actor.town)
        villages = Division.objects.select_for_update(no_key=True).filter(pk__in=ids, town=actor.town)
        deeds = [Deed("grid.withdrawn", grid, changes=lost) for grid in grids.order_by("id")]
        deeds += [Deed("division.withdrawn", village, changes=lost) for village in villages.order_by("id")]
        record_all(deeds, stamp)


def rename_division(
    actor: Actor, stamp: Stamp, *, code: str, name: str, aliases: Sequence[str] | None = None
) -> Division:
    """Give a division its new name; the old one stays as an alias, since people go on saying it."""
    _require(actor)
    with transaction.atomic():
        division = _lock_division(actor, code)
        new = _check_name(name)
        kept = [*division.aliases, division.name] if aliases is None else list(aliases)
        changes = {"name": new, "aliases": _check_aliases(kept, name=new)}
        record(Deed("division.renamed", division, changes=changes), stamp)
    return division


def merge_divisions(
    actor: Actor, stamp: Stamp, *, codes: Sequence[str], successor_code: str, on: date
) -> list[Division]:
    """Give up divisions from a day in favour of one successor of the same level (合并、撤并).

    Old rows keep their old code. Raises NotFound outside the town, Conflict when one was given up before.
    """
    _require(actor)
    with transaction.atomic():
        successor = _lock_division(actor, successor_code)
        merged = [_lock_division(actor, code) for code in codes]
        for division in merged:
            _check_merge(division, successor)
        changes = {"valid_until": on, "successor_code": successor.code}
        record_all([Deed("division.merged", division, changes=changes) for division in merged], stamp)
    return merged


def add_grid(
    actor: Actor,
    stamp: Stamp,
    *,
    division_code: str,
    name: str,
    aliases: Sequence[str] = (),
    valid_from: date | None = None,
) -> Grid:
    """Set up a grid in a village. Raises InvalidInput, NotFound outside the town, Conflict for a name in use."""

    def act() -> Grid:
        village = _village_for(actor, division_code)
        new = _check_name(name)
        grid = Grid(town=actor.town, division_code=village.code, name=new, valid_from=valid_from)
        grid.aliases = _check_aliases(aliases, name=new)
        record(Deed("grid.added", grid), stamp)
        return grid

    _require(actor)
    taken = f"这个村（社区）已经有“{name.strip()}”。请换一个名称，或在列表中查找它。"
    return _or_conflict(taken, lambda: once(stamp, act, again=_grid_by_id))


def rename_grid(
    actor: Actor, stamp: Stamp, *, grid_id: UUID, name: str, aliases: Sequence[str] | None = None
) -> Grid:
    """Give a grid its new name; the old one stays as an alias."""
    _require(actor)

    def act() -> Grid:
        with transaction.atomic():
            grid = _lock_grid(actor, grid_id)
            new = _check_name(name)
            kept = [*grid.aliases, grid.name] if aliases is None else list(aliases)
            changes = {"name": new, "aliases": _check_aliases(kept, name=new)}
            record(Deed("grid.renamed", grid, changes=changes), stamp)
        return grid

    return _or_conflict(f"这个村（社区）已经有“{name.strip()}”。请换一个名称。", act)


def give_up_grid(actor: Actor, stamp: Stamp, *, grid_id: UUID, on: date) -> Grid:
    """Give up a grid from a day; what points to it keeps doing so. Raises Conflict when it was given up before."""
    _require(actor)
    with transaction.atomic():
        grid = _lock_grid(actor, grid_id)
        if grid.valid_until is not None:
            raise Conflict(f"“{grid.name}”已在{grid.valid_until:%Y年%-m月%-d日}停用，不必再停。")
        record(Deed("grid.given_up", grid, changes={"valid_until": on}), stamp)
    return grid


def _new_division(actor: Actor, line: DivisionLine) -> Division:
    code = check_code(line.code)
    if not (lies_in(code, actor.town) or lies_in(actor.town, code)):
        raise NotFound(f"“{code}”不在本乡镇范围内。请核对代码，或请该乡镇自行登记。")
    division = Division(town=actor.town, code=code, name=_check_name(line.name))
    division.aliases = _check_aliases(line.aliases, name=division.name)
    division.level = level_of(code)
    division.parent_code = parent_of(code)
    division.valid_from = line.valid_from
    return division


def _new_grids(actor: Actor, lines: Iterable[GridLine]) -> list[Grid]:
    told = list(lines)
    villages = {code: _village_for(actor, code) for code in {line.division_code for line in told}}
    grids = []
    for line in told:
        name = _check_name(line.name)
        grid = Grid(town=actor.town, division_code=villages[line.division_code].code, name=name)
        grid.aliases = _check_aliases(line.aliases, name=name)
        grids.append(grid)
    return grids


def _check_merge(division: Division, successor: Division) -> None:
    if division.pk == successor.pk:
        raise InvalidInput("不能并入自己。请另选承继的区划。", fields={"successor_code": "与被合并的相同"})
    if division.level != successor.level:
        raise InvalidInput("只能并入同一级的区划。请另选承继的区划。", fields={"successor_code": "级别不同"})
    for row in (division, successor):
        if row.valid_until is not None:
            raise Conflict(f"“{row.name}”已在{row.valid_until:%Y年%-m月%-d日}停用。请核对撤并文件。")


def _village_for(actor: Actor, code: str) -> Division:
    village = division_for(actor, check_village(code, town=actor.town))
    if village.level != Level.VILLAGE or village.valid_until is not None:
        raise Conflict(f"“{village.name}”已停用，不能再设网格。请选择承继的村（社区）。")
    return village


def _lock_division(actor: Actor, code: str) -> Division:
    """Lock a division of the town itself; what lies above the town is changed by no town alone."""
    found = division_for(actor, code)
    if found.town != actor.town:
        raise NotFound("没有找到这个区划，或它不归本乡镇登记。请核对代码。")
    return Division.objects.select_for_update(no_key=True).get(pk=found.pk)


def _lock_grid(actor: Actor, grid_id: UUID) -> Grid:
    return Grid.objects.select_for_update(no_key=True).get(pk=grid_for(actor, grid_id).pk)


def _check_name(name: str) -> str:
    new = "".join(name.split())
    if not new or len(new) > LONGEST_NAME:
        raise InvalidInput(f"名称要填1至{LONGEST_NAME}个字。", fields={"name": "请填写名称"})
    return new


def _check_aliases(aliases: Iterable[str], *, name: str) -> list[str]:
    tidy = dict.fromkeys("".join(alias.split()) for alias in aliases)
    return [alias for alias in tidy if alias and alias != name]


def _require(actor: Actor) -> None:
    if not actor.may(DEED):
        raise NotAllowed("您的岗位不能维护区划和网格。请联系系统管理员或党政办。", ground=DEED)


def _or_conflict(message: str, act: Callable[[], Row]) -> Row:
    try:
        return act()
    except IntegrityError as error:
        raise Conflict(message) from error


def _division_by_id(division_id: UUID) -> Division:
    return Division.objects.get(pk=division_id)


def _grid_by_id(grid_id: UUID) -> Grid:
    return Grid.objects.get(pk=grid_id)
