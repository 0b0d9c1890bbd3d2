"""Who is away and who stands in, for one person or for a whole list at once."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import NotFound
from banjie.people.models import Absence, AbsenceReason, DutyTurn, Post, Staff
from banjie.people.rights import Role
from banjie.people.standing import Person, PostHeld, Roster, Standing


def roster_of(town: str, *, at: datetime) -> Roster:
    """Return who answers for whom in a town at a moment, in four queries whatever the number of questions."""
    away = {
        absence.staff_id: AbsenceReason(absence.reason).label
        for absence in _absences_at(at).filter(town=town)
    }
    people = {
        person.pk: Person(
            id=person.pk,
            name=person.name,
            work_phone=person.work_phone,
            is_active=person.is_active,
            is_shared_device=person.is_shared_device,
            away_for=str(away.get(person.pk, "")),
        )
        for person in Staff.objects.filter(town=town)
    }
    turn = DutyTurn.objects.filter(town=town, day=local_day(at)).first()
    return Roster(people=people, posts=_posts_held(town, at=at), duty_officer=turn.staff_id if turn else None)


def people_named(ids: Iterable[UUID], *, at: datetime) -> dict[UUID, Person]:
    """Return those of `ids` and whether they are away at a moment, in one query: for a page that names a few."""
    away = FilteredRelation("absences", condition=_touching(at, prefix="absences__"))
    columns = ("pk", "name", "work_phone", "is_active", "is_shared_device", "away__reason")
    rows = Staff.objects.filter(pk__in=set(ids)).annotate(away=away).values_list(*columns)
    return {
        pk: Person(pk, name, phone, active, shared, str(AbsenceReason(why).label) if why else "")
        for pk, name, phone, active, shared, why in rows
    }


def who_stands_in(staff_id: UUID, *, at: datetime, post: Post | UUID | None = None) -> Standing:
    """Return the one person who answers for `staff_id` at a moment and why: 李明请假，由B岗王芳代 (S-001, S-006).

    For many questions take `roster_of` once. Raises NotFound for a stranger, Conflict naming the empty post.
    """
    town = Staff.objects.filter(pk=staff_id).values_list("town", flat=True).first()
    if town is None:
        raise NotFound("没有找到这位工作人员。请刷新后再试。")
    return roster_of(town, at=at).stands_in(staff_id, post_id=post.pk if isinstance(post, Post) else post)


def absences_of(staff_id: UUID, *, from_at: datetime, until_at: datetime | None) -> QuerySet[Absence]:
    """Return someone's absences that touch a span of time; an open end reaches for good."""
    overlapping = Absence.objects.filter(staff_id=staff_id)
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


def _absences_at(at: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(_touching(at))


def _touching(at: datetime, *, prefix: str = "") -> Q:
    """Return the condition that an absence holds at a moment."""
    not_ended = Q(**{f"{prefix}until_at__isnull": True}) | Q(**{f"{prefix}until_at__gt": at})
    return not_ended & Q(**{f"{prefix}from_at__lte": at})


def _posts_held(town: str, *, at: datetime) -> tuple[PostHeld, ...]:
    standing = Q(valid_until__isnull=True) | Q(valid_until__gt=local_day(at))
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
