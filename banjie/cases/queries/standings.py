"""How cases stand to figures, held against the cases themselves: one pass of the database over both tables."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case as Choosing
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from banjie.base.local_days import LocalDay
from banjie.cases import counting
from banjie.cases.models import Case, CaseStanding
from banjie.ledger.verify import Finding

MISSING = "这一件没有统计状况，数据指标会漏数。请管理员运行 banjie recount 补上"
WRONG = "这一件的统计状况与件不符，数据指标会数错。请管理员运行 banjie recount 改正"
PLAIN = ("town", "state", "category", "division_code", "kind", "channel", "closing_kind")
DAYS = {
    "received_on": "happened_at",
    "registered_on": "registered_at",
    "accepted_on": "accepted_at",
    "done_on": "done_at",
    "closed_on": "closed_at",
    "handle_due_on": "handle_due_at",
}
NO_DAY, NO_UNIT, NO_WORD = date(1, 1, 1), UUID(int=0), -1
"""Stand for nothing on both sides, since nothing is never equal to nothing in SQL."""
_LATE = Choosing(
    When(Q(case__done_at__isnull=True) | Q(case__handle_due_at__isnull=True), then=NO_WORD),
    When(case__done_at__gt=F("case__handle_due_at"), then=1),
    default=0,
)


def standing_findings(town: str) -> Iterator[Finding]:
    """Yield each case whose row of today is missing, or is not what its own columns make of it."""
    standing = CaseStanding.objects.filter(case=OuterRef("pk"), until_on__isnull=True)
    for pk in Case.objects.filter(~Exists(standing), town=town).values_list("pk", flat=True):
        yield Finding(MISSING, row=f"cases.case:{pk}")
    for row in _wrong(town).select_related("case"):
        yield Finding(WRONG, row=f"cases.case:{row.case_id}", column=_first_difference(row.case, row))


def _wrong(town: str) -> QuerySet[CaseStanding]:
    """Return the rows of today that are not what their cases make of them."""
    rows = CaseStanding.objects.filter(case__town=town, until_on__isnull=True).alias(
        **{f"kept_{name}": Coalesce(name, Value(NO_DAY)) for name in DAYS},
        **{
            f"made_{name}": Coalesce(LocalDay(f"case__{moment}"), Value(NO_DAY))
            for name, moment in DAYS.items()
        },
        kept_unit_id=Coalesce("unit_id", Value(NO_UNIT)),
        made_unit_id=Coalesce("case__unit_id", Value(NO_UNIT)),
        kept_is_done_late=Coalesce("is_done_late", Value(NO_WORD)),
        made_is_done_late=_LATE,
        is_ended=Q(ended_on__isnull=False),
    )
    worked_out = [*DAYS, "unit_id", "is_done_late"]
    differs = [~Q(**{name: F(f"case__{name}")}) for name in PLAIN]
    differs += [~Q(**{f"kept_{name}": F(f"made_{name}")}) for name in worked_out]
    return rows.filter(reduce(or_, [*differs, Q(is_ended=F("case__is_open"))]))


def _first_difference(case: Case, row: CaseStanding) -> str:
    told = asdict(row.counted)
    wanted = asdict(counting.standing_of(vars(case), ended_on=row.ended_on))
    return next((name for name in told if told[name] != wanted[name]), "ended_on")
