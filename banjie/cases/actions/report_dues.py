"""Keep which reports were owed and made, so that 半月报按时率 can be counted (S-081; DESIGN, A figure: dues)."""

from datetime import date

from django.db import transaction

from banjie.cases.models import Case, ReportDue
from banjie.cases.queries.report_dues import missed_after, owed_of, sort_of
from banjie.cases.rules.cadence import cadence_of
from banjie.cases.workflow import State
from banjie.rulebook.in_force import Rules

BATCH = 500


def keep_report_due(case: Case, after: date | None, *, sort: str, day: date, is_report: bool) -> None:
    """Keep what a deed of a day does to the report that a case owes; part of the deed's transaction.

    A report meets all that is owed by then; what is no longer asked for before its day was never owed.
    """
    before = case.report_due_on
    if before == after and not is_report:
        return
    open_dues = ReportDue.objects.filter(case=case, met_on__isnull=True)
    if is_report and before is not None:
        open_dues.filter(due_on__lte=max(before, day)).update(met_on=day)
    elif before is not None and before >= day:
        open_dues.filter(due_on=before).delete()
    if after is not None:
        due = ReportDue(town=case.town, case=case, sort=sort, due_on=after)
        ReportDue.objects.bulk_create([due], ignore_conflicts=True)


def owe_missed_reports(town: str, rules: Rules, *, day: date) -> int:
    """Write down the periods that went by while a case was in hand and nothing was reported; return how many.

    Idempotent: a period that stands already is passed over, so that a second run of the same day finds nothing.
    """
    held = Case.objects.filter(
        town=town, state=State.HANDLING, report_due_on__isnull=False, report_due_on__lt=day
    )
    found: list[ReportDue] = []
    for case in held.order_by("id").iterator(chunk_size=BATCH):
        if case.report_due_on is None:
            continue
        sort = sort_of(rules, case.kind)
        missed = missed_after(case.report_due_on, cadence_of(rules, case.kind), before=day)
        found += [ReportDue(town=town, case=case, sort=sort, due_on=due_on) for due_on in missed]
    before = ReportDue.objects.filter(town=town).count()
    ReportDue.objects.bulk_create(found, ignore_conflicts=True, batch_size=BATCH)
    return ReportDue.objects.filter(town=town).count() - before


def renew_report_dues(town: str, *, today: date) -> int:
    """Remake the kept reports of each case whose entries say otherwise; return how many cases were wrong."""
    wrong = 0
    for case, owed, rows in owed_of(town, today=today):
        if owed.agrees(rows):
            continue
        dues = {**owed.tonight, **owed.dues}
        with transaction.atomic():
            ReportDue.objects.filter(case=case).delete()
            ReportDue.objects.bulk_create(
                ReportDue(town=town, case=case, sort=sort, due_on=due_on, met_on=met_on)
                for due_on, (sort, met_on) in dues.items()
            )
        wrong += 1
    return wrong
