"""导入: cases written in bulk from a sheet that was checked before, and taken back as a whole.

Each function is one short transaction's worth (at most 300 cases), called inside the transaction of its chunk.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, NotAllowed
from banjie.cases.actions.opening import TOKEN_BYTES
from banjie.cases.actions.standings import keep_standings, strike_standings
from banjie.cases.actions.underway import Part, Underway
from banjie.cases.models import NEVER, Case, Clock, Voice
from banjie.cases.occasion import Occasion
from banjie.cases.queries.imports import touched_since
from banjie.cases.vocabulary import Channel, ClosingKind, Origin, Said, Speaker
from banjie.cases.words import KIND, own_words
from banjie.cases.workflow import IMPORT_UNDONE, IMPORTED, STEPS, ClockName, State
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Series, Stamp
from banjie.people.queries import StaffActor
from banjie.rulebook.in_force import Rules
from banjie.search.actions import index_many
from banjie.search.declared import Piece

PERMISSION = "cases.import_cases"
REQUEST_KIND = "resident_request"
PAST = "历史件，导入时已经办完"
TAKEN_BACK = "导入撤销"
Deeds = list[tuple[Case, Deed]]


@dataclass(frozen=True)
class PlannedCase:
    """What a row of a sheet says of a request."""

    outer_number: str
    title: str
    text: str
    told_at: datetime
    division_code: str
    place_words: str = ""
    category: str = ""
    resident_id: UUID | None = None
    asker_code: str = ""


@dataclass(frozen=True)
class PastCase:
    """What a row of the old ledger says: the request, its number there, and what was answered when."""

    request: PlannedCase
    number: str
    reply: str = ""
    replied_at: datetime | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Import:
    """Who imports, when, and as which batch; the stamp names the batch as its ground."""

    by: StaffActor
    at: datetime
    batch_id: UUID
    rules: Rules
    stamp: Stamp


def import_historical(told: Import, past: Sequence[PastCase]) -> list[UUID]:
    """导入历史件: keep what was done before the ledger began, with its own numbers and times.

    No clock runs, no light shows, nobody's satisfaction is taken for granted. Raises NotAllowed without the right.
    """
    _check_right(told)
    made = [_historical(told, one) for one in past]
    _keep(told, [(case, deed.changes) for case, deed in made])
    words = [(case, one.reply) for (case, _), one in zip(made, past, strict=True)]
    index_many(
        KIND,
        [
            Piece(case.pk, case.town, tuple(filter(None, [*own_words(case), reply])), is_past=True)
            for case, reply in words
        ],
    )
    record_all([deed for _, deed in made], told.stamp)
    return [case.pk for case, _ in made]


def import_requests(told: Import, requests: Sequence[PlannedCase]) -> list[UUID]:
    """导入诉求: register what still waits elsewhere, each with a number of ours; its clock runs from when it was told.

    Raises NotAllowed without the right.
    """
    _check_right(told)
    made = [_registered(told, one) for one in requests]
    _keep(told, [(case, deed.changes) for case, deed in made])
    index_many(
        KIND,
        [Piece(case.pk, case.town, tuple(dict.fromkeys([*own_words(case), case.text]))) for case, _ in made],
    )
    record_all([deed for _, deed in made], told.stamp)
    return [case.pk for case, _ in made]


def undo_import(told: Import, ids: Sequence[UUID]) -> None:
    """撤销导入: void what a batch brought in; its own numbers are free again for the corrected sheet.

    Raises Conflict naming what anyone has touched since.
    """
    _check_right(told)
    cases = list(
        Case.objects.select_for_update(no_key=True)
        .filter(pk__in=ids, batch_id=told.batch_id)
        .exclude(state=State.VOID)
        .order_by("id")
    )
    if touched := touched_since(ids):
        raise Conflict(f"{'、'.join(touched[:5])}导入以后已经有人办过，不能整批撤销。请先处理这几件。")
    running: dict[UUID, list[Clock]] = {}
    for clock in Clock.objects.filter(case_id__in=ids, stopped_at__isnull=True):
        running.setdefault(clock.case_id, []).append(clock)
    deeds = [_voided(told, case, running.get(case.pk, [])) for case in cases]
    strike_standings([case.pk for case in cases])
    record_all(deeds, told.stamp)


def _check_right(told: Import) -> None:
    if not told.by.may(PERMISSION):
        raise NotAllowed("您的岗位没有“导入”的权限。请找党政办或窗口办理。")


def _case(told: Import, request: PlannedCase, *, registered_at: datetime) -> Case:
    kind = told.rules.kind(REQUEST_KIND)
    return Case(
        town=told.by.town,
        kind=kind.key,
        kind_version=kind.article,
        category=request.category,
        title=request.title,
        text=request.text,
        channel=Channel.ONLINE,
        division_code=request.division_code,
        place_words=request.place_words,
        origin=Origin.OWN,
        outer_number=request.outer_number,
        resident_id=request.resident_id,
        asker_code=request.asker_code,
        state="",
        first_asker_id=told.by.id,
        responsible_id=told.by.id,
        happened_at=request.told_at,
        registered_at=registered_at,
        batch_id=told.batch_id,
        token=secrets.token_urlsafe(TOKEN_BYTES),
    )


def _historical(told: Import, past: PastCase) -> tuple[Case, Deed]:
    """Return a case that was done before, and its one entry: the reply is kept as the handler's claim, no more."""
    case = _case(told, past.request, registered_at=past.request.told_at)
    changes = {
        "state": State.CLOSED,
        "is_open": False,
        "number": past.number,
        "unit_id": past.unit_id,
        "done_at": past.replied_at,
        "closed_at": past.replied_at,
        "closing_kind": ClosingKind.HISTORICAL,
        "closing_basis": PAST,
        "due_order": NEVER,
    }
    parts: list[Part] = [(_claim(told, case, past), {})] if past.reply else []
    return case, Deed(IMPORTED, case, changes=changes, parts=parts, words=past.reply)


def _claim(told: Import, case: Case, past: PastCase) -> Voice:
    return Voice(
        town=case.town,
        case=case,
        speaker=Speaker.HANDLER,
        round=1,
        said=Said.DONE,
        words=past.reply,
        by=told.by.id,
        heard_at=past.replied_at or past.request.told_at,
    )


def _registered(told: Import, request: PlannedCase) -> tuple[Case, Deed]:
    step = STEPS["register_case"]
    case = _case(told, request, registered_at=told.at)
    occasion = Occasion(by=told.by, at=told.at, happened_at=request.told_at)
    underway = Underway(step, case, occasion, told.rules)
    underway.start(ClockName.ACCEPT)
    changes = {"state": State.REGISTERED, "is_open": True, **underway.repeated_due()}
    kind, year = told.rules.kind(REQUEST_KIND), local_day(told.at).year
    series = Series(kind.key, year, "number", prefix=f"{kind.number_prefix}{year}-")
    deed = Deed(step.entry, case, changes=changes, parts=underway.parts, words=request.text, number=series)
    return case, deed


def _voided(told: Import, case: Case, running: Sequence[Clock]) -> Deed:
    changes = {
        "state": State.VOID,
        "is_open": False,
        "closing_basis": TAKEN_BACK,
        "due_at": None,
        "amber_at": None,
        "due_clock": "",
        "is_provisional": False,
        "due_order": NEVER,
    }
    if case.is_historical:
        changes["number"] = f"{case.number[:31]}-V{told.batch_id.hex[-6:]}"
    stopped = {"stopped_at": told.at, "due_at": None, "amber_at": None}
    return Deed(
        IMPORT_UNDONE, case, changes=changes, parts=[(clock, stopped) for clock in running], words=TAKEN_BACK
    )


def _keep(told: Import, changed: Sequence[tuple[Case, object]]) -> None:
    """Keep how the cases stand to figures; one that was done on no known day ended when it was told."""
    plain = [(case, changes) for case, changes in changed if isinstance(changes, dict)]
    dayless = [
        one for one in plain if one[0]._state.adding and not (one[1]["is_open"] or one[1]["closed_at"])
    ]
    keep_standings([one for one in plain if one not in dayless], at=told.at)
    for case, changes in dayless:
        keep_standings([(case, changes)], at=told.at, told_at=case.happened_at)
