"""What someone owns, and what a handover would move (U50)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.people.handover import HANDOVERS, Belonging
from banjie.people.models import Absence, DutyTurn, Unit
from banjie.people.queries.offices import posts_of, staff_for
from banjie.people.queries.rosters import absences_of

EXAMPLES = 5


@dataclass(frozen=True)
class HandoverPreview:
    """What would move from one person to another, and what whoever signs should know beforehand."""

    from_name: str
    to_name: str
    belongings: tuple[Belonging, ...]
    warnings: tuple[str, ...]


def belongings_of(staff_id: UUID, *, at: datetime) -> list[Belonging]:
    """Return what would be without an owner if he left now: posts, duty, units led, and what rooms hold."""
    posts = list(posts_of(staff_id))
    turns = DutyTurn.objects.filter(staff_id=staff_id, day__gte=local_day(at)).order_by("day")
    led = Unit.objects.filter(leader_id=staff_id, valid_until__isnull=True).order_by("key")
    own = [
        _line("A岗", [f"{p.unit}{p.title}" for p in posts if p.holder_a_id == staff_id]),
        _line("B岗", [f"{p.unit}{p.title}" for p in posts if p.holder_b_id == staff_id]),
        _line("值班", [f"{turn.day.month}月{turn.day.day}日" for turn in turns]),
        _line("分管单位", [unit.name for unit in led]),
    ]
    joined = [line for handover in HANDOVERS.values() for line in handover.preview(staff_id)]
    return [line for line in (*own, *joined) if line.count]


def preview_handover(actor: Actor, *, from_id: UUID, to_id: UUID, at: datetime) -> HandoverPreview:
    """Return what `hand_over` would move, with counts and examples. Raises NotFound outside the actor's town."""
    giver, taker = staff_for(actor, from_id), staff_for(actor, to_id)
    return HandoverPreview(
        from_name=giver.name,
        to_name=taker.name,
        belongings=tuple(belongings_of(from_id, at=at)),
        warnings=tuple(_warnings(from_id, to_id, taker=taker.name, at=at)),
    )


def open_absences_of(staff_id: UUID, *, at: datetime) -> list[Absence]:
    """Return someone's absences that have not ended, those to come included."""
    return list(Absence.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), staff_id=staff_id))


def _warnings(from_id: UUID, to_id: UUID, *, taker: str, at: datetime) -> list[str]:
    shared = [post for post in posts_of(from_id) if to_id in (post.holder_a_id, post.holder_b_id)]
    words = [f"{post.unit}{post.title}：{taker}接任后另一岗空缺，请再指定一人。" for post in shared]
    if absences_of(to_id, from_at=at, until_at=None).exists():
        words.append(f"{taker}现在或近期请假外出，其间由代岗人员负责。")
    return words


def _line(what: str, names: list[str]) -> Belonging:
    return Belonging(what=what, count=len(names), examples=tuple(names[:EXAMPLES]))
