"""Judge clocks over arrays: late by the term they had, late by the draft's. Imports numpy: see `limits.judge_span`."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from uuid import UUID

import numpy as np

from banjie.base.local_days import day_span
from banjie.cases.clocks import pauses_from
from banjie.cases.replay.reading import EMPTY, NEVER, Rows, Sort, last_days
from banjie.cases.replay.scope import Limit, Scope
from banjie.rulebook.replay import LISTED, Changed, Group, LeftOut, Outcome, Tally
from banjie.worktime.arrays import Flags, Spans, Whole, due_moments
from banjie.worktime.terms import Term, TermUnit, parse_term

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNITS = tuple(TermUnit)


@dataclass(frozen=True)
class Table:
    """A piece of clocks as arrays: the sorts that occur, and for each clock which of them it is of."""

    rows: Rows
    sorts: Sequence[Sort]
    codes: Whole
    due: Whole
    met: Whole

    @classmethod
    def of(cls, rows: Rows) -> "Table":
        """Lay out the rows as arrays."""
        places: defaultdict[str, int] = defaultdict(count().__next__)
        codes = np.fromiter(map(places.__getitem__, rows.sort), dtype=np.int64, count=rows.count)
        sorts = [Sort.read(word) for word in places]
        return cls(rows, sorts, codes, whole(rows.due), whole(rows.met))

    def where(self, told: Sequence[bool]) -> Flags:
        """Return for each clock what is told of its sort."""
        flags: Flags = np.array(told, dtype=bool)[self.codes]
        return flags

    def ends(self, at: datetime) -> Whole:
        """Return until when each clock is held against its due moment: until it was met, the case ended, or now.

        A case that ended without a reply ends with the beginning of its last day, since figures look at days there.
        """
        met = self.met.copy()
        ended = np.flatnonzero(self.where([sort.is_ended for sort in self.sorts])).tolist()
        days = last_days([self.rows.case[place] for place in ended])
        for place in ended:
            day = days.get(self.rows.case[place])
            met[place] = NEVER if day is None else _micros(day_span(day, day)[0])
        return np.minimum(met, _micros(at))


def judged(rows: Rows, scope: Scope, *, month: str, room: int = LISTED) -> Outcome:
    """Return how a piece of clocks is judged by the terms they had and by the draft's; at most `room` are listed."""
    table = Table.of(rows)
    limits = [scope.limit(sort.clock, sort.kind, sort.category) for sort in table.sorts]
    governed = table.where([limit is not None for limit in limits])
    terms = [limit.term if limit else None for limit in limits]
    new_due, is_other = drafted_due(table, terms, scope)
    end = table.ends(scope.at)
    was_late = end > table.due
    reasons = {
        LeftOut.GIVEN: table.where([sort.is_given for sort in table.sorts]),
        LeftOut.NO_LIMIT: table.where([term is None for term in terms]),
        LeftOut.OTHER_UNIT: is_other,
        LeftOut.LET_GO: table.where([sort.is_ended for sort in table.sorts]) & ~was_late,
    }
    kept = governed & ~np.any(list(reasons.values()), axis=0)
    left_out = {why: int((flags & governed).sum()) for why, flags in reasons.items()}
    both = _Judged(table, limits, kept, new_due, was_late, end > new_due)
    return both.outcome({why: many for why, many in left_out.items() if many}, month=month, room=room)


def whole(column: Sequence[int]) -> Whole:
    """Return a column of whole numbers as an array."""
    return np.array(column, dtype=np.int64)


def drafted_due(table: Table, terms: Sequence[Term | None], scope: Scope) -> tuple[Whole, Flags]:
    """Return when each clock would have been due, and where an extension counts in another unit than the new term.

    `terms` are what each sort gets. A clock whose own term is the same stays due when it was: what was promised is
    never worked out anew, were it that the calendar has changed since.
    """
    moves = [
        term is not None and term != parse_term(sort.term)
        for term, sort in zip(terms, table.sorts, strict=True)
    ]
    which = np.flatnonzero(table.where(moves))
    found, is_other = table.due.copy(), np.zeros(table.rows.count, dtype=bool)
    found[which], is_other[which] = worked_out(table, terms, which, scope)
    return found, is_other


def worked_out(table: Table, terms: Sequence[Term | None], which: Whole, scope: Scope) -> tuple[Whole, Flags]:
    """Return when the clocks at `which` end by these terms with their pauses and extensions, as `drafted_due` does."""
    codes, rows = table.codes[which], table.rows
    units = np.array([-1 if term is None else _UNITS.index(term.unit) for term in terms])[codes]
    amounts = np.array([0 if term is None else term.amount for term in terms])[codes]
    is_other, due = np.zeros(which.size, dtype=bool), table.due[which]
    for place in np.flatnonzero(_filled(rows.extensions)[which]).tolist():
        longer = [parse_term(told) for told in json.loads(rows.extensions[which[place]] or EMPTY)]
        is_other[place] = any(one.unit is not _UNITS[units[place]] for one in longer)
        amounts[place] += sum(one.amount for one in longer)
    starts, has_pauses = whole(rows.started)[which], _filled(rows.pauses)[which]
    for code, unit in enumerate(_UNITS):
        places = np.flatnonzero(units == code)
        due[places] = due_moments(
            starts[places],
            amounts[places],
            unit=unit,
            calendar=scope.work.calendar,
            hours=scope.work.hours,
            pauses=_pauses(rows, which[places], np.flatnonzero(has_pauses[places])),
        )
    return due, is_other


@dataclass(frozen=True)
class _Judged:
    """Clocks with both verdicts; `kept` are those that count."""

    table: Table
    limits: Sequence[Limit | None]
    kept: Flags
    new_due: Whole
    was_late: Flags
    is_late: Flags

    def outcome(self, left_out: dict[LeftOut, int], *, month: str, room: int) -> Outcome:
        """Count them whole and by group."""
        sorts = self.table.sorts
        names = [limit.name if limit else "" for limit in self.limits]
        whole = self._by(["" for _ in sorts]).get("", Tally())
        groups = {
            Group.LIMIT: self._by(names),
            Group.KIND: self._by([sort.kind for sort in sorts]),
            Group.UNIT: self._by([sort.unit for sort in sorts]),
            Group.MONTH: {month: whole} if whole.due else {},
        }
        return Outcome(whole, groups, left_out, self._changed(names, room))

    @cached_property
    def _tallies(self) -> list[Tally]:
        """Return a tally of each sort."""
        becomes = self.kept & self.is_late & ~self.was_late
        recovers = self.kept & self.was_late & ~self.is_late
        late = (self.kept & self.was_late, self.kept & self.is_late)
        flags = (self.kept, *late, becomes, recovers, self.kept)
        size = len(self.table.sorts)
        counts = [np.bincount(self.table.codes[flag], minlength=size).tolist() for flag in flags]
        return [Tally(*told) for told in zip(*counts, strict=True)]

    def _by(self, words: Sequence[str]) -> dict[str, Tally]:
        """Return the tallies of the sorts by the words that are told of them."""
        found: dict[str, Tally] = {}
        for word, tally in zip(words, self._tallies, strict=True):
            if tally.due:
                found[word] = found.get(word, Tally()) + tally
        return found

    def _changed(self, names: Sequence[str], room: int) -> list[Changed]:
        """Return the newest of those that change sides."""
        table = self.table
        places = np.flatnonzero(self.kept & (self.was_late != self.is_late))
        newest = places[np.argsort(-table.due[places], kind="stable")][:room]
        return [
            Changed(
                subject_id=UUID(table.rows.case[place]),
                limit=names[table.codes[place]],
                own_due_at=_moment(table.rows.due[place]),
                draft_due_at=_moment(int(self.new_due[place])),
                met_at=None if table.rows.met[place] == NEVER else _moment(table.rows.met[place]),
                is_late=bool(self.is_late[place]),
            )
            for place in newest.tolist()
        ]


def _pauses(rows: Rows, which: Whole, places: Whole) -> Spans | None:
    """Return the pauses of those rows of `which` that have any, each with the place of its row there."""
    of: list[int] = []
    begun: list[int] = []
    ended: list[int] = []
    for place in places.tolist():
        for pause in pauses_from(json.loads(rows.pauses[which[place]] or EMPTY)):
            of.append(place)
            begun.append(_micros(pause.paused_at))
            ended.append(_micros(pause.resumed_at))
    return Spans(whole(of), whole(begun), whole(ended)) if of else None


def _filled(column: Sequence[str | None]) -> Flags:
    filled: Flags = np.array([one is not None for one in column], dtype=bool)
    return filled


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND
