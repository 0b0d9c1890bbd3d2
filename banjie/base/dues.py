"""应做: what was owed by a day and whether it was done by then, as one shape for every quota and time limit."""

from collections.abc import Callable
from datetime import date

from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, Source

DUE_COLUMNS = (
    FactColumn("due_on", "应做日期", Holds.DAY, is_group=True),
    FactColumn("met_on", "做到日期", Holds.DAY),
    FactColumn("is_met_late", "逾期做到", Holds.WHOLE),
)
"""A due is of a subject and a day; `is_met_late` is 1 or 0 once it was done, and empty before."""
DUE_WORDS = {
    "due": FactWord("due_on BETWEEN :from AND :past", "期内应做的（今天到期的明天起才算）"),
    "met": FactWord("met_on IS NOT NULL AND met_on <= :to", "到期末已做的"),
    "on_time": FactWord("met AND is_met_late = 0", "到期末已按时做的"),
    "missed": FactWord("due AND NOT met", "应做而到期末没有做的"),
}


def dues(
    name: str,
    title: str,
    *,
    columns: tuple[FactColumn, ...],
    sources: tuple[Source, ...],
    opens: str,
    subject: str,
    unit: str,
    begun: Callable[[str], date | None] | None = None,
    within: Callable[[object, str, date, date], object] | None = None,
) -> Fact:
    """Return a fact of dues: the shared columns and words besides its own `columns` (S-rows on quotas)."""
    return Fact(
        name=name,
        title=title,
        columns=(*columns, *DUE_COLUMNS),
        sources=sources,
        opens=opens,
        subject=subject,
        unit=unit,
        words=DUE_WORDS,
        dated="due_on",
        begun=begun,
        within=within,
    )
