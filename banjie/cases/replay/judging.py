"""Judge clocks over arrays: late by the term they had, late by the draft's. Imports numpy: see `limits.judge_span`."""

import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np

from banjie.base.local_days import day_span
from banjie.cases.clocks import pauses_from
from banjie.cases.replay.reading import NEVER, Rows
from banjie.cases.replay.scope import Limit, Scope
from banjie.cases.workflow import ClockName
from banjie.rulebook.replay import LISTED, Changed, Group, LeftOut, Outcome, Tally
from banjie.worktime.arrays import Flags, Spans, Whole, due_moments
from banjie.worktime.terms import Term, TermUnit, parse_term

EMPTY = "[]"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNITS = tuple(TermUnit)


@dataclass(frozen=True)
class Coded:
    """A column of words as places in the list of those that occur."""

    words: Sequence[Hashable]
    codes: Whole

    @classmethod
    def of(cls, column: Iterable[Hashable]) -> "Coded":
        """Return a column so coded, words in the order in which they occur."""
        places: dict[Hashable, int] = {}
        codes = np.fromiter((places.setdefault(one, len(places)) for one in column), dtype=np.int64)
        return cls(list(places), codes)


def judged(rows: Rows, scope: Scope, *, month: str) -> Outcome:
    """Return how a piece of clocks is judged by the terms they had and by the draft's."""
    asked = Coded.of(zip(rows.clock, rows.kind, rows.category, strict=True))
    limits = [scope.limit(*told) for told in asked.words]  # type: ignore[misc]  # the three words of a clock
    governed = _where([limit is not None for limit in limits], asked)
    terms = [limit.term if limit else None for limit in limits]
    new_due, is_other = drafted_due(rows, terms, asked.codes, scope)
    due, end = whole(rows.due), ends(rows, asked, at=scope.at)
    was_late = end > due
    reasons = {
        LeftOut.GIVEN: whole(rows.is_given) == 1,
        LeftOut.NO_LIMIT: _where([term is None for term in terms], asked),
        LeftOut.OTHER_UNIT: is_other,
        LeftOut.LET_GO: _let_go(rows, asked) & ~was_late,
    }
    kept = governed & ~np.any(list(reasons.values()), axis=0)
    left_out = {why: int((flags & governed).sum()) for why, flags in reasons.items()}
    both = _Judged(rows, asked, limits, kept, due, new_due, was_late, end > new_due)
    return both.outcome({why: count for why, count in left_out.items() if count}, month=month)


def whole(column: Sequence[int]) -> Whole:
    """Return a column of whole numbers as an array."""
    return np.array(column, dtype=np.int64)


def ends(rows: Rows, asked: "Coded", *, at: datetime) -> Whole:
    """Return until when each clock is held against its due moment: the reply that stood, the step, the end, or now.

    A case that ended without a reply ends with the beginning of its last day, since figures look at days there.
    """
    is_handling = _handling(asked)
    met = np.where(is_handling, whole(rows.done), whole(rows.stopped))
    for place in np.flatnonzero(_let_go(rows, asked)).tolist():
        met[place] = _start_of(rows.ended_on[rows.case[place]])
    return np.minimum(met, _micros(at))


def drafted_due(rows: Rows, terms: Sequence[Term | None], codes: Whole, scope: Scope) -> tuple[Whole, Flags]:
    """Return when each clock would have been due, and where an extension counts in another unit than the new term.

    `codes` say which of `terms` a clock gets. One whose own term is the same stays due when it was: what was promised
    is never worked out anew, were it that the calendar has changed since.
    """
    own = Coded.of(rows.term)
    owned = [parse_term(str(told)) for told in own.words]
    moves = np.array([[term not in (None, had) for had in owned] for term in terms], dtype=bool)
    which = np.flatnonzero(moves[codes, own.codes]) if owned else np.array([], dtype=np.int64)
    found, is_other = whole(rows.due), np.zeros(rows.count, dtype=bool)
    found[which], is_other[which] = worked_out(rows, terms, codes, which, scope)
    return found, is_other


def worked_out(
    rows: Rows, terms: Sequence[Term | None], codes: Whole, which: Whole, scope: Scope
) -> tuple[Whole, Flags]:
    """Return when the clocks at `which` end by these terms with their pauses and extensions, as `drafted_due` does."""
    units = np.array([-1 if term is None else _UNITS.index(term.unit) for term in terms])[codes[which]]
    amounts = np.array([0 if term is None else term.amount for term in terms])[codes[which]]
    is_other, due = np.zeros(which.size, dtype=bool), whole(rows.due)[which]
    for place, row in enumerate(which.tolist()):
        if rows.extensions[row] != EMPTY:
            longer = [parse_term(told) for told in json.loads(rows.extensions[row])]
            is_other[place] = any(one.unit is not _UNITS[units[place]] for one in longer)
            amounts[place] += sum(one.amount for one in longer)
    starts = whole(rows.started)
    for code, unit in enumerate(_UNITS):
        places = np.flatnonzero(units == code)
        due[places] = due_moments(
            starts[which[places]],
            amounts[places],
            unit=unit,
            calendar=scope.work.calendar,
            hours=scope.work.hours,
            pauses=_pauses(rows, which[places]),
        )
    return due, is_other


@dataclass(frozen=True)
class _Judged:
    """Clocks with both verdicts; `kept` are those that count."""

    rows: Rows
    asked: Coded
    limits: Sequence[Limit | None]
    kept: Flags
    due: Whole
    new_due: Whole
    was_late: Flags
    is_late: Flags

    def outcome(self, left_out: dict[LeftOut, int], *, month: str) -> Outcome:
        """Count them whole and by group."""
        names = [limit.name if limit else "" for limit in self.limits]
        kinds = [str(told[1]) for told in self.asked.words]  # type: ignore[index]
        units = Coded.of(one or "" for one in self.rows.unit)
        whole = self._tally(self.kept)
        groups = {
            Group.LIMIT: self._by(names, self.asked.codes),
            Group.KIND: self._by(kinds, self.asked.codes),
            Group.UNIT: self._by([_unit(told) for told in units.words], units.codes),
            Group.MONTH: {month: whole} if whole.due else {},
        }
        return Outcome(whole, groups, left_out, self._changed(names))

    def _by(self, words: Sequence[str], codes: Whole) -> dict[str, Tally]:
        """Return a tally of each word, words that several codes share together."""
        becomes = self.kept & self.is_late & ~self.was_late
        recovers = self.kept & self.was_late & ~self.is_late
        flags = (self.kept, self.kept & self.was_late, self.kept & self.is_late, becomes, recovers)
        counts = [np.bincount(codes[flag], minlength=len(words)) for flag in flags]
        found: dict[str, Tally] = {}
        for place, word in enumerate(words):
            tally = Tally(*(int(count[place]) for count in counts))
            if tally.due:
                found[word] = found.get(word, Tally()) + tally
        return found

    def _tally(self, which: Flags) -> Tally:
        return self._by([""], np.zeros(len(which), dtype=np.int64)).get("", Tally())

    def _changed(self, names: Sequence[str]) -> list[Changed]:
        """Return the newest of those that change sides."""
        places = np.flatnonzero(self.kept & (self.was_late != self.is_late))
        newest = places[np.argsort(-self.due[places], kind="stable")][:LISTED]
        return [
            Changed(
                subject_id=UUID(self.rows.case[place]),
                limit=names[self.asked.codes[place]],
                own_due_at=_moment(int(self.due[place])),
                draft_due_at=_moment(int(self.new_due[place])),
                met_at=self._met(place),
                is_late=bool(self.is_late[place]),
            )
            for place in newest.tolist()
        ]

    def _met(self, place: int) -> datetime | None:
        is_handling = self.rows.clock[place] == ClockName.HANDLE
        met = self.rows.done[place] if is_handling else self.rows.stopped[place]
        return None if met == NEVER else _moment(met)


def _pauses(rows: Rows, which: Whole) -> Spans | None:
    """Return the pauses of the rows at `which`, each with the place of its row there."""
    of: list[int] = []
    begun: list[int] = []
    ended: list[int] = []
    for place, row in enumerate(which.tolist()):
        if rows.pauses[row] != EMPTY:
            for pause in pauses_from(json.loads(rows.pauses[row])):
                of.append(place)
                begun.append(_micros(pause.paused_at))
                ended.append(_micros(pause.resumed_at))
    return Spans(whole(of), whole(begun), whole(ended)) if of else None


def _where(flags: Sequence[bool], asked: Coded) -> Flags:
    """Return for each row what is told of its word."""
    told: Flags = np.array(flags, dtype=bool)[asked.codes]
    return told


def _handling(asked: Coded) -> Flags:
    return _where([told[0] == ClockName.HANDLE for told in asked.words], asked)  # type: ignore[index]


def _let_go(rows: Rows, asked: Coded) -> Flags:
    """Return where a handling clock's case ended without a reply."""
    if not rows.ended_on:
        return np.zeros(rows.count, dtype=bool)
    ended: Flags = np.array([one in rows.ended_on for one in rows.case], dtype=bool)
    both: Flags = _handling(asked) & ended
    return both


def _unit(told: Hashable) -> str:
    """Return a unit's id as it is written everywhere, whatever the database makes of it."""
    return str(UUID(str(told))) if told else ""


def _start_of(day: date) -> int:
    return _micros(day_span(day, day)[0])


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND
