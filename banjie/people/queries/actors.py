"""Who acts: rights and reach, read from the posts that a person holds at this moment (T14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from banjie.base.clock import local_day
from banjie.base.errors import NotAllowed, NotFound
from banjie.ledger.kept import kept
from banjie.ledger.record import SYSTEM
from banjie.people.models import Post, Staff
from banjie.people.rights import (
    DEEDS,
    DEVICE_RIGHTS,
    PIN_RIGHTS,
    POSTLESS_RIGHTS,
    RIGHTS,
    Reach,
    Role,
    check_deed,
    reach_of,
)


@dataclass(frozen=True)
class Holding:
    """One role that a post gives its holder, and how far it reaches."""

    role: Role
    reach: Reach
    post_id: UUID
    unit_id: UUID


@dataclass(frozen=True)
class StaffActor:
    """A member of staff at work; `device_id` names the shared device on which he proved himself by PIN."""

    id: UUID
    name: str
    town: str
    scope: str
    rights: frozenset[str]
    holdings: tuple[Holding, ...] = ()
    device_reach: Reach | None = None
    is_shared_device: bool = False
    device_id: UUID | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles of all his posts."""
        return frozenset(holding.role for holding in self.holdings)

    @property
    def unit_ids(self) -> frozenset[UUID]:
        """Return the units in which he holds a post."""
        return frozenset(holding.unit_id for holding in self.holdings)

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """Return how far he sees cases."""
        return self.reaches_for("cases.view_case")

    def may(self, deed: str) -> bool:
        """Tell whether one of his posts carries the right to `deed`; LookupError for one outside the table."""
        return check_deed(deed) in self.rights

    def reaches_for(self, deed: str) -> tuple[Reach, ...]:
        """Return how far his right to `deed` goes, by the farthest of his posts that carry it; none means nowhere."""
        if not self.may(deed):
            return ()
        if self.device_reach:
            return (self.device_reach,)
        return _farthest(h.reach for h in self.holdings if deed in RIGHTS[h.role])


@dataclass(frozen=True)
class Founder:
    """The installation itself, at set-up: makes the first units, accounts and posts before anyone can log in."""

    town: str
    id: UUID = SYSTEM

    @property
    def scope(self) -> str:
        """Return the whole town."""
        return self.town

    def may(self, deed: str) -> bool:
        """Tell that the set-up may lay down the office and its places, and nothing that touches a case or resident."""
        return check_deed(deed).split(".")[0] in ("people", "places", "worktime", "rulebook")


def founder_of(town: str) -> Founder:
    """Return the actor for set-up commands of a town; no request ever gets one."""
    return Founder(town=town)


def actor_for(staff: Staff | UUID, *, at: datetime) -> StaffActor:
    """Return what a member of staff may do at `at`: one query for a loaded `Staff`, two for an id; keep per request.

    B holds the rights of a post beside A at all times (AB岗); responsibility alone waits for A's absence. Raises
    NotFound for a stranger; someone disabled may do nothing at all.
    """
    person = staff if isinstance(staff, Staff) else Staff.objects.filter(pk=staff).first()
    if person is None:
        raise NotFound("没有找到这位工作人员。请刷新后再试。")
    if not person.is_active:
        return _actor(person, rights=frozenset())
    if person.is_shared_device:
        return _actor(person, rights=DEVICE_RIGHTS, device_reach=Reach(division=person.division_code))
    holdings = _holdings_of(person.pk, town=person.town, on=local_day(at))
    return _actor(person, rights=_rights_of(holdings) if holdings else POSTLESS_RIGHTS, holdings=holdings)


def actor_on_device(staff: Staff, *, device: StaffActor, at: datetime) -> StaffActor:
    """Return what someone identified by PIN may do on a village's shared device: his posts of that village, less
    what asks for his own log-in. Raises NotAllowed when he holds none there."""
    if not device.is_shared_device or staff.town != device.town or not staff.is_active:
        raise NotAllowed("只有村级共用设备才用办理码办件。请用自己的账号登录。")
    held = _holdings_of(staff.pk, town=staff.town, on=local_day(at))
    holdings = tuple(h for h in held if h.reach.division.startswith(device.scope))
    if not holdings:
        raise NotAllowed(f"{staff.name}在本村没有岗位，不能用这台设备办件。请联系安全管理员核对岗位。")
    return _actor(staff, rights=_rights_of(holdings) & PIN_RIGHTS, holdings=holdings, device_id=device.id)


def within_reach(
    actor: StaffActor,
    *,
    deed: str = "cases.view_case",
    division: str = "division_code",
    unit: str | None = "unit_id",
    grid: str | None = "grid_id",
    sent_down: str | None = None,
) -> Q:
    """Return the condition that keeps a query inside the actor's reach for `deed`, in the named columns.

    None says that the table has no such column, so the reach cannot be narrowed by it; a table that does not tell
    what the county sent down shows the county nothing.
    """
    inside = Q(pk__in=[])
    for reach in actor.reaches_for(deed):
        if not reach.division or (reach.is_sent_down_only and not sent_down):
            continue
        bounds = Q(**{f"{division}__startswith": reach.division})
        for column, value in (
            (unit, reach.unit_id),
            (grid, reach.grid_id),
            (sent_down, reach.is_sent_down_only),
        ):
            bounds &= Q(**{column: value}) if column and value else Q()
        inside |= bounds
    return Q(town=actor.town) & inside


def _farthest(reaches: Iterable[Reach]) -> tuple[Reach, ...]:
    """Return reaches without those that lie within another: a condition more keeps a list from its index."""
    different = tuple(dict.fromkeys(reaches))
    return tuple(one for one in different if not any(one.is_within(other) for other in different))


def _actor(
    person: Staff,
    *,
    rights: frozenset[str],
    holdings: tuple[Holding, ...] = (),
    device_reach: Reach | None = None,
    device_id: UUID | None = None,
) -> StaffActor:
    divisions = [device_reach.division] if device_reach else [holding.reach.division for holding in holdings]
    return StaffActor(
        id=person.pk,
        name=person.name,
        town=person.town,
        scope=_scope(divisions, town=person.town),
        rights=rights & DEEDS,
        holdings=holdings,
        device_reach=device_reach,
        is_shared_device=person.is_shared_device,
        device_id=device_id,
    )


@kept
def _holdings_of(staff_id: UUID, *, town: str, on: date) -> tuple[Holding, ...]:
    held = Q(holder_a=staff_id) | Q(holder_b=staff_id)
    standing = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    return tuple(
        Holding(role=role, reach=_reach(post, role), post_id=post.pk, unit_id=post.unit_id)
        for post in Post.objects.filter(held, standing, town=town).order_by("id")
        for role in _known(post.roles)
    )


def _reach(post: Post, role: Role) -> Reach:
    return reach_of(role, division=post.division_code, unit_id=post.unit_id, grid_id=post.grid_id)


def _known(roles: Iterable[str]) -> list[Role]:
    return [role for role in Role if role.value in roles]


@lru_cache(maxsize=1024)
def _rights_of(holdings: tuple[Holding, ...]) -> frozenset[str]:
    return frozenset().union(*(RIGHTS[holding.role] for holding in holdings))


def _scope(divisions: Iterable[str], *, town: str) -> str:
    """Return the one division that holds all reaches: a village when all lie in it, else the town."""
    bounds = set(divisions)
    return bounds.pop() if len(bounds) == 1 else town
