"""企业 as a fact: when each was registered, founded and shut, and how it is sorted."""

from typing import Any

from django.db.models import QuerySet

from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, Names, offer
from banjie.enterprises.lists import INDUSTRIES, SIZES
from banjie.enterprises.models import Enterprise

Rows = QuerySet[Any, Any]


def _rows(town: str) -> Rows:
    standing = Enterprise.objects.filter(town=town, is_withdrawn=False, merged_into=None).order_by()
    rows: Rows = standing.values(
        "id", "division_code", "industry", "size", "registered_on", "since_on", "closed_on"
    )
    return rows


offer(
    Fact(
        name="enterprise",
        title="企业",
        columns=(
            FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
            FactColumn(
                "industry", "行业门类", choices={k.value: t for k, t in INDUSTRIES.items()}, is_group=True
            ),
            FactColumn("size", "规模", choices={k.value: t for k, t in SIZES.items()}, is_group=True),
            FactColumn("registered_on", "登记日期", Holds.DAY, is_group=True),
            FactColumn("since_on", "成立日期", Holds.DAY, is_group=True),
            FactColumn("closed_on", "停业或注销日期", Holds.DAY, is_group=True),
        ),
        sources=(_rows,),
        opens="enterprise",
        unit="家",
        words={
            "known": FactWord("registered_on <= :to", "到期末已登记的"),
            "active": FactWord(
                "registered_on <= :to AND (closed_on IS NULL OR closed_on > :to)", "到期末在业的"
            ),
            "founded": FactWord("in_period(since_on)", "期内成立的"),
            "closed": FactWord("in_period(closed_on)", "期内停业或注销的"),
        },
    )
)
