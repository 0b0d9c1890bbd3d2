"""群众、房屋、户、人房关联 as facts: on which day each was registered. `facts` of this room are of another kind.

Whoever was registered by mistake and taken back counts on no day.
"""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, Names, offer
from banjie.base.local_days import LocalDay
from banjie.ledger.models import Entry
from banjie.residents.home_words import SOURCES, TENURES, USES
from banjie.residents.models import House, Household, HouseLink, Resident

Rows = QuerySet[Any, Any]


def _rows(town: str) -> Rows:
    first = Entry.objects.filter(subject_id=OuterRef("pk")).order_by("seq").values("recorded_at")[:1]
    rows: Rows = (
        Resident.objects.filter(town=town, is_withdrawn=False)
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


def _house_rows(town: str) -> Rows:
    rows: Rows = (
        House.objects.filter(town=town, is_withdrawn=False)
        .order_by()
        .values("id", "division_code", "use", "registered_on")
    )
    return rows


def _household_rows(town: str) -> Rows:
    rows: Rows = (
        Household.objects.filter(town=town, is_withdrawn=False)
        .order_by()
        .values("id", "division_code", "registered_on")
    )
    return rows


def _link_rows(town: str) -> Rows:
    rows: Rows = (
        HouseLink.objects.filter(town=town, is_withdrawn=False)
        .order_by()
        .values(
            "resident_id",
            "tenure",
            "source",
            "linked_on",
            "until_on",
            "checked_on",
            division_code=F("resident__division_code"),
        )
    )
    return rows


offer(
    Fact(
        name="house",
        title="房屋",
        columns=(
            FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
            FactColumn("use", "用途", choices={k.value: t for k, t in USES.items()}, is_group=True),
            FactColumn("registered_on", "登记日期", Holds.DAY, is_group=True),
        ),
        sources=(_house_rows,),
        opens="house",
        unit="处",
        words={"known": FactWord("registered_on <= :to", "到期末已登记的")},
    )
)
offer(
    Fact(
        name="household",
        title="户",
        columns=(
            FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
            FactColumn("registered_on", "登记日期", Holds.DAY, is_group=True),
        ),
        sources=(_household_rows,),
        opens="household",
        unit="户",
        words={"known": FactWord("registered_on <= :to", "到期末已登记的")},
    )
)
offer(
    Fact(
        name="house_link",
        title="人房关联",
        columns=(
            FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
            FactColumn("tenure", "居住方式", choices={k.value: t for k, t in TENURES.items()}, is_group=True),
            FactColumn("source", "来源", choices={k.value: t for k, t in SOURCES.items()}, is_group=True),
            FactColumn("linked_on", "关联日期", Holds.DAY, is_group=True),
            FactColumn("until_on", "搬出日期", Holds.DAY, is_group=True),
            FactColumn("checked_on", "核对日期", Holds.DAY, is_group=True),
        ),
        sources=(_link_rows,),
        opens="resident",
        subject="resident_id",
        unit="人",
        words={
            "housed": FactWord(
                "linked_on <= :to AND (until_on IS NULL OR until_on > :to)", "到期末关联着房屋的"
            ),
            "moved_out": FactWord("in_period(until_on)", "期内搬出的"),
        },
    )
)
