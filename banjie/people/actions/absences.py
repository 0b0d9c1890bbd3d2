"""Leave and duty: an absence moves responsibility the moment it begins, with no deed of anyone else (S-006)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions.permits import check_in_office, lock_staff, require
from banjie.people.models import Absence, AbsenceReason, DutyTurn
from banjie.people.queries.actors import StaffActor
from banjie.people.queries.offices import posts_of, staff_for
from banjie.people.queries.rosters import absences_of
from banjie.people.rights import Role

_MAY_OVERLAP = frozenset({AbsenceReason.SICK})
"""Nobody plans an illness; both away falls to the head of the unit."""


@dataclass(frozen=True)
class Leave:
    """Who is away from when until when, and why; whether it may fall to the head when A and B are both away."""

    staff_id: UUID
    from_at: datetime
    until_at: datetime | None
    reason: AbsenceReason = AbsenceReason.LEAVE
    is_both_away_accepted: bool = False


def take_leave(
    actor: Actor,
    stamp: Stamp,
    *,
    staff_id: UUID,
    from_at: datetime,
    until_at: datetime | None,
    reason: AbsenceReason = AbsenceReason.LEAVE,
    is_both_away_accepted: bool = False,
) -> Absence:
    """Write down an approved absence of oneself, or for another by the head of his unit or 党政办.

    Raises Conflict when one is written down for that time, or when A and B of a post would be away together and
    nobody has accepted that it falls to the head.
    """
    _check_may_excuse(actor, staff_id)
    if until_at is not None and until_at <= from_at:
        raise InvalidInput("结束时间要晚于开始时间。请核对。", fields={"until_at": "早于开始时间"})
    leave = Leave(staff_id, from_at, until_at, reason, is_both_away_accepted)

    def act() -> Absence:
        _check_free(actor, leave)
        absence = Absence(
            town=actor.town, staff_id=staff_id, from_at=from_at, until_at=until_at, reason=reason
        )
        record(Deed("absence.begun", absence), stamp)
        return absence

    return once(stamp, act, again=lambda absence_id: Absence.objects.get(pk=absence_id))


def end_leave(actor: Actor, stamp: Stamp, *, absence_id: UUID) -> Absence:
    """End an absence at the moment the stamp tells (销假); one to come is called off, one that is over a Conflict."""
    with transaction.atomic():
        absence = (
            Absence.objects.select_for_update(no_key=True).filter(pk=absence_id, town=actor.town).first()
        )
        if absence is None:
            raise NotFound("没有找到这条请假记录。请刷新后再试。")
        _check_may_excuse(actor, absence.staff_id)
        if absence.until_at is not None and absence.until_at <= stamp.happened_at:
            ended = local(absence.until_at)
            raise Conflict(f"这次请假在{ended:%-m月%-d日%H:%M}已经结束，不必再销。")
        changes = {"until_at": max(absence.from_at, stamp.happened_at)}
        record(Deed("absence.ended", absence, changes=changes), stamp)
    return absence


def follow_leave(actor: Actor, stamp: Stamp, leave: Leave | None, *, record_id: UUID) -> Absence | None:
    """Make the absence of a record stand as the record tells it: begun, moved, or called off where it tells none.

    It follows from a deed on the record, whose right was asked there, inside that deed's transaction. Raises Conflict
    as `take_leave` does.
    """
    rows = Absence.objects.select_for_update(no_key=True).filter(town=actor.town, record_id=record_id)
    standing = rows.first()
    if leave is None:
        if standing is not None and standing.until_at != standing.from_at:
            record(Deed("absence.ended", standing, changes={"until_at": standing.from_at}), stamp)
        return standing
    told: dict[str, object] = {
        "staff_id": leave.staff_id,
        "from_at": leave.from_at,
        "until_at": leave.until_at and max(leave.from_at, leave.until_at),
        "reason": leave.reason,
    }
    if standing is not None and all(getattr(standing, name) == value for name, value in told.items()):
        return standing
    _check_free(actor, leave, besides=standing)
    absence = standing or Absence(town=actor.town, record_id=record_id)
    record(Deed("absence.moved" if standing else "absence.begun", absence, changes=told), stamp)
    return absence


def _check_free(actor: Actor, leave: Leave, *, besides: Absence | None = None) -> None:
    """Lock who is to be away and those who share his posts; raise Conflict where he or all of them are away."""
    others = _other_holders(leave.staff_id)
    people = lock_staff(actor, [leave.staff_id, *others])
    check_in_office(people[leave.staff_id], to_do="请假")
    touching = absences_of(leave.staff_id, from_at=leave.from_at, until_at=leave.until_at)
    if any(other != besides for other in touching):
        told = f"{people[leave.staff_id].name}这段时间已经登记过请假外出。请先结束原来的一条。"
        raise Conflict(told)
    if not leave.is_both_away_accepted and leave.reason not in _MAY_OVERLAP:
        names = {staff_id: person.name for staff_id, person in people.items()}
        _check_not_both_away(others, names=names, span=(leave.from_at, leave.until_at))


def plan_duty(actor: Actor, stamp: Stamp, *, day: date, staff_id: UUID) -> DutyTurn:
    """Name the duty officer of a day, in place of whoever was named before."""
    require(actor, "people.plan_duty", message="您的岗位不能排值班。请联系党政办。")
    with transaction.atomic():
        check_in_office(lock_staff(actor, [staff_id])[staff_id], to_do="值班")
        turn = DutyTurn.objects.select_for_update(no_key=True).filter(town=actor.town, day=day).first()
        turn = turn or DutyTurn(town=actor.town, day=day)
        record(Deed("duty.planned", turn, changes={"staff_id": staff_id}), stamp)
    return turn


def _check_may_excuse(actor: Actor, staff_id: UUID) -> None:
    """Let everyone excuse himself, 党政办 anyone, and a head those who hold a post of his unit."""
    staff_for(actor, staff_id)
    if actor.id == staff_id:
        require(actor, "people.take_leave", message="您的账号不登记请假。请联系党政办。")
        return
    if isinstance(actor, StaffActor) and not may_hand_over_for(actor, staff_id):
        raise NotAllowed("只能登记自己的请假。别人的请假由他的单位负责人或党政办登记。")


def may_hand_over_for(actor: StaffActor, staff_id: UUID) -> bool:
    """Tell whether the actor answers for this person's posts: 党政办 for all, a head for those of his unit alone."""
    if not actor.may("people.hand_over"):
        return False
    if Role.DISPATCHER in actor.roles:
        return True
    headed = {holding.unit_id for holding in actor.holdings if holding.role is Role.UNIT_HEAD}
    units = {post.unit_id for post in posts_of(staff_id)}
    return bool(units) and units <= headed


def _other_holders(staff_id: UUID) -> list[UUID]:
    both = [holder for post in posts_of(staff_id) for holder in (post.holder_a_id, post.holder_b_id)]
    return [holder for holder in both if holder and holder != staff_id]


def _check_not_both_away(
    others: list[UUID], *, names: dict[UUID, str], span: tuple[datetime, datetime | None]
) -> None:
    for other in others:
        if absences_of(other, from_at=span[0], until_at=span[1]).exists():
            raise Conflict(
                f"同一岗位的{names[other]}这段时间也不在，A岗、B岗不能同时离岗。"
                "请改期，或勾选“由单位负责人代”后再登记。",
                ground="AB岗工作制",
            )
