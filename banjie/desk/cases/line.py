"""The line of entries in the office's words: who did what, for whom, when it happened, what changed (U12).

Never an id, never a code: a column without a word for its value is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from banjie.cases.actions.distinguishing import BESIDE
from banjie.cases.actions.merging import MERGED_IN, PARTED
from banjie.cases.models import Case, Clock, Extension, Objection
from banjie.cases.queries import APPRAISED, PROPOSED, CaseFile
from banjie.cases.workflow import CLOCK_TITLES, ESCALATED, IMPORT_UNDONE, IMPORTED, STEPS, ClockName
from banjie.desk.cases.watch import say_moment
from banjie.desk.rules.citing import href_of
from banjie.ledger.queries import Told
from banjie.ledger.record import SYSTEM
from banjie.people.queries import names_of
from banjie.rulebook.in_force import say_ref
from banjie.worktime.terms import parse_term, say_term

TITLES = {step.entry: step.title for step in STEPS.values()} | {
    "case.handed_over": "岗位移交",
    IMPORTED: "导入历史件",
    APPRAISED: "到期鉴定",
    PROPOSED: "报批擦除",
    IMPORT_UNDONE: "撤销导入",
    MERGED_IN: "并入",
    PARTED: "分出",
    **{entry: STEPS[deed].title for deed, entry in BESIDE.items()},
    "case.clocks_reworked": "重算到期日",
    ESCALATED: "督办升级",
    "ledger.erased": "清除正文",
}
"""The office's word for each deed that may stand in a case's line."""
FIRST = frozenset({STEPS["register_case"].entry, IMPORTED})
"""What these entries set is the case itself."""
BATCH = "导入批次 "
"""How the ground of an imported row begins; its id tells a reader nothing."""
AWHILE = timedelta(minutes=10)
"""Written down so much later than it happened, it is shown as 补录."""


class Change(NamedTuple):
    """One column that a deed changed."""

    label: str
    before: str
    after: str


class Line(NamedTuple):
    """One entry as the part entry.html takes it."""

    deed: str
    who: str
    on_behalf: str
    moment: str
    iso: str
    words: str
    changes: tuple[Change, ...]
    note: str
    seq: int
    tone: str
    article: str = ""
    article_href: str = ""


def lines_of(file: CaseFile) -> list[Line]:
    """Return the line of entries, newest first."""
    return [_line(told, file) for told in reversed(file.entries)]


def title_of(deed: str) -> str:
    """Return the office's word for an entry's deed."""
    return TITLES.get(deed, "系统记录")


def name_of(staff_id: UUID | None, file: CaseFile) -> str:
    """Return a person's name as the entries of this case know it."""
    if staff_id is None:
        return ""
    if staff_id == SYSTEM:
        return "系统"
    person = file.people.get(staff_id)
    return person.name if person else "已离任人员"


def _line(told: Told, file: CaseFile) -> Line:
    entry = told.entry
    is_late = entry.recorded_at - entry.happened_at > AWHILE
    return Line(
        deed=title_of(entry.deed),
        who=name_of(entry.by, file),
        on_behalf=name_of(entry.on_behalf_of, file),
        moment=say_moment(entry.happened_at),
        iso=entry.happened_at.isoformat(),
        words="正文已按规定清除" if told.is_erased else told.words,
        changes=tuple(_changes(told, file)),
        note="；".join(_notes(told, is_late=is_late)),
        seq=entry.seq,
        tone="late" if is_late else ("" if told.words or told.is_erased else "quiet"),
        article=say_ref(entry.article),
        article_href=href_of(entry.article),
    )


def _notes(told: Told, *, is_late: bool) -> Iterator[str]:
    if is_late:
        yield f"补录：{say_moment(told.entry.recorded_at)}记下"
    if told.ground:
        yield "凭据：导入的表格" if told.ground.startswith(BATCH) else f"凭据：{told.ground}"


def _changes(told: Told, file: CaseFile) -> Iterator[Change]:
    """Yield what changed; what the first entry set is the case itself and stands beside the line."""
    if told.entry.deed in FIRST:
        return
    for key, columns in told.rows.items():
        model = _MODELS.get(key.partition(":")[0])
        if model is None:
            continue
        shown = _SHOWN[model]
        prefix = _clock_prefix(key, file) if model is Clock else ""
        for column, (before, after) in columns.items():
            if column in shown and not (model is Clock and before is None):
                said = _change(model, column, before, after, file)
                if said:
                    yield Change(f"{prefix}{said.label}", said.before, said.after)


def _change(
    model: type[models.Model], column: str, before: object, after: object, file: CaseFile
) -> Change | None:
    try:
        field = model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    say = _SAYERS.get(column) or _sayer(field)
    words = say(before, file), say(after, file)
    if not words[1] or words[0] == words[1]:
        return None
    return Change(str(getattr(field, "verbose_name", "")), *words)


def _clock_prefix(key: str, file: CaseFile) -> str:
    clock = next((clock for clock in file.clocks if clock.ledger_key == key), None)
    return CLOCK_TITLES[ClockName(clock.name)] if clock else ""


def _sayer(field: object) -> Callable[[object, CaseFile], str]:
    if isinstance(field, models.DateTimeField):
        return lambda value, _: say_moment(datetime.fromisoformat(str(value))) if value else ""
    choices: Mapping[object, object] = dict(getattr(field, "flatchoices", ()) or ())
    if choices:
        return lambda value, _: str(choices.get(value, ""))
    if isinstance(field, models.BooleanField):
        return lambda value, _: {True: "是", False: "否"}.get(bool(value), "") if value is not None else ""
    return lambda value, _: "" if value is None else str(value)


def _person(value: object, file: CaseFile) -> str:
    return name_of(UUID(str(value)), file) if value else ""


def _unit(value: object, file: CaseFile) -> str:
    return names_of(file.case.town).units.get(UUID(str(value)), "") if value else ""


def _term(value: object, file: CaseFile) -> str:
    return say_term(parse_term(str(value))) if value else ""


_MODELS: dict[str, type[models.Model]] = {
    model._meta.label_lower: model for model in (Case, Clock, Extension, Objection)
}
_SHOWN: dict[type[models.Model], frozenset[str]] = {
    Case: frozenset(
        {
            "unit_id",
            "handler_id",
            "responsible_id",
            "title",
            "text",
            "place_words",
            "sensitivity",
            "outer_state",
            "round",
            "closing_kind",
            "said",
            "parked_until_on",
            "led_by_id",
        }
    ),
    Clock: frozenset({"due_at"}),
    Extension: frozenset({"term", "is_granted"}),
    Objection: frozenset({"is_upheld"}),
}
"""The columns that mean something to a reader; the others follow from the deed or repeat it."""
_SAYERS: dict[str, Callable[[object, CaseFile], str]] = {
    "unit_id": _unit,
    "handler_id": _person,
    "responsible_id": _person,
    "led_by_id": _person,
    "term": _term,
    "round": lambda value, _: f"第{value}轮" if value else "",
}
