"""自检: for each rung of each ladder when it comes next, whom it tells, and what would make it silent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from banjie.cases.ladder import ROLES, WHOLE, Receiver, Rung
from banjie.cases.models import Case
from banjie.cases.queries.ladders import Ladders, ladders_of, next_rungs
from banjie.cases.queries.receivers import Hearers, Target, hearers_of
from banjie.cases.rules.escalation import THEN_AFTER
from banjie.cases.workflow import CLOCK_TITLES, ClockName
from banjie.people.models import Unit
from banjie.people.queries import units_of
from banjie.people.rights import Role
from banjie.rulebook.in_force import say_ref
from banjie.worktime.terms import Term

NAMED = 6


@dataclass(frozen=True)
class RungCheck:
    """One rung: when, whom, by which article, what waits for it, and why it would reach nobody."""

    clock: str
    rung: str
    when: str
    to: str
    article: str
    next_at: datetime | None
    waiting: int
    silent: tuple[str, ...]


def rung_checks(town: str, *, at: datetime) -> list[RungCheck] | None:
    """Return every rung of every clock's ladder; None where no regulation gives any, so that all are silent."""
    ladders = ladders_of(town, at=at)
    if ladders is None:
        return None
    ahead = next_rungs(town, at=at)
    silent = _silent(town, ladders, hearers_of(town, at=at))
    return [
        _check(name, rung, ladders, ahead.get((name.value, rung.key), (None, 0)), silent)
        for name in ClockName
        for rung in ladders.rungs(name)
    ]


def _check(
    name: ClockName,
    rung: Rung,
    ladders: Ladders,
    ahead: tuple[datetime | None, int],
    silent: Mapping[Receiver, tuple[str, ...]],
) -> RungCheck:
    next_at, waiting = ahead
    return RungCheck(
        clock=CLOCK_TITLES[name],
        rung=rung.title,
        when=_when(rung, ladders),
        to="、".join(rung.to),
        article=say_ref(ladders.article(rung)),
        next_at=next_at,
        waiting=waiting,
        silent=tuple(why for receiver in rung.to for why in silent[receiver]),
    )


def _when(rung: Rung, ladders: Ladders) -> str:
    prefix = rung.parameter.rpartition(".")[0]
    said = ladders.ruling.said(f"{prefix}.when")
    first = f"超期{said}" if isinstance(rung.when, Term) else f"用去时限的{said}"
    if rung.when == WHOLE:
        first = "到期时"
    return f"{first}，再过{ladders.ruling.said(THEN_AFTER)}" if rung.is_later else first


def _silent(town: str, ladders: Ladders, hearers: Hearers) -> Mapping[Receiver, tuple[str, ...]]:
    """Return for each receiver the sentences that say where nobody would hear: of units that cases go to."""
    names = {category.unit for category in ladders.rules.categories.open_leaves}
    running = Case.objects.filter(town=town, is_open=True, unit__isnull=False)
    busy = set(running.order_by().values_list("unit_id", flat=True).distinct())
    units = [
        unit for unit in units_of(town) if unit.pk in busy or names & {unit.key, unit.short_name, unit.name}
    ]
    return {receiver: tuple(_why(receiver, units, hearers)) for receiver in Receiver}


def _why(receiver: Receiver, units: Iterable[Unit], hearers: Hearers) -> Iterator[str]:
    if receiver in ROLES:
        if not hearers.of([receiver], Target(None))[receiver]:
            yield f"没有人担任“{ROLES[receiver].label}”，请安全管理员任岗"
        return
    if receiver in (Receiver.HEAD, Receiver.LEADER):
        empty = [
            unit for unit in units if not hearers.of([receiver], Target(None, unit_id=unit.pk))[receiver]
        ]
        if empty:
            missing = "负责人岗位空缺" if receiver is Receiver.HEAD else "没有填分管领导"
            yield f"{_names(empty)}{missing}"
        return
    if not any(
        Role.DISPATCHER in post.roles and (post.holder_a or post.holder_b) for post in hearers.roster.posts
    ):
        yield f"“{Role.DISPATCHER.label}”空缺：{receiver}请假又无人代时没有人可告知"


def _names(units: Iterable[Unit]) -> str:
    names = [unit.short_name or unit.name for unit in units]
    return "、".join(names[:NAMED]) + (f"等{len(names)}个单位" if len(names) > NAMED else "")
