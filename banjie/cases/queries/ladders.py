"""Which running clocks a ladder must look at now, and what has come of it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from banjie.base.clock import local_day
from banjie.base.errors import RuleMissing
from banjie.cases.clocks import WorkingTime
from banjie.cases.ladder import Run, Rung, ladder_of, moment_of
from banjie.cases.models import Clock, Escalation, LadderStanding
from banjie.cases.rules.escalation import CATCH_UP, ESCALATION, THEN_AFTER, URGENT
from banjie.cases.settings import office_hours
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on
from banjie.rulebook.ruling import Ruling
from banjie.worktime.queries import calendar_of
from banjie.worktime.terms import Term, parse_term


@dataclass(frozen=True)
class Ladders:
    """The ladders of a town as in force at a moment, with its working time."""

    rules: Rules
    ruling: Ruling
    work: WorkingTime
    version: str

    @property
    def catch_up(self) -> timedelta:
        """Return how old a rung may be to come at all."""
        return self.ruling.value(CATCH_UP, timedelta)

    def is_urgent(self, category: str) -> bool:
        """Tell whether a category, or one that it lies under, is urgent by the regulation."""
        named = self.ruling.values.get(URGENT, ())
        tree = self.rules.categories
        above = {found.key for found in tree.upwards(category)} if category in tree else set()
        return isinstance(named, tuple) and bool(above & set(named))

    def rungs(self, clock: str) -> tuple[Rung, ...]:
        """Return the rungs of a clock. Raises RuleMissing where the regulation is not whole."""
        try:
            return ladder_of(self.ruling.values, clock)
        except ValueError as error:
            raise RuleMissing(f"{error}。") from None

    def moments(self, clock: Clock) -> list[tuple[datetime, Rung]]:
        """Return when each rung of a running clock comes, the earliest first."""
        run = _run_of(clock)
        then_after = self.ruling.value(THEN_AFTER, Term)
        found = [
            (moment_of(rung, run, then_after=then_after, work=self.work), rung)
            for rung in self.rungs(clock.name)
        ]
        return sorted(found, key=lambda one: one[0])

    def article(self, rung: Rung) -> str:
        """Return what is cited for a rung."""
        return self.ruling.ref(rung.parameter).ref


def ladders_of(town: str, *, at: datetime) -> Ladders | None:
    """Return the ladders in force in a town; None where no text gives any."""
    rules = rules_on(town, local_day(at))
    editions = rules.ruling_of(ESCALATION.name)
    if not editions:
        return None
    work = WorkingTime(calendar_of(town), office_hours(rules))
    version = "；".join(f"{edition.key}@{edition.version}" for edition in editions)[:160]
    return Ladders(rules, rules.rule(ESCALATION.name), work, version)


def clocks_to_look_at(town: str, ladders: Ladders, *, at: datetime) -> QuerySet[Clock]:
    """Return running clocks that are new, whose due time or ladder changed, or whose next rung has come."""
    changed = Q(ladder__due_at__lt=F("due_at")) | Q(ladder__due_at__gt=F("due_at"))
    other = Q(ladder__ladder__lt=ladders.version) | Q(ladder__ladder__gt=ladders.version)
    running = Clock.objects.filter(town=town, stopped_at__isnull=True, due_at__isnull=False)
    wanted = Q(ladder__isnull=True) | changed | other | Q(ladder__next_at__lt=at)
    return running.filter(wanted).order_by("id")


def came_already(clocks: Iterable[UUID]) -> set[tuple[UUID, datetime, str]]:
    """Return the rungs that came of these clocks, each with the due time for which it did."""
    rows = Escalation.objects.filter(clock__in=list(clocks))
    return set(rows.values_list("clock_id", "due_at", "rung"))


def next_rungs(town: str, *, at: datetime) -> Mapping[tuple[str, str], tuple[datetime, int]]:
    """Return for each clock name and rung when it comes next of all running clocks, and for how many it waits."""
    waiting = LadderStanding.objects.filter(
        town=town, next_at__gte=at, clock__stopped_at__isnull=True, clock__due_at=F("due_at")
    )
    found: dict[tuple[str, str], tuple[datetime, int]] = {}
    for name, rung, first, count in (
        waiting.values_list("clock__name", "next_rung")
        .annotate(first=Min("next_at"), count=Count("clock"))
        .values_list("clock__name", "next_rung", "first", "count")
    ):
        found[name, rung] = (first, count)
    return found


def _run_of(clock: Clock) -> Run:
    if clock.due_at is None:
        raise LookupError(f"{clock} does not run")
    return Run(parse_term(clock.term), clock.started_at, clock.due_at, clock.is_given)
