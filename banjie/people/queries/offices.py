"""The town's staff, units and posts, as its own people may see them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.ledger.kept import kept
from banjie.people.models import Post, Staff, Unit
from banjie.people.rights import Role

FEW = 8


def staff_visible_to(actor: Actor) -> QuerySet[Staff]:
    """Return the staff of the actor's own town, those that left included."""
    return Staff.objects.filter(town=actor.town)


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Return the units of the actor's own town, those given up included."""
    return Unit.objects.filter(town=actor.town)


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    """Return the posts of the actor's own town."""
    return Post.objects.filter(town=actor.town).select_related("unit", "holder_a", "holder_b")


def staff_for(actor: Actor, staff_id: UUID) -> Staff:
    """Return one of the actor's town's staff. Raises NotFound."""
    person = staff_visible_to(actor).filter(pk=staff_id).first()
    if person is None:
        raise NotFound("本乡镇没有这位工作人员。请从列表中选择。")
    return person


def unit_for(actor: Actor, unit_id: UUID) -> Unit:
    """Return one of the actor's town's units. Raises NotFound."""
    unit = units_visible_to(actor).filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("本乡镇没有这个单位。请从列表中选择。")
    return unit


def post_for(actor: Actor, post_id: UUID) -> Post:
    """Return one of the actor's town's posts. Raises NotFound."""
    post = posts_visible_to(actor).filter(pk=post_id).first()
    if post is None:
        raise NotFound("本乡镇没有这个岗位。请从列表中选择。")
    return post


def staff_of(town: str) -> QuerySet[Staff]:
    """Return the persons in office in a town, by name; shared devices are none."""
    return Staff.objects.filter(town=town, is_active=True, is_shared_device=False).order_by("pinyin", "login")


def staff_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return id → name for a whole list in one query, those that left included."""
    return dict(Staff.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def units_of(town: str, *, on: date | None = None) -> QuerySet[Unit]:
    """Return the units of a town in force on a day, or those not yet given up."""
    if on is None:
        return Unit.objects.filter(town=town, valid_until__isnull=True).order_by("kind", "key")
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return Unit.objects.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gt=on), town=town)


@dataclass(frozen=True)
class UnitName:
    """A unit as lists name it."""

    id: UUID
    key: str
    name: str
    short_name: str

    @property
    def label(self) -> str:
        """Return the short name, where it has one."""
        return self.short_name or self.name


def unit_labels(town: str) -> tuple[UnitName, ...]:
    """Return the units of a town that are not given up, as lists name them."""
    return units_in_force(town)


@kept
def units_in_force(town: str, *, on: date | None = None) -> tuple[UnitName, ...]:
    """Return the names of the units of a town in force on a day, or of those not yet given up."""
    units = units_of(town, on=on).values_list("pk", "key", "name", "short_name")
    return tuple(UnitName(*row) for row in units)


@dataclass(frozen=True)
class OfficeNames:
    """What a town's units and staff are called, those that are no more included."""

    units: Mapping[UUID, str]
    staff: Mapping[UUID, str]


@kept
def names_of(town: str) -> OfficeNames:
    """Return the names of a town's units, short where they have one, and of its staff."""
    units = Unit.objects.filter(town=town).values_list("pk", "short_name", "name")
    staff = Staff.objects.filter(town=town).values_list("pk", "name")
    return OfficeNames(units={pk: short or name for pk, short, name in units}, staff=dict(staff))


@kept
def staff_labels(town: str) -> tuple[tuple[UUID, str], ...]:
    """Return id and name of each person in office in a town, by name."""
    return tuple(staff_of(town).values_list("pk", "name"))


@dataclass(frozen=True)
class FilledPost:
    """A standing post with those in office who hold it, A before B."""

    title: str
    roles: tuple[str, ...]
    unit_id: UUID
    unit_name: str
    holders: tuple[tuple[UUID, str], ...]


@kept
def posts_filled(town: str) -> tuple[FilledPost, ...]:
    """Return the standing posts of a town by unit; a shared device holds none."""
    posts = Post.objects.filter(town=town, valid_until__isnull=True)
    posts = posts.select_related("unit", "holder_a", "holder_b").order_by("unit__key", "id")
    return tuple(
        FilledPost(post.title, tuple(post.roles), post.unit_id, post.unit.name, tuple(_in_office(post)))
        for post in posts
    )


def _in_office(post: Post) -> Iterator[tuple[UUID, str]]:
    for holder in (post.holder_a, post.holder_b):
        if holder and holder.is_active and not holder.is_shared_device:
            yield holder.pk, holder.name


def heads_of(unit: Unit | UUID) -> list[Staff]:
    """Return who heads a unit: A before B of each of its posts that bears the role, present or not."""
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    posts = Post.objects.filter(unit_id=unit_id, valid_until__isnull=True).select_related(
        "holder_a", "holder_b"
    )
    headed = [post for post in posts.order_by("id") if Role.UNIT_HEAD in post.roles]
    holders = [holder for post in headed for holder in (post.holder_a, post.holder_b)]
    return [holder for holder in holders if holder and holder.is_active]


def posts_of(staff: Staff | UUID) -> QuerySet[Post]:
    """Return the standing posts that someone holds as A or B."""
    staff_id = staff.pk if isinstance(staff, Staff) else staff
    held = Q(holder_a=staff_id) | Q(holder_b=staff_id)
    return Post.objects.filter(held, valid_until__isnull=True).select_related("unit").order_by("id")


def find_staff(town: str, text: str, *, limit: int = FEW) -> list[Staff]:
    """Return colleagues whose name holds `text`, or whose pinyin, initials or log-in begin with it."""
    typed = "".join(text.split()).lower()
    if not typed:
        return []
    letters = Q(pinyin__startswith=typed) | Q(initials__startswith=typed) | Q(login__startswith=typed)
    return list(staff_of(town).filter(Q(name__contains=typed) | letters)[:limit])


def staff_at_device(device: Actor) -> QuerySet[Staff]:
    """Return who may be asked for on a village's shared device: who works there or holds a post there."""
    village = device.scope
    posts = Post.objects.filter(town=device.town, division_code__startswith=village, valid_until__isnull=True)
    holders = [posts.values(column) for column in ("holder_a", "holder_b")]
    here = Q(division_code__startswith=village)
    for column in holders:
        here |= Q(pk__in=column)
    return staff_of(device.town).filter(here)
