"""The reports that cases owed, held against what their entries say."""

from collections.abc import Iterator
from datetime import date

from banjie.cases.queries.report_dues import owed_of
from banjie.ledger.verify import Finding

WRONG = "这一件的进度应报与留痕不符，进度按期报告率会数错。请管理员运行 banjie recount 改正"


def report_findings(town: str, *, today: date) -> Iterator[Finding]:
    """Yield each case whose kept reports are not what its entries make of them."""
    for case, owed, rows in owed_of(town, today=today):
        if not owed.agrees(rows):
            yield Finding(WRONG, row=f"cases.case:{case.pk}", column="report_due_on")
