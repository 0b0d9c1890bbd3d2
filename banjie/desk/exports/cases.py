"""The work list as a workbook: the same cases in the same order with the same columns, and a few dates beside (U13).

Nobody who asked is in it, and no free text: what a list does not show, its export does not carry out of the house.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, F, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.urls import reverse

from banjie.base.clock import BEIJING
from banjie.cases.queries import listed
from banjie.cases.vocabulary import Channel, ClosingKind, Said
from banjie.cases.workflow import CLOCK_TITLES, STANDING_STILL, STATE_TITLES, State
from banjie.desk.cases.sifting import GROUP_WORDS, Sifting, sifting_of
from banjie.desk.cases.watch import PROVISIONAL, Watch, watch_of
from banjie.desk.exports.bare import SaidMoment, bare
from banjie.desk.exports.export import Export
from banjie.people.queries import StaffActor, unit_labels
from banjie.sheets.writing import OutColumn, Version
from banjie.sheets.writing.head import Cell

ROWS_AT_ONCE = 2000


class Line(NamedTuple):
    """What the row of a case is made of: moments as text to the second, ids as the driver gives them."""

    number: str
    title: str
    kind: str
    category: str
    channel: str
    division_code: str
    place_words: str
    handler_id: object
    responsible_id: object
    unit_id: object
    state: str
    is_open: bool | int
    closing_kind: str
    said: str
    outer_number: str
    happened_at: str
    registered_at: str
    done_at: str | None
    closed_at: str | None
    due_at: str | None
    due_clock: str
    is_provisional: bool | int
    is_on_time: int | None


ON_TIME = Case(
    When(done_at__isnull=True, then=None),
    When(handle_due_at__isnull=True, then=None),
    When(done_at__lte=F("handle_due_at"), then=1),
    default=0,
    output_field=CharField(),  # what Django knows for a number it converts once more, row by row
)
IDS = ("handler_id", "responsible_id", "unit_id")
TRUTHS = ("is_open", "is_provisional")
MOMENTS = ("happened_at", "registered_at", "done_at", "closed_at", "due_at")
CHANNELS, CLOSINGS, SAID = (
    {str(value): str(label) for value, label in words.choices} for words in (Channel, ClosingKind, Said)
)
STATES = {str(state): title for state, title in STATE_TITLES.items()}
CLOCKS = {str(clock): title for clock, title in CLOCK_TITLES.items()}
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
        lines = found.values_list(*(_expression(name) for name in Line._fields)).iterator(ROWS_AT_ONCE)
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


def _expression(name: str) -> str | Combinable:
    """Return the column of a line as the database says it."""
    if name in MOMENTS:
        return SaidMoment(name)
    if name in IDS or name in TRUTHS:
        return bare(name)
    return ON_TIME if name == "is_on_time" else name


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
    units, staff, villages = _by_any(watch.names.units), _by_any(watch.names.staff), watch.villages

    @lru_cache(maxsize=4096)
    def category(key: str) -> str:
        return tree.path_words(key) if key in tree else key

    @lru_cache(maxsize=65_536)
    def left(due_at: str) -> str:
        return watch.work.remaining(datetime.fromisoformat(due_at).replace(tzinfo=BEIJING), watch.now)

    def say(line: Line) -> list[Cell]:
        shown: list[Cell] = [
            _light(line, left),
            line.title,
            line.number,
            f"{villages.get(line.division_code, '')} {line.place_words}".strip(),
            staff.get(line.handler_id or line.responsible_id, ""),
            units.get(line.unit_id, ""),
            STATES[line.state],
            (line.due_at or "")[:10],
        ]
        if not in_full:
            return shown
        return [
            *shown,
            kinds.get(line.kind, line.kind),
            category(line.category),
            CHANNELS.get(line.channel, ""),
            line.happened_at[:16],
            line.registered_at[:16],
            (line.done_at or "")[:16],
            (line.closed_at or "")[:16],
            CLOSINGS.get(line.closing_kind, ""),
            SAID.get(line.said, ""),
            line.outer_number,
        ]

    return say


def _light(line: Line, left: Callable[[str], str]) -> str:
    """Return what the light of a row says, as the page says it (`Watch.lamp`)."""
    if not line.is_open:
        return _ended(line)
    if line.state in STANDING_STILL:
        return f"{STATES[line.state]}，停钟"
    if line.due_at is None:
        return "等销号" if line.state == State.REPLIED else "不计时限"
    late = PROVISIONAL if line.is_provisional else ""
    return f"{CLOCKS[line.due_clock]}{left(line.due_at)}{late}"


def _ended(line: Line) -> str:
    if line.state != State.CLOSED:
        return STATES[line.state]
    if line.is_on_time is None:
        return CLOSINGS.get(line.closing_kind, "") or "已销号"
    return "按期办结" if line.is_on_time else "超期办结"


def _by_any(names: Mapping[UUID, str]) -> dict[object, str]:
    """Return names by id in either form in which a driver gives it."""
    told: dict[object, str] = {key.hex: name for key, name in names.items()}
    return told | dict(names.items())
