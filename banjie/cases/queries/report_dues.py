"""Which reports each case owed and when they were made, worked out anew from its entries and held against the rows.

What a deed does to them is said in `actions.report_dues`; here the same is read back from what the ledger tells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from banjie.base.clock import local_day
from banjie.cases.models import Case, ReportDue, Voice
from banjie.cases.rules.cadence import CADENCE, Every, cadence_of, period_end
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import STEPS, State
from banjie.ledger.models import Entry
from banjie.ledger.queries import Told, told
from banjie.rulebook.editions import Edition
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import editions, rules_on
from banjie.rulebook.text import Section

CONTACT = "contact"
BATCH = 200
REPORTED, REOPENED = STEPS["report_progress"].entry, STEPS["reopen_case"].entry
HEARD = (STEPS["rate_case"].entry, STEPS["call_back_case"].entry)
Due = tuple[str, date | None]
"""Of which sort a report was, and when it was made."""


@dataclass
class Owed:
    """The reports of one case by the day on which each was due; those `tonight` are written by the next nightly run."""

    dues: dict[date, Due] = field(default_factory=dict)
    tonight: dict[date, Due] = field(default_factory=dict)

    def agrees(self, rows: Mapping[date, Due]) -> bool:
        """Tell whether rows are what was worked out, whether the nightly run has come by or not."""
        return {**self.tonight, **self.dues, **rows} == {**self.tonight, **self.dues} and not (
            self.dues.keys() - rows.keys()
        )


def sort_of(rules: Rules, kind: str) -> str:
    """Return what a report of a kind is called in the figures: its rhythm, or a contact where it has none."""
    every = cadence_of(rules, kind)
    return every.value if every else CONTACT


def missed_after(due_on: date, every: Every | None, *, before: date) -> Iterator[date]:
    """Yield the days from `due_on` on by which a report was due and none was made, up to the day before `before`."""
    due: date | None = due_on
    while due is not None and due < before:
        yield due
        due = period_end(due + timedelta(days=1), every) if every else None


def owed_of(town: str, *, today: date) -> Iterator[tuple[Case, Owed, dict[date, Due]]]:
    """Yield the cases that may have owed a report, with what their entries say and what the rows do.

    A case whose bodies were erased or changed by hand is passed over: nothing is left to work it out from.
    """
    past = _Past(town)
    ids = list(_asked(past))
    for start in range(0, len(ids), BATCH):
        chunk = ids[start : start + BATCH]
        entries = Entry.objects.filter(subject_id__in=chunk).select_related("body")
        by_case = {
            pk: list(of_case)
            for pk, of_case in groupby(entries.order_by("subject_id", "seq"), lambda entry: entry.subject_id)
        }
        rows: dict[UUID, dict[date, Due]] = {}
        for row in ReportDue.objects.filter(case__in=chunk):
            rows.setdefault(row.case_id, {})[row.due_on] = (row.sort, row.met_on)
        for case in Case.objects.filter(pk__in=chunk).order_by("id"):
            owed = past.told_by(case, by_case.get(case.pk, []), today=today)
            if owed is not None:
                yield case, owed, rows.get(case.pk, {})


def _asked(past: "_Past") -> Iterable[UUID]:
    """Return the cases that may have owed a report: of kinds that any version wanted one of, or after a bad word."""
    named = Exists(ReportDue.objects.filter(case=OuterRef("pk")))
    heard = Exists(Voice.objects.filter(case=OuterRef("pk"), said__in=DISCONTENT))
    asked = Case.objects.filter(Q(kind__in=past.kinds) | named | heard | Q(report_due_on__isnull=False))
    return asked.filter(town=past.town).order_by("id").values_list("pk", flat=True)


@dataclass
class _Past:
    """What the rulebook of a town asked for on each day, read once for all cases."""

    town: str
    _rules: dict[date, Rules] = field(default_factory=dict)

    @cached_property
    def versions(self) -> list[Edition]:
        """Return every version of the rule that asks for reports."""
        ours = [one for one in editions() if one.section is Section.REGULATIONS and one.binds(self.town)]
        return [one for one in ours if one.text.type == CADENCE.name]

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of which a report was ever wanted."""
        return {name.removeprefix("report.") for one in self.versions for name in one.text.parameters}

    def rules(self, day: date) -> Rules:
        """Return what ruled on a day."""
        if day not in self._rules:
            self._rules[day] = rules_on(self.town, day)
        return self._rules[day]

    def told_by(self, case: Case, entries: Sequence[Entry], *, today: date) -> Owed | None:
        """Return which reports a case owed, or None where its entries no longer tell it; the chain says which."""
        try:
            lines = told(entries)
            return None if any(line.is_erased for line in lines) else self.owed(case, lines, today=today)
        except (ValueError, LookupError, TypeError, AttributeError):
            return None

    def owed(self, case: Case, lines: Sequence[Told], *, today: date) -> Owed:
        """Return which reports a case owed by what its entries tell."""
        owed, state, due_on = Owed(), "", None
        said: Told | None = None
        for line in lines:
            changes = line.rows.get(case.ledger_key, {})
            if due_on is not None and state == State.HANDLING:
                missed = self._missed(case, due_on, local_day(line.entry.recorded_at))
                owed.dues = {**missed, **owed.dues}
            after = _day(changes["report_due_on"][1]) if "report_due_on" in changes else due_on
            if due_on is not None or after is not None:
                is_contact = line.entry.deed == REOPENED and _is_bad_word(said)
                self._keep(owed.dues, line, case, before=due_on, after=after, is_contact=is_contact)
            due_on, said = after, line
            state = str(changes["state"][1]) if "state" in changes else state
        if due_on is not None and state == State.HANDLING:
            tonight = self._missed(case, due_on, today)
            owed.tonight = {one: due for one, due in tonight.items() if one not in owed.dues}
        return owed

    def _missed(self, case: Case, due_on: date, before: date) -> dict[date, Due]:
        """Return what the nightly runs wrote down until a day, each by the rule of its night."""
        found: dict[date, Due] = {}
        for night in self._nights(due_on + timedelta(days=1), before):
            rules = self.rules(night)
            for due in missed_after(due_on, cadence_of(rules, case.kind), before=night):
                found.setdefault(due, (sort_of(rules, case.kind), None))
        return found

    def _nights(self, first: date, last: date) -> list[date]:
        """Return the nights that tell all others: the last one, and the last one before each change of the rule."""
        eves = [one.from_on - timedelta(days=1) for one in self.versions]
        return sorted({day for day in (*eves, last) if first <= day <= last})

    def _keep(
        self,
        dues: dict[date, Due],
        line: Told,
        case: Case,
        *,
        before: date | None,
        after: date | None,
        is_contact: bool,
    ) -> None:
        """Do to the reports what the deed of an entry did (`keep_report_due`)."""
        day, is_report = local_day(line.entry.happened_at), line.entry.deed == REPORTED
        if before == after and not is_report:
            return
        if is_report and before is not None:
            for due_on, (sort, met_on) in list(dues.items()):
                if met_on is None and due_on <= max(before, day):
                    dues[due_on] = (sort, day)
        elif before is not None and before >= day and dues.get(before, ("", day))[1] is None:
            del dues[before]
        if after is not None:
            rules = self.rules(local_day(line.entry.recorded_at))
            sort = CONTACT if is_contact else sort_of(rules, case.kind)
            dues.setdefault(after, (sort, None))


def _is_bad_word(line: Told | None) -> bool:
    """Tell whether an entry holds the asker's word that he is not content, after which he is phoned."""
    if line is None or line.entry.deed not in HEARD:
        return False
    voices = [changes for key, changes in line.rows.items() if key.startswith(Voice._meta.label_lower)]
    return any(changes.get("said", ["", ""])[1] in DISCONTENT for changes in voices)


def _day(told_day: object) -> date | None:
    return date.fromisoformat(str(told_day)) if told_day else None
