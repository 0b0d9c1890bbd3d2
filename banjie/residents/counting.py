"""群众 as a fact: on which day each was registered, as the ledger tells. `facts` of this room are of another kind."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, Names, offer
from banjie.base.local_days import LocalDay
from banjie.ledger.models import Entry
from banjie.residents.models import Resident

Rows = QuerySet[Any, Any]


def _rows(town: str) -> Rows:
    first = Entry.objects.filter(subject_id=OuterRef("pk")).order_by("seq").values("recorded_at")[:1]
    rows: Rows = (
        Resident.objects.filter(town=town)
        .order_by()
        .values("id", "division_code", registered_on=LocalDay(Subquery(first)))
    )
    return rows


offer(
    Fact(
        name="resident",
        title="群众",
        columns=(
            FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
            FactColumn("registered_on", "登记日期", Holds.DAY, is_group=True),
        ),
        sources=(_rows,),
        opens="resident",
        unit="人",
        words={
            "registered": FactWord("in_period(registered_on)", "期内登记的"),
            "known": FactWord("registered_on <= :to", "到期末已登记的"),
        },
    )
)
