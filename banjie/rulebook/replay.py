"""测算: what a draft would have judged differently over a past period, and which rooms can say so. No Django here.

A room whose rule type judges the past registers a replayer for it (`replays`). What comes of it names no person, is
never a ground for anybody's account, and leads nowhere but to its own page (DESIGN, A regulation).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from banjie.base.declarations import REGISTRY

OLDER = 5
"""So many counts were kept of a replay before rules that change what is due could be tried."""
LISTED = 5000
"""So many of those that change sides are listed, the newest; all of them are counted."""


class Group(StrEnum):
    """By what the counts are parted."""

    LIMIT = "limit"
    UNIT = "unit"
    KIND = "kind"
    MONTH = "month"


class LeftOut(StrEnum):
    """Why something that was due in the period is not judged."""

    GIVEN = "given"
    LET_GO = "let_go"
    OTHER_UNIT = "other_unit"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True)
class Tally:
    """How many were due, how many late before and after, how many change sides, how many the draft makes due."""

    due: int = 0
    late_before: int = 0
    late_after: int = 0
    becomes_late: int = 0
    becomes_on_time: int = 0
    due_after: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(one + two for one, two in zip(self.plain, other.plain, strict=True)))

    @property
    def plain(self) -> tuple[int, ...]:
        """Return the counts in their order."""
        changes = (self.becomes_late, self.becomes_on_time)
        return (self.due, self.late_before, self.late_after, *changes, self.due_after)

    @classmethod
    def from_plain(cls, counts: Sequence[int]) -> "Tally":
        """Read back what was kept; older ones say nothing of what the draft would have made due, which was the same."""
        told = (*counts, counts[0]) if len(counts) == OLDER else counts
        return cls(*told)


@dataclass(frozen=True)
class Changed:
    """One that changes sides: whose it is, which limit, when it was due and would have been, when it was met."""

    subject_id: UUID
    limit: str
    own_due_at: datetime
    draft_due_at: datetime
    met_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class Outcome:
    """What a replay counted, whole and by group."""

    whole: Tally = Tally()
    groups: Mapping[Group, Mapping[str, Tally]] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    changed: Sequence[Changed] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        groups = {
            group: _added(self.groups.get(group, {}), other.groups.get(group, {}), Tally()) for group in Group
        }
        return Outcome(
            self.whole + other.whole,
            groups,
            _added(self.left_out, other.left_out, 0),
            (*self.changed, *other.changed)[:LISTED],
        )

    @property
    def plain(self) -> dict[str, object]:
        """Return the counts in the form in which they are kept."""
        groups = {
            group.value: {value: list(tally.plain) for value, tally in told.items()}
            for group, told in self.groups.items()
        }
        left_out = {why.value: count for why, count in self.left_out.items()}
        return {"whole": list(self.whole.plain), "groups": groups, "left_out": left_out}

    @classmethod
    def from_plain(cls, told: Mapping[str, object]) -> "Outcome":
        """Read back what was kept, without the list."""
        whole, groups, left_out = (told.get(name) for name in ("whole", "groups", "left_out"))
        if not (isinstance(whole, list) and isinstance(groups, dict) and isinstance(left_out, dict)):
            return cls()
        return cls(
            Tally.from_plain(whole),
            {
                Group(group): {value: Tally.from_plain(counts) for value, counts in by_value.items()}
                for group, by_value in groups.items()
            },
            {LeftOut(why): count for why, count in left_out.items()},
        )


@dataclass(frozen=True)
class Asked:
    """A draft and the period over which it is tried; `at` is the moment as of which things stand."""

    town: str
    key: str
    source: str
    from_on: date
    to_on: date
    at: datetime


@dataclass(frozen=True)
class Share:
    """What a part of a replay came to, and how many rows it looked at."""

    rows: int
    outcome: Outcome


@dataclass(frozen=True)
class Course:
    """A replay under way: how many rows there are to look at, and its parts one after another."""

    rows: int
    shares: Iterator[Share]


@dataclass(frozen=True)
class Judged:
    """What the replays of a rule type judge, in words: what is counted, what is a fault, how it is worked out."""

    says: str
    unit: str
    due: str
    fault: str
    sound: str
    ways: tuple[str, ...]
    has_dues: bool
    step: str = "天"


Replayer = Callable[[Asked, int], Course]
"""Tries a draft on the past in so many processes beside this one, none meaning in this one."""
REPLAYERS: dict[str, Replayer] = {}
JUDGED: dict[str, Judged] = {}


def replays(rule_type: str, replayer: Replayer, judged: Judged) -> None:
    """Take in how drafts of a rule type are tried on the past; a second way for the same type is a bug."""
    if rule_type in REPLAYERS:
        raise ValueError(f"rule type {rule_type} is replayed twice")
    REPLAYERS[rule_type], JUDGED[rule_type] = replayer, judged


def replayed_types() -> str:
    """Return the rule types that can be tried on the past, as a sentence lists them."""
    return "、".join(REGISTRY.rule_types[name].title for name in REPLAYERS if name in REGISTRY.rule_types)


def _added(one: Mapping, other: Mapping, nothing: object) -> dict:  # type: ignore[type-arg]
    return {key: one.get(key, nothing) + other.get(key, nothing) for key in {**one, **other}}
