"""The sheets of cases that can be taken in, declared to the room of sheets."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.actions.importing import (
    PERMISSION,
    Import,
    import_historical,
    import_requests,
    undo_import,
)
from banjie.cases.importing import historical, requests
from banjie.cases.importing.columns import asked_columns, questions, reply_columns, vote_columns
from banjie.cases.queries.imports import touched_since
from banjie.people.queries import StaffActor
from banjie.rulebook.queries import rules_on
from banjie.sheets.declared import Importer, Setting, declare
from banjie.sheets.stamps import stamp_of

Plan = TypeVar("Plan")

CHUNK_ROWS = 150
"""A case brings its voice or clock, its entry, its words for the search and its standing: half a second."""


def _import(setting: Setting, batch_id: UUID) -> Import:
    by = cast(StaffActor, setting.by)
    rules = rules_on(setting.town, local_day(setting.at))
    return Import(by, setting.at, batch_id, rules, stamp_of(setting, batch_id))


def _writer(
    write: Callable[[Import, Sequence[Plan]], list[UUID]],
) -> Callable[[Setting, UUID, Sequence[object]], Sequence[UUID]]:
    return lambda setting, batch_id, plans: write(_import(setting, batch_id), cast(Sequence[Plan], plans))


def _undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    undo_import(_import(setting, batch_id), ids)


def _touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> Sequence[str]:
    return touched_since(ids)


HISTORICAL = declare(
    Importer(
        key="cases.historical",
        title="历史件",
        permission=PERMISSION,
        columns=lambda setting: (*asked_columns(setting, is_numbered=True), *reply_columns(setting)),
        prepare=historical.prepare,
        write=_writer(import_historical),
        undo=_undo,
        touched=_touched,
        help="以前已经办完的台账：保留原编号和原时间，计办理用时，不计时限、不亮灯、不算满意度。",
        asks=questions,
        chunk_rows=CHUNK_ROWS,
    )
)
OPEN_REQUESTS = declare(
    Importer(
        key="cases.open_requests",
        title="待办诉求",
        permission=PERMISSION,
        columns=lambda setting: (*asked_columns(setting, is_numbered=False), *vote_columns(setting)),
        prepare=requests.prepare,
        write=_writer(import_requests),
        undo=_undo,
        touched=_touched,
        help="别的平台转来、还没有办的诉求：逐件登记编号，时限从诉求时间算起；类别和重复只作提示，由人确认。",
        asks=questions,
        chunk_rows=CHUNK_ROWS,
    )
)
