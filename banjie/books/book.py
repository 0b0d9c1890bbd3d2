"""A book as it is declared: fields, columns, checks, states, dates, who writes and who sees. No Django here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from banjie.books.conditions import Condition
from banjie.books.vocabulary import BookReach, BookSensitivity, BookSort, Group
from banjie.fields.spec import FieldSpec, FieldType, Stored, is_asked

COLUMN_TYPES = {
    "unit": FieldType.UNIT,
    "village": FieldType.VILLAGE,
    "grid": FieldType.GRID,
    "person": FieldType.RESIDENT,
    "enterprise": FieldType.ENTERPRISE,
    "case": FieldType.CASE,
    "staff": FieldType.STAFF,
}
"""The columns of a record that a field may fill, and what such a field takes."""


@dataclass(frozen=True)
class BookField(FieldSpec):
    """A field of a book: a declared field with its default and the roles that see it; no role named means all.

    `default` is today, now, me, my_unit, my_village, last, `from.<field>.<column>`, or a value as it is typed.
    """

    default: str = ""
    seen_by: frozenset[str] = frozenset()

    @property
    def is_sealed(self) -> bool:
        """Tell whether its values are kept sealed."""
        return self.personal or self.type is FieldType.ID_NUMBER


@dataclass(frozen=True)
class Check:
    """What must hold across fields, if `when` holds or is not written; `words` are told where it does not."""

    must: Condition
    words: str
    when: Condition | None = None

    def fails(self, values: Mapping[str, Stored], *, today: date) -> bool:
        """Tell whether a record breaks it; what cannot be compared since a field is empty breaks nothing."""
        if self.when is not None and self.when.holds(values, today=today) is not True:
            return False
        return self.must.holds(values, today=today) is False


@dataclass(frozen=True)
class Due:
    """A date that matters: that of a field, or `years` after it, shown `before` days ahead, only in some states."""

    field: str
    before_days: int
    words: str
    years: int = 0
    states: frozenset[str] = frozenset()


@dataclass(frozen=True)
class States:
    """The choice field in which a thing's state stands, and the states in which it is not finished."""

    field: str
    open: frozenset[str]


@dataclass(frozen=True)
class Away:
    """What of a record makes someone's absence: who, from which day to which, back on which, in which states.

    `kind` is the choice field whose choices `reasons` gives the reasons of an absence; `both` the yes-or-no field by
    which whoever approves takes it that A and B of a post are both away; `by` are the roles that may let it begin.
    """

    staff: str
    starts: str
    ends: str
    states: frozenset[str]
    by: frozenset[str]
    back: str = ""
    kind: str = ""
    both: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """台账: everything in which one book differs from another."""

    key: str
    title: str
    menu: str
    group: Group
    sort: BookSort
    awake: bool
    replaces: tuple[str, ...]
    feeds: tuple[str, ...]
    day: str
    columns: Mapping[str, str]
    fields: tuple[BookField, ...]
    checks: tuple[Check, ...]
    states: States | None
    dues: tuple[Due, ...]
    totals: tuple[str, ...]
    writes: frozenset[str]
    sees: frozenset[str]
    reach: BookReach
    sensitivity: BookSensitivity
    public: bool
    number: str
    note: str
    away: Away | None = None
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    version: str = ""
    article: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, BookField]:
        """Return the fields by key, retired ones among them."""
        return {spec.key: spec for spec in self.fields}

    @cached_property
    def by_meaning(self) -> Mapping[str, BookField]:
        """Return the fields that say which fact they ask, by that fact."""
        return {spec.means: spec for spec in self.fields if spec.means}

    def column(self, name: str) -> BookField | None:
        """Return the field that fills a column of COLUMN_TYPES; None for a column that none fills."""
        return self.by_key.get(self.columns.get(name, ""))

    @property
    def day_field(self) -> BookField:
        """Return the field by which records are ordered and counted."""
        return self.by_key[self.day]

    def asked_on(self, day: date) -> tuple[BookField, ...]:
        """Return the fields that are asked on a day, in the order of declaration."""
        return tuple(spec for spec in self.fields if is_asked(spec, day))

    @property
    def total_fields(self) -> tuple[BookField, ...]:
        """Return the fields that are added up under the list."""
        return tuple(self.by_key[key] for key in self.totals)

    @property
    def state_field(self) -> BookField | None:
        """Return the field that holds the state of a thing."""
        return self.by_key[self.states.field] if self.states else None

    def is_seen(self, spec: BookField, roles: Iterable[str]) -> bool:
        """Tell whether a holder of these roles sees a field."""
        return not spec.seen_by or not spec.seen_by.isdisjoint(roles)
