"""Who is away and who stands in, for one person or for a whole list at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.clock import day_span, local_day
from banjie.base.errors import NotFound
from banjie.ledger.kept import kept
from banjie.ledger.record import SYSTEM
from banjie.people.models import Absence, AbsenceReason, DutyTurn, Post, Staff
from banjie.people.rights import Role
from banjie.people.standing import Person, PostHeld, Roster, StandIn, Standing


def roster_of(town: str, *, at: datetime, fallback: Sequence[str] = ()) -> Roster:
    """Return who answers for whom in a town at a moment; `fallback` is the order of the town's rule, if it has one."""
    day = local_day(at)
    return Roster(
        people=_people_of(town, at=at),
        posts=_posts_held(town, on=day),
        duty_officer=_duty(town, on=day),
        fallback=fallback or tuple(StandIn),
    )


def people_named(ids: Iterable[UUID], *, town: str, at: datetime) -> dict[UUID, Person]:
    """Return those of `ids` and, of the town's own staff, whether they are away at a moment."""
    wanted, own = set(ids), _people_of(town, at=at)
    named = {pk: own[pk] for pk in wanted & own.keys()}
    if strangers := wanted - named.keys() - {SYSTEM}:
        named |= {person.id: person for person in _persons(Staff.objects.filter(pk__in=strangers))}
    return named


def who_stands_in(staff_id: UUID, *, at: datetime, post: Post | UUID | None = None) -> Standing:
    """Return the one person who answers for `staff_id` at a moment and why: 李明请假，由B岗王芳代 (S-001, S-006).

    For many questions take `roster_of` once. Raises NotFound for a stranger, Conflict naming the empty post.
    """
    town = Staff.objects.filter(pk=staff_id).values_list("town", flat=True).first()
    if town is None:
        raise NotFound("没有找到这位工作人员。请刷新后再试。")
    return roster_of(town, at=at).stands_in(staff_id, post_id=post.pk if isinstance(post, Post) else post)


def absences_of(staff_id: UUID, *, from_at: datetime, until_at: datetime | None) -> QuerySet[Absence]:
    """Return someone's absences that touch a span of time; an open end reaches for good, one called off for none."""
    overlapping = Absence.objects.filter(staff_id=staff_id).exclude(until_at=F("from_at"))
    if until_at is not None:
        overlapping = overlapping.filter(from_at__lt=until_at)
    return overlapping.filter(Q(until_at__isnull=True) | Q(until_at__gt=from_at)).order_by("from_at")


def absences_visible_to(actor: Actor) -> QuerySet[Absence]:
    """Return the absences of the actor's own town: everyone must know who stands in for whom (S-006)."""
    return Absence.objects.filter(town=actor.town).select_related("staff")


def duty_turns_of(town: str, *, from_on: date, until_on: date) -> QuerySet[DutyTurn]:
    """Return a town's duty turns from one day to another, both counted."""
    turns = DutyTurn.objects.filter(town=town, day__range=(from_on, until_on))
    return turns.select_related("staff").order_by("day")


def _people_of(town: str, *, at: datetime) -> dict[UUID, Person]:
    people = {person.id: person for person in _staff(town)}
    for absence in _absences(town, on=local_day(at)):
        if absence.from_at <= at and (absence.until_at is None or absence.until_at > at):
            away_for = str(AbsenceReason(absence.reason).label)
            people[absence.staff_id] = replace(people[absence.staff_id], away_for=away_for)
    return people


@kept
def _staff(town: str) -> tuple[Person, ...]:
    return _persons(Staff.objects.filter(town=town))


def _persons(staff: QuerySet[Staff]) -> tuple[Person, ...]:
    columns = ("pk", "name", "work_phone", "is_active", "is_shared_device")
    return tuple(Person(*row) for row in staff.values_list(*columns))


@kept
def _absences(town: str, *, on: date) -> tuple[Absence, ...]:
    """Return the absences of a town that touch a day."""
    begins, ends = day_span(on)
    begun = Absence.objects.filter(town=town, from_at__lt=ends)
    return tuple(begun.filter(Q(until_at__isnull=True) | Q(until_at__gt=begins)))


@kept
def _duty(town: str, *, on: date) -> UUID | None:
    return DutyTurn.objects.filter(town=town, day=on).values_list("staff_id", flat=True).first()


@kept
def _posts_held(town: str, *, on: date) -> tuple[PostHeld, ...]:
    standing = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    posts = Post.objects.filter(standing, town=town).select_related("unit").order_by("id")
    return tuple(
        PostHeld(
            id=post.pk,
            title=post.title,
            unit_id=post.unit_id,
            unit_name=post.unit.short_name or post.unit.name,
            roles=tuple(role for role in Role if role.value in post.roles),
            holder_a=post.holder_a_id,
            holder_b=post.holder_b_id,
        )
        for post in posts
    )
