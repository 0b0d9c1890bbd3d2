"""One deed between its checks and its entry: start and stop clocks, repeat the due time, record. No deed itself."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput
from banjie.cases.actions.notifying import tellings_of
from banjie.cases.actions.report_dues import keep_report_due
from banjie.cases.actions.standings import keep_standings
from banjie.cases.clocks import Course, Promise, Reading, WorkingTime, earliest, pauses_from, read, read_given
from banjie.cases.models import NEVER, Case, Clock, Voice
from banjie.cases.occasion import Occasion
from banjie.cases.queries.report_dues import CONTACT, sort_of
from banjie.cases.rules.cadence import first_report_on, next_report_on
from banjie.cases.rules.commitments import clock_limit
from banjie.cases.settings import office_hours, setting
from banjie.cases.vocabulary import Speaker
from banjie.cases.words import KIND, TELLING, own_words
from banjie.cases.workflow import OPEN, ClockName, State, Step
from banjie.files.checks.secrecy import secrecy_mark_in
from banjie.ledger.actions import record_all
from banjie.ledger.models import Entry, Ledgered
from banjie.ledger.record import Deed, Series
from banjie.notices.actions import tell
from banjie.rulebook.in_force import Rules, TimeLimit
from banjie.rulebook.setting_keys import SettingKey
from banjie.search.actions import index_many
from banjie.search.declared import Piece
from banjie.worktime.queries import calendar_of
from banjie.worktime.terms import Term, parse_term

Part = tuple[Ledgered, Mapping[str, object]]


def secrecy_problem(text: str) -> str:
    """Return the sentence that stops a text bearing a 密级 mark, or an empty one."""
    mark = secrecy_mark_in(text)
    return f"内容带有密级标志“{mark}”。本系统为非涉密系统，请删去并按保密规定办理。" if mark else ""


@dataclass
class Underway:
    """One deed on one locked case, between its checks and its entry."""

    step: Step
    case: Case
    occasion: Occasion
    rules: Rules
    clocks: list[Clock] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    article: str = ""

    @cached_property
    def handlers(self) -> frozenset[UUID]:
        """Return who may not be the second person: the handler, and whoever replied in this round in his stead."""
        claims = Voice.objects.filter(case=self.case, round=self.case.round, speaker=Speaker.HANDLER)
        handler = [self.case.handler_id] if self.case.handler_id else []
        return frozenset([*handler, *claims.values_list("by", flat=True)])

    @property
    def work(self) -> WorkingTime:
        """Return the town's calendar and office hours."""
        return WorkingTime(calendar_of(self.case.town), office_hours(self.rules))

    def running(self, *names: ClockName) -> list[Clock]:
        """Return the clocks of these names that are neither stopped nor paused."""
        return [clock for clock in self.clocks if clock.is_running and clock.name in names]

    def shows(self, clock: Clock, reading: Reading, **changes: object) -> None:
        """Let `clock` show `reading` from now on."""
        shown = {
            "standing_due_at": reading.standing_due_at,
            "due_at": reading.due_at,
            "amber_at": reading.amber_at,
            "is_provisional": reading.is_provisional,
            "explanation": reading.explanation,
        }
        self.touch(clock, {**shown, **changes})

    def touch(self, row: Ledgered, changes: Mapping[str, object]) -> None:
        """Take a row of the case into the deed."""
        self.parts.append((row, changes))

    def stop(self, names: Container[str]) -> None:
        """Stop the clocks of these names."""
        for clock in self.clocks:
            if clock.name in names and clock.stopped_at is None:
                self.touch(clock, {"stopped_at": self.occasion.told_at, "due_at": None, "amber_at": None})

    def start(
        self,
        name: ClockName,
        *,
        turn: int | None = None,
        category: str = "",
        since: datetime | None = None,
        instead: TimeLimit | None = None,
    ) -> None:
        """Start a clock by the rule in force today, in the round `turn`; a kind that has none of it starts none.

        `category` is the one that this deed puts the case under, `since` when it began if not now, `instead` another
        rule's limit that takes the place of the ordinary one.
        """
        limit = clock_limit(self.rules, name, kind=self.case.kind, category=category or self.case.category)
        if limit is None:
            return
        limit = instead or limit
        promise = Promise(limit.term, limit.article, limit.amber_share)
        started_at = since or self.occasion.told_at
        given_at = self.case.given_due_at if name is ClockName.HANDLE else None
        reading = (
            self._given(promise, given_at, started_at)
            if given_at
            else read(promise, Course(started_at), self.work)
        )
        clock = Clock(
            town=self.case.town,
            case=self.case,
            name=name,
            round=turn or self.case.round,
            term=f"{promise.term.amount} {promise.term.unit}",
            article=promise.article,
            is_given=given_at is not None,
            amber_share=str(promise.amber_share),
            started_at=started_at,
            standing_due_at=reading.standing_due_at,
        )
        self.clocks.append(clock)
        self.shows(clock, reading)

    def finish(
        self,
        *,
        changes: Mapping[str, object] | None = None,
        words: str = "",
        number: Series | None = None,
        besides: Sequence[Deed] = (),
    ) -> Entry:
        """Move the case, repeat the earliest running clock on it, and record: the last act of the transaction.

        `besides` are the entries that the deed makes on other cases.
        """
        if problem := secrecy_problem(words):
            raise InvalidInput(problem, fields={"words": problem})
        state = self.step.target or State(self.case.state)
        moved = {"state": state, "is_open": state in OPEN, **self.repeated_due()}
        if self.step.answers_urging:
            moved |= {"urged_at": None, "report_due_on": self._report_due_on(state)}
        told = {**moved, **(changes or {})}
        keep_standings([(self.case, told)], at=self.occasion.at, told_at=self.occasion.told_at)
        self._keep_report_due(told, is_contact="report_due_on" in (changes or {}))
        self._let_be_found(words)
        self._tell(told)
        deed = Deed(self.step.entry, self.case, changes=told, parts=self.parts, words=words, number=number)
        return record_all([deed, *besides], self.occasion.stamp(self.article or self._started_by()))[0]

    def _keep_report_due(self, told: Mapping[str, object], *, is_contact: bool) -> None:
        """Keep for the figures what the deed does to the report that the case owes."""
        after = told.get("report_due_on", self.case.report_due_on)
        if after is None and self.case.report_due_on is None:
            return
        keep_report_due(
            self.case,
            after if isinstance(after, date) else None,
            sort=CONTACT if is_contact else sort_of(self.rules, self.case.kind),
            day=local_day(self.occasion.told_at),
            is_report=self.step.deed == "report_progress",
        )

    def _tell(self, told: Mapping[str, object]) -> None:
        """Tell those in whose hands the deed puts something."""
        by, at = self.occasion.acting, self.occasion.at
        tell(tellings_of(self.step, self.case, told, by=by, rules=self.rules, at=at), at=at)

    def _report_due_on(self, state: State) -> date | None:
        """Return by when progress is to be reported once the deed is done: only what is in hand is reported on."""
        case, today = self.case, local_day(self.occasion.told_at)
        if state is not State.HANDLING:
            return None
        if self.step.deed == "report_progress":
            return next_report_on(self.rules, case.kind, due_on=case.report_due_on, told_on=today)
        return case.report_due_on or first_report_on(self.rules, case.kind, signed_on=today)

    def _let_be_found(self, words: str) -> None:
        """Let the case be found by what the deed says, and from its first one on by its own words (U8)."""
        texts = own_words(self.case) if self.case._state.adding else []
        if self.step.entry in TELLING and words:
            texts = [*texts, words]
        if texts:
            index_many(KIND, [Piece(self.case.pk, self.case.town, tuple(dict.fromkeys(texts)))])

    def _given(self, promise: Promise, given_at: datetime, started_at: datetime) -> Reading:
        return read_given(
            given_at,
            started_at,
            margin=setting(self.rules, SettingKey.MIRRORED_MARGIN, Term),
            system=self.case.outer_system or "外部系统",
            share=promise.amber_share,
            work=self.work,
        )

    def repeated_due(self) -> dict[str, object]:
        """Return what the case repeats of its clocks: the earliest running one, and the first round's handling."""
        shown = [_Shown.of(clock, self.parts) for clock in self.clocks]
        first = earliest(shown)
        handling = [clock for clock in shown if clock.name == ClockName.HANDLE and clock.round == 1]
        return {
            "due_at": first.due_at if first else None,
            "amber_at": first.amber_at if first else None,
            "due_clock": first.name if first else "",
            "is_provisional": first.is_provisional if first else False,
            "due_order": (first.due_at if first else None) or NEVER,
            "handle_due_at": self._handle_due_at(handling),
        }

    def _handle_due_at(self, handling: Sequence["_Shown"]) -> datetime | None:
        """Return what on time is held against: a due time given from outside binds, ours is but set earlier."""
        if not handling:
            return self.case.handle_due_at
        return self.case.given_due_at if handling[0].is_given else handling[0].standing_due_at

    def _started_by(self) -> str:
        """Return the article of the clock that the deed started, if it started one."""
        new = [row.article for row, _ in self.parts if isinstance(row, Clock) and row._state.adding]
        return new[0] if new else ""


@dataclass(frozen=True)
class _Shown:
    """A clock as it will stand once the deed is recorded."""

    name: str
    round: int
    due_at: datetime | None
    amber_at: datetime | None
    standing_due_at: datetime
    is_provisional: bool
    is_given: bool

    @classmethod
    def of(cls, clock: Clock, parts: Sequence[Part]) -> "_Shown":
        columns: dict[str, object] = {name: getattr(clock, name) for name in cls.__dataclass_fields__}
        for row, changes in parts:
            if row is clock:
                columns.update({name: value for name, value in changes.items() if name in columns})
        return cls(**columns)  # type: ignore[arg-type]


def promise_of(clock: Clock) -> Promise:
    """Return what a clock was promised when it started; later amendments do not touch it."""
    return Promise(parse_term(clock.term), clock.article, Fraction(clock.amber_share))


def course_of(clock: Clock) -> Course:
    """Return what happened to a clock since it started."""
    return Course(
        started_at=clock.started_at,
        pauses=pauses_from(clock.pauses),
        extensions=tuple(parse_term(term) for term in clock.extensions),
        paused_at=clock.paused_at,
    )
