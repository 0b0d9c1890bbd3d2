"""今日一张纸 (U44): one side of A4 in size 3 for a leader who never logs in, worked out at the moment of printing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.clock import local, local_day
from banjie.base.errors import NotFound
from banjie.cases.models import Case
from banjie.cases.queries import Group, Lateness, Sift, in_rows, listed
from banjie.cases.queries.leaders import asked_by, names_of_askers, unsatisfied_between
from banjie.cases.saying import WEEKDAYS, say_state, short_number
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import CLOCK_TITLES, ClockName
from banjie.people.queries import OfficeNames, StaffActor, actor_for, duty_turns_of, names_of, roster_of
from banjie.people.rights import Role
from banjie.people.standing import Person
from banjie.places.queries import place_name
from banjie.reports.paper import Block, Cited, Heading, Number, Paper, Paragraph, Span, Words
from banjie.reports.text import Role as Part
from banjie.reports.wide import cut, width_of
from banjie.rulebook.numerals import in_characters

KEY = "today"
TITLE = "今日一张纸"
LINE = 26
"""How many characters an indented line of size 3 holds."""
LATELY = timedelta(days=7)
"""How long what a leader asked for stays on his sheet after it is done."""
COUNTED = 999


@dataclass(frozen=True)
class _Part:
    """A part of the sheet: its words, the list that its number opens, its cases, and for how many there is room."""

    title: str
    of: str
    cases: QuerySet[Case]
    room: int
    nothing: str


def leaders_of(town: str, *, at: datetime) -> list[Person]:
    """Return those who hold a leader's post, A before B, each once."""
    roster = roster_of(town, at=at)
    posts = [post for post in roster.posts if Role.TOWN_LEADER in post.roles]
    held = [*(post.holder_a for post in posts), *(post.holder_b for post in posts)]
    return [roster.people[one] for one in dict.fromkeys(held) if one and roster.people[one].is_active]


def sheet_for(town: str, leader_id: UUID, *, at: datetime) -> Paper:
    """Return the day's sheet of a leader: what is late, due and unsatisfied, what he asked for, who is on duty.

    It shows what he himself may see and names no resident. Raises NotFound for someone who leads nothing here.
    """
    leader = _leader(town, leader_id, at)
    today = local_day(at)
    parts = _parts(actor_for(leader.id, at=at), at)
    subtitle = f"{leader.name}　{_long(at)}"
    blocks: list[Block] = [Heading(1, (Words(TITLE),)), Paragraph((Words(subtitle),), Part.SUBTITLE)]
    for place, part in enumerate(parts, start=1):
        blocks += _section(town, part, place, at)
    blocks += _duty(town, len(parts) + 1, at)
    blocks.append(Paragraph((Words(f"数据截至{_long(at)}{local(at):%H:%M}。"),), Part.BODY))
    return Paper(
        key=KEY,
        title=f"{TITLE}（{leader.name}）",
        town=town,
        town_name=place_name(town),
        from_on=today,
        to_on=today,
        period=_long(at),
        computed_at=at,
        article="",
        blocks=tuple(blocks),
    )


def part_of(town: str, leader_id: UUID, of: str, *, at: datetime) -> tuple[str, QuerySet[Case]]:
    """Return the title and all the cases of one part of a leader's sheet. Raises NotFound."""
    leader = _leader(town, leader_id, at)
    for part in _parts(actor_for(leader.id, at=at), at):
        if part.of == of:
            return part.title, part.cases
    raise NotFound("今日一张纸里没有这一项。")


def _leader(town: str, leader_id: UUID, at: datetime) -> Person:
    leader = next((one for one in leaders_of(town, at=at) if one.id == leader_id), None)
    if leader is None:
        raise NotFound("没有找到这位镇领导，或他的岗位已经撤销。请从名单里选。")
    return leader


def _parts(leader: StaffActor, at: datetime) -> list[_Part]:
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, yesterday = midnight + timedelta(days=1), midnight - timedelta(days=1)
    is_open = Sift(group=Group.OPEN)
    late = listed(leader, Sift(group=Group.OPEN, lateness=Lateness.LATE), at=at)
    due = listed(leader, is_open, at=at).filter(due_order__gte=at, due_order__lt=tomorrow)
    unhappy = unsatisfied_between(leader, from_at=yesterday, until_at=midnight)
    asked = asked_by(leader, ended_after=at - LATELY)
    return [
        _Part("已超期", "late", late.order_by("due_order", "id"), 4, "没有超期的件。"),
        _Part("今天到期", "today", due.order_by("due_order", "id"), 3, "没有今天到期的件。"),
        _Part("昨天说不满意", "unsatisfied", unhappy, 3, "没有人说不满意。"),
        _Part("您交办的", "asked", asked, 4, "没有您交办、正在办的件。"),
    ]


def _section(town: str, part: _Part, place: int, at: datetime) -> Iterator[Block]:
    cases = list(in_rows(part.cases)[: COUNTED + 1])
    said = f"{COUNTED}件以上" if len(cases) > COUNTED else f"{len(cases)}件"
    count = Number(
        said,
        "",
        part.title,
        local_day(at),
        local_day(at),
        exact=str(len(cases)),
        of=part.of,
    )
    shown = cases[: part.room]
    more = f"，列前{len(shown)}件" if len(cases) > len(shown) else ""
    spans: tuple[Span, ...] = (Words(f"{part.title}"), count, Words(more)) if cases else (Words(part.title),)
    yield Heading(2, spans, f"{in_characters(place)}、")
    if not cases:
        yield Paragraph((Words(part.nothing),))
    names, office = names_of_askers(case.pk for case in shown), names_of(town)
    for case in shown:
        yield Paragraph(tuple(_line(case, names.get(case.pk, ""), at, office)))


def _line(case: Case, asker: str, at: datetime, office: OfficeNames) -> Iterator[Span]:
    """Yield one line of one case: number, matter as far as there is room, who has it, how it stands."""
    head, tail = f"{short_number(case.number)}号 ", f"（{_holder(case, office)}，{_standing(case, at)}）"
    title = nameless(case, asker)
    yield Cited(head.strip(), case.number)
    yield Words(f" {cut(title, LINE - width_of(head) - width_of(tail))}{tail}")


def nameless(case: Case, asker: str) -> str:
    """Return a case's title without the name of whoever asked; nothing of what only its handlers may read."""
    if case.sensitivity != Sensitivity.ORDINARY:
        return "（仅经办人可见）"
    return case.title.replace(asker, f"{asker[:1]}某") if asker else case.title


def _holder(case: Case, office: OfficeNames) -> str:
    unit = office.units.get(case.unit_id, "") if case.unit_id else ""
    return unit or office.staff.get(case.handler_id or case.responsible_id, "")


def _standing(case: Case, at: datetime) -> str:
    """Return how a case stands in a few characters: 超3天, 今天17时到期, 办理中."""
    if not case.is_open or case.due_at is None:
        return say_state(case)
    due, today = local(case.due_at), local_day(at)
    if case.due_at < at:
        clock = "" if case.due_clock == ClockName.HANDLE else CLOCK_TITLES[ClockName(case.due_clock)]
        return f"{clock}超{(today - due.date()).days}天" if due.date() < today else f"今天{clock}超期"
    return f"{due.hour}时到期" if due.date() == today else f"{due.month}月{due.day}日到期"


def _duty(town: str, place: int, at: datetime) -> Iterator[Block]:
    today = local_day(at)
    turns: Sequence[str] = [
        f"{turn.staff.name} {turn.staff.work_phone}".strip()
        for turn in duty_turns_of(town, from_on=today, until_on=today)
    ]
    yield Heading(2, (Words("今天值班"),), f"{in_characters(place)}、")
    yield Paragraph((Words(f"{'、'.join(turns)}。" if turns else "还没有排今天的值班。"),))


def _long(at: datetime) -> str:
    day = local_day(at)
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
