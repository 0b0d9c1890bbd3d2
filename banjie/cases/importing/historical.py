"""历史件: rows of an old ledger, done before this one began; kept with their own numbers and times."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from banjie.cases.actions.importing import PastCase
from banjie.cases.importing.plans import EARLIER, TAKEN, Draft, cleaned, number_of
from banjie.cases.models import Case
from banjie.cases.vocabulary import ClosingKind
from banjie.sheets.declared import Prepared, Row, Setting

AT_ONCE = 500
SHORT_REPLY = 15
"""A reply of fewer characters says next to nothing; the preview counts them."""


class _Standing(NamedTuple):
    """What stands under a number already."""

    title: str
    told_at: datetime
    closing_kind: str


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Return a plan for each row of an old ledger, or why it cannot be taken in."""
    draft = Draft(setting, rows)
    standing = _standing(setting.town, {number_of(row.text("number")) for row in rows} - {""})
    for row in rows:
        _check(draft, row, standing)
    draft.check_numbers()
    plans = [_plan(draft, row, standing) for row in draft.good()]
    return Prepared(plans, draft.findings, tuple(_notes(draft, plans)))


def _check(draft: Draft, row: Row, standing: Mapping[str, _Standing]) -> None:
    draft.check_time(row)
    draft.check_time(row, "replied_at")
    told, replied = row.text("told_at"), row.text("replied_at")
    if told and replied and datetime.fromisoformat(replied) < datetime.fromisoformat(told):
        draft.refuse(row, "replied_at", EARLIER)
    number = number_of(row.text("number"))
    known = standing.get(number)
    if known and not _is_same(draft, row, known):
        draft.refuse(row, "number", TAKEN.format(number=number))


def _is_same(draft: Draft, row: Row, known: _Standing) -> bool:
    """Tell whether the row stands already as it is told, from the same sheet taken in before (U14)."""
    is_past = known.closing_kind == ClosingKind.HISTORICAL
    return is_past and (known.title, known.told_at) == _signature(draft, row)


def _signature(draft: Draft, row: Row) -> tuple[str, datetime]:
    planned = draft.planned(row)
    return planned.title, planned.told_at


def _plan(draft: Draft, row: Row, standing: Mapping[str, _Standing]) -> PastCase | None:
    number = number_of(row.text("number"))
    if number in standing:
        return None
    replied, unit_id = row.text("replied_at"), draft.sorter.unit(row.text("unit"))
    return PastCase(
        request=draft.planned(row),
        number=number,
        reply=cleaned(row.text("reply")),
        replied_at=datetime.fromisoformat(replied) if replied else None,
        unit_id=unit_id if isinstance(unit_id, UUID) else None,
    )


def _notes(draft: Draft, plans: Sequence[PastCase | None]) -> Iterable[str]:
    new = [plan for plan in plans if plan]
    if known := len(plans) - len(new):
        yield f"{known}行以前导入过，内容没有变，这次跳过。"
    if unanswered := sum(plan.replied_at is None for plan in new):
        yield f"{unanswered}行没有答复时间，照样导入，不计办理用时。"
    if short := sum(len(plan.reply) < SHORT_REPLY for plan in new):
        yield f"{short}行的答复不到{SHORT_REPLY}个字。"
    told = [row.text("category") for row in draft.rows]
    if unsorted := sum(bool(words) and not draft.sorter.category(words) for words in told):
        yield f"{unsorted}行的类别本镇目录里没有，导入后不归类，原来的写法留在内容里。"
    if coded := sum(plan.request.resident_id is not None for plan in new):
        yield f"{coded}行的诉求人按代号对上了本镇群众。"


def _standing(town: str, numbers: Iterable[str]) -> dict[str, _Standing]:
    wanted = sorted(numbers)
    found: dict[str, _Standing] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Case.objects.filter(town=town, number__in=wanted[start : start + AT_ONCE])
        columns = rows.values_list("number", "title", "happened_at", "closing_kind")
        for number, title, told_at, closing_kind in columns:
            found[number] = _Standing(title, told_at, closing_kind)
    return found
