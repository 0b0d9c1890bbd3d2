"""换人移交 in one deed (U50): posts, duty, units led and what other rooms carry; nothing stays without an owner."""

from collections.abc import Iterator
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import once, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions.absences import may_hand_over_for
from banjie.people.actions.permits import check_in_office, lock_staff
from banjie.people.actions.posts import check_takes
from banjie.people.handover import HANDOVERS, Belonging
from banjie.people.models import DutyTurn, Post, Staff, Unit
from banjie.people.queries.actors import StaffActor
from banjie.people.queries.belongings import belongings_of, open_absences_of
from banjie.people.queries.offices import posts_of
from banjie.people.rights import ADMINISTRATORS


def hand_over(actor: Actor, stamp: Stamp, *, from_id: UUID, to_id: UUID) -> list[Belonging]:
    """Move everything that one person owns to another and return what moved, for the 移交清单.

    The giver's open absences end, since nothing is left to be absent from. Raises Conflict when something would stay
    without an owner or the taker cannot hold it, NotAllowed when the actor does not answer for the giver. A repeat
    of the client key moves nothing twice and returns an empty list.
    """
    if from_id == to_id:
        raise InvalidInput("移交人和接收人是同一人。请另选接收人。", fields={"to": "与移交人相同"})
    return once(
        stamp,
        lambda: _move(actor, stamp, from_id=from_id, to_id=to_id),
        again=lambda _giver_id: list[Belonging](),
    )


def _move(actor: Actor, stamp: Stamp, *, from_id: UUID, to_id: UUID) -> list[Belonging]:
    people = lock_staff(actor, [from_id, to_id])
    giver, taker = people[from_id], people[to_id]
    posts = list(posts_of(from_id).select_for_update(of=("self",), no_key=True))
    _check_may(actor, giver=giver, taker=taker, posts=posts)
    check_in_office(taker, to_do="接收移交")
    moved = belongings_of(from_id, at=stamp.recorded_at)
    if not moved:
        raise Conflict(f"{giver.name}名下没有要移交的岗位和事项。")
    record_all(list(_deeds(giver, taker, posts=posts, moved=moved, stamp=stamp)), stamp)
    left = belongings_of(from_id, at=stamp.recorded_at)
    if left:
        listed = "；".join(line.words for line in left)
        raise Conflict(f"移交后{giver.name}名下仍有{listed}，本次移交没有进行。请先单独办完这些再移交。")
    return moved


def _check_may(actor: Actor, *, giver: Staff, taker: Staff, posts: list[Post]) -> None:
    roles = {role for post in posts for role in post.roles}
    if roles & {role.value for role in ADMINISTRATORS}:
        raise NotAllowed("系统、安全、审计管理员的岗位由安全管理员任免，不随移交转走。请先办任免。")
    if isinstance(actor, StaffActor):
        if not may_hand_over_for(actor, giver.pk):
            raise NotAllowed(f"{giver.name}的移交由他的单位负责人或党政办办理。", ground="people.hand_over")
        if actor.id == taker.pk and roles - {role.value for role in actor.roles}:
            raise NotAllowed("不能把自己没有的角色移交给自己。请由另一位负责人办理。")


def _deeds(
    giver: Staff, taker: Staff, *, posts: list[Post], moved: list[Belonging], stamp: Stamp
) -> Iterator[Deed]:
    words = f"移交给{taker.name}：{'；'.join(line.words for line in moved)}"
    yield Deed("staff.handed_over", giver, words=words)
    for post in posts:
        check_takes(taker.pk, post)
        yield Deed("post.handed_over", post, changes=_new_holders(post, giver.pk, taker.pk))
    to_come = DutyTurn.objects.filter(staff=giver, day__gte=local_day(stamp.recorded_at))
    for turn in to_come.select_for_update(no_key=True).order_by("day"):
        yield Deed("duty.handed_over", turn, changes={"staff_id": taker.pk})
    for unit in (
        Unit.objects.filter(leader=giver, valid_until__isnull=True)
        .select_for_update(no_key=True)
        .order_by("pk")
    ):
        yield Deed("unit.handed_over", unit, changes={"leader_id": taker.pk})
    for absence in open_absences_of(giver.pk, at=stamp.recorded_at):
        ended = max(absence.from_at, stamp.recorded_at)
        yield Deed("absence.ended", absence, changes={"until_at": ended})
    for handover in HANDOVERS.values():
        yield from handover.carry(giver.pk, taker.pk, stamp)


def _new_holders(post: Post, from_id: UUID, to_id: UUID) -> dict[str, object]:
    """Put the taker in the giver's place; if he held the other half, he takes A and B falls vacant."""
    if to_id in (post.holder_a_id, post.holder_b_id):
        return {"holder_a_id": to_id, "holder_b_id": None}
    return {"holder_a_id" if post.holder_a_id == from_id else "holder_b_id": to_id}
