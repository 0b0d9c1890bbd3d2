"""The work list as a workbook: the same cases in the same order with the same columns, and a few dates beside (U13).

Nobody who asked is in it, and no free text: what a list does not show, its export does not carry out of the house.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from banjie.base.clock import local
from banjie.cases.clocks import Light, light
from banjie.cases.queries import listed
from banjie.cases.vocabulary import Channel, ClosingKind, Said
from banjie.cases.workflow import CLOCK_TITLES, STATE_TITLES, ClockName, State
from banjie.desk.cases.sifting import GROUP_WORDS, Sifting, sifting_of
from banjie.desk.cases.watch import PROVISIONAL, Watch, watch_of
from banjie.desk.exports.export import Export
from banjie.people.queries import StaffActor, unit_labels
from banjie.sheets.writing import OutColumn, Version
from banjie.sheets.writing.head import Cell

ROWS_AT_ONCE = 2000


class Line(NamedTuple):
    """The columns of a case that its row is made of."""

    number: str
    title: str
    kind: str
    category: str
    channel: str
    division_code: str
    place_words: str
    handler_id: UUID | None
    responsible_id: UUID
    unit_id: UUID | None
    state: str
    is_open: bool
    closing_kind: str
    said: str
    outer_number: str
    happened_at: datetime
    registered_at: datetime
    done_at: datetime | None
    closed_at: datetime | None
    handle_due_at: datetime | None
    due_at: datetime | None
    amber_at: datetime | None
    due_clock: str
    is_provisional: bool


CHANNELS, CLOSINGS, SAID = dict(Channel.choices), dict(ClosingKind.choices), dict(Said.choices)
SHOWN = (
    OutColumn("时限", 16),
    OutColumn("事由", 36),
    OutColumn("编号", 16),
    OutColumn("地点", 22),
    OutColumn("谁在办", 10),
    OutColumn("承办单位", 14),
    OutColumn("环节", 9),
    OutColumn("到期日", 12),
)
BESIDE = (
    OutColumn("类型", 12),
    OutColumn("类别", 18),
    OutColumn("渠道", 10),
    OutColumn("诉求时间", 17),
    OutColumn("登记时间", 17),
    OutColumn("办结时间", 17),
    OutColumn("销号时间", 17),
    OutColumn("销号方式", 12),
    OutColumn("诉求人评价", 12),
    OutColumn("外部编号", 18),
)


def export_cases(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the list that the address asks for, as the page of cases would show it."""
    watch = watch_of(actor.town, at=at)
    sifting = sifting_of(
        request.GET.dict(), units=unit_labels(actor.town), villages=watch.villages, rules=watch.rules, at=at
    )
    found = listed(actor, sifting.sift, at=at).order_by(*sifting.order.columns)

    def rows(version: Version) -> Iterator[list[Cell]]:
        say = _sayer(watch, in_full=version is Version.PLAIN)
        lines = found.values_list(*Line._fields).iterator(chunk_size=ROWS_AT_ONCE)
        for n, line in enumerate(lines, start=1):
            cells = say(Line._make(line))
            yield cells if version is Version.PLAIN else [n, *cells]

    return Export(
        title="办件台账",
        unit="件",
        count=found.count(),
        filters=filters_in_words(sifting),
        columns=_columns,
        rows=rows,
        back=f"{reverse('cases:list')}{sifting.href()}",
        note="文件里没有诉求人的姓名、电话和诉求全文。",
    )


def filters_in_words(sifting: Sifting) -> str:
    """Return what the list is filtered by: 已超期、单位：民生办."""
    return "、".join([GROUP_WORDS[sifting.group], *(chip["label"] for chip in sifting.chips)])


def _columns(version: Version) -> tuple[OutColumn, ...]:
    if version is Version.PLAIN:
        return (*SHOWN, *BESIDE)
    return (OutColumn("序号", 6, is_number=True), *SHOWN)


def _sayer(watch: Watch, *, in_full: bool) -> Callable[[Line], list[Cell]]:
    """Return what makes the cells of a case; names and words are looked up in what is read already."""
    kinds = {kind.key: kind.title for kind in watch.rules.kinds}
    tree = watch.rules.categories
    units, staff, villages = watch.names.units, watch.names.staff, watch.villages

    @lru_cache(maxsize=4096)
    def category(key: str) -> str:
        return tree.path_words(key) if key in tree else key

    @lru_cache(maxsize=65_536)
    def left(due_at: datetime) -> str:
        return watch.work.remaining(due_at, watch.now)

    def say(line: Line) -> list[Cell]:
        shown: list[Cell] = [
            _light(line, watch.now, left),
            line.title,
            line.number,
            f"{villages.get(line.division_code, '')} {line.place_words}".strip(),
            staff.get(line.handler_id or line.responsible_id, ""),
            units.get(line.unit_id, "") if line.unit_id else "",
            STATE_TITLES[State(line.state)],
            _minute(line.due_at)[:10],
        ]
        if not in_full:
            return shown
        return [
            *shown,
            kinds.get(line.kind, line.kind),
            category(line.category),
            str(CHANNELS.get(line.channel, "")),
            _minute(line.happened_at),
            _minute(line.registered_at),
            _minute(line.done_at),
            _minute(line.closed_at),
            str(CLOSINGS.get(line.closing_kind, "")),
            str(SAID.get(line.said, "")),
            line.outer_number,
        ]

    return say


def _light(line: Line, now: datetime, left: Callable[[datetime], str]) -> str:
    """Return what the light of a row says, as the page says it (`Watch.lamp`)."""
    if not line.is_open:
        return _ended(line)
    state = State(line.state)
    shown = light(due_at=line.due_at, amber_at=line.amber_at, now=now, is_paused=state is State.PAUSED)
    if shown is Light.PAUSED:
        return "已中止，停钟"
    if line.due_at is None:
        return "等销号" if state is State.REPLIED else "不计时限"
    late = PROVISIONAL if line.is_provisional else ""
    return f"{CLOCK_TITLES[ClockName(line.due_clock)]}{left(line.due_at)}{late}"


def _ended(line: Line) -> str:
    if line.state != State.CLOSED:
        return STATE_TITLES[State(line.state)]
    if line.done_at is None or line.handle_due_at is None:
        return str(CLOSINGS.get(line.closing_kind, "")) or "已销号"
    return "按期办结" if line.done_at <= line.handle_due_at else "超期办结"


def _minute(moment: datetime | None) -> str:
    """Return a moment as tables show it: 2026-03-05 09:15."""
    return local(moment).isoformat(" ", "minutes")[:16] if moment else ""
