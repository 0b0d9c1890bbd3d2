"""The work list: what is filtered, in which order, and how many there are without counting a growing table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.keyset import Slice, counting_to, slice_after, sliced
from banjie.base.written_once import WrittenOnce
from banjie.cases.models import NEVER, Case
from banjie.cases.queries.scope import visible_apart, visible_to
from banjie.cases.vocabulary import DISCONTENT, ClosingKind
from banjie.cases.workflow import State
from banjie.people.queries import StaffActor

LISTS = 512
"""How many people's lists are kept written."""


class Group(StrEnum):
    """The groups of states that an office asks for."""

    OPEN = "open"
    TO_ACCEPT = "to_accept"
    TO_ASSIGN = "to_assign"
    TO_SIGN = "to_sign"
    HANDLING = "handling"
    PAUSED = "paused"
    PARKED = "parked"
    TO_CALL_BACK = "to_call_back"
    CLOSED = "closed"
    HISTORICAL = "historical"
    ALL = "all"


GROUP_STATES = {
    Group.TO_ACCEPT: State.REGISTERED,
    Group.TO_ASSIGN: State.ACCEPTED,
    Group.TO_SIGN: State.ASSIGNED,
    Group.HANDLING: State.HANDLING,
    Group.PAUSED: State.PAUSED,
    Group.PARKED: State.PARKED,
    Group.TO_CALL_BACK: State.REPLIED,
    Group.CLOSED: State.CLOSED,
}
"""Groups that are one state."""


class Order(StrEnum):
    """The two orders of the list; both are an index."""

    DUE = "due"
    NEWEST = "newest"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns to order by, which are together unique."""
        return ("due_order", "id") if self is Order.DUE else ("-registered_at", "-id")


class Lateness(StrEnum):
    """What a light says, as a filter."""

    LATE = "late"
    AMBER = "amber"
    UNSATISFIED = "unsatisfied"


@dataclass(frozen=True)
class Sift:
    """What a list is filtered by; `numbers` are the full numbers that a typed number may mean."""

    group: Group = Group.OPEN
    kind: str = ""
    unit_id: UUID | None = None
    is_mine: bool = False
    division_code: str = ""
    categories: Sequence[str] = ()
    channel: str = ""
    lateness: Lateness | None = None
    due_by: datetime | None = None
    numbers: Sequence[str] = ()

    @property
    def is_lasting(self) -> bool:
        """Tell whether the list is asked for in the same words at any moment (ADR 0064)."""
        return self.due_by is None and self.lateness in (None, Lateness.UNSATISFIED)


def listed(actor: StaffActor, sift: Sift, *, at: datetime) -> QuerySet[Case]:
    """Return the cases that the actor may see and the filter keeps."""
    return _sifted(visible_to(actor), actor, sift, at=at)


def _sifted(found: QuerySet[Case], actor: StaffActor, sift: Sift, *, at: datetime) -> QuerySet[Case]:
    if sift.group in GROUP_STATES:
        found = found.filter(state=GROUP_STATES[sift.group])
    elif sift.group is Group.OPEN:
        found = found.filter(is_open=True)
    elif sift.group is Group.HISTORICAL:
        found = found.filter(batch_id__isnull=False, closing_kind=ClosingKind.HISTORICAL, state=State.CLOSED)
    if sift.group is Group.CLOSED:
        found = found.exclude(closing_kind=ClosingKind.HISTORICAL)
    found = found.filter(**_equal(actor, sift))
    if sift.due_by:
        found = found.filter(due_order__lte=sift.due_by)
    return _by_light(found, sift.lateness, at=at)


def in_rows(cases: QuerySet[Case], *beside: str) -> QuerySet[Case]:
    """Return cases with no more columns than a row shows, and those `beside` it."""
    return cases.only(*_IN_A_ROW, *beside)


def page_of(
    actor: StaffActor, sift: Sift, order: Order, *, token: str, size: int, at: datetime
) -> Slice[Case]:
    """Return a page of the list as rows show it, after the row that `token` names."""
    if token or not sift.is_lasting:
        found = in_rows(listed(actor, sift, at=at))
        return slice_after(found, by=order.columns, token=token, size=size)
    return sliced(_first_rows(actor, sift, order, size)(), by=order.columns, size=size)


def count_of(actor: StaffActor, sift: Sift, *, limit: int, at: datetime) -> int:
    """Return how many the list has, exact up to `limit`; one more than that means: that many and more."""
    if sift.is_lasting:
        return _counting(actor, sift, limit)()
    return _adding(actor, sift, limit, at=at)()


@lru_cache(maxsize=LISTS)
def _first_rows(actor: StaffActor, sift: Sift, order: Order, size: int) -> WrittenOnce[Case]:
    found = in_rows(listed(actor, sift, at=NEVER)).order_by(*order.columns)
    return WrittenOnce(lambda: found[: size + 1])


@lru_cache(maxsize=LISTS)
def _counting(actor: StaffActor, sift: Sift, limit: int) -> Callable[[], int]:
    return _adding(actor, sift, limit, at=NEVER)


def _adding(actor: StaffActor, sift: Sift, limit: int, *, at: datetime) -> Callable[[], int]:
    """Return what counts the parts of what the actor sees one after the other, until there are more than `limit`."""
    parts = [counting_to(_sifted(part, actor, sift, at=at), limit) for part in visible_apart(actor)]

    def count() -> int:
        total = 0
        for part in parts:
            if total <= limit:
                total += part()
        return min(total, limit + 1)

    return count


def _equal(actor: StaffActor, sift: Sift) -> dict[str, object]:
    """Return the plain conditions, each on a column of an index or a small rest."""
    wanted = {
        "kind": sift.kind,
        "unit_id": sift.unit_id,
        "responsible_id": actor.id if sift.is_mine else None,
        "division_code": sift.division_code,
        "category__in": list(sift.categories),
        "channel": sift.channel,
        "number__in": list(sift.numbers),
    }
    return {column: value for column, value in wanted.items() if value}


def _by_light(cases: QuerySet[Case], lateness: Lateness | None, *, at: datetime) -> QuerySet[Case]:
    if lateness is Lateness.LATE:
        return cases.filter(due_order__lt=at)
    if lateness is Lateness.AMBER:
        return cases.filter(due_order__gte=at, amber_at__lte=at)
    if lateness is Lateness.UNSATISFIED:
        return cases.filter(said__in=DISCONTENT)
    return cases


_IN_A_ROW = (
    "number",
    "title",
    "place_words",
    "division_code",
    "sensitivity",
    "origin",
    "outer_system",
    "state",
    "is_open",
    "round",
    "unit_id",
    "handler_id",
    "responsible_id",
    "registered_at",
    "done_at",
    "closing_kind",
    "said",
    "urged_at",
    "handle_due_at",
    "due_at",
    "amber_at",
    "due_clock",
    "is_provisional",
    "due_order",
    "report_due_on",
    "recheck_on",
    "led_by_id",
)
