"""Tell the sample town's past: the deeds of all plots in order of time, each by whoever does it in an office."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from banjie.base.clock import local_day
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Word
from banjie.cases.models import Case
from banjie.cases.slips import slip_code
from banjie.cases.vocabulary import DISCONTENT, ClosingKind, Mark, Said
from banjie.ledger.actions import seal
from banjie.people.rights import Role
from banjie.sample import matters
from banjie.sample.founding import Town
from banjie.sample.plots import PLOTS, Plot
from banjie.sample.raising import register
from banjie.sample.story import Story, moment_of, stories_of
from banjie.sample.town import POSTS, TOWN, VILLAGE_UNITS
from banjie.worktime.hours import at_time

NIGHT = time(23, 50)
LONGER = {"resident_request": "3 workdays", "leader_instruction": "5 workdays"}
PAUSE_WORDS = {
    "other_body": "已发函给县里主管单位，等书面答复，估计一周。",
    "asker_supplies": "等本人把户口本和诊断证明拿来，已电话告知。",
    "weather": "连日下雨，边坡湿滑不能施工，天晴就动工，已告知本人。",
}


def tell(
    town: Town,
    at: datetime,
    chance: random.Random,
    *,
    plots: Sequence[Plot] = PLOTS,
    first: Callable[[datetime], None] = lambda moment: None,
) -> int:
    """Let every plot happen, up to `at`; return how many cases there are. Each night with deeds is sealed.

    `first` writes what else was done before the moment of the next deed.
    """
    stories = stories_of(town, at, chance, plots=plots)
    happenings = sorted(
        (
            (moment_of(story, step), number, step)
            for number, story in enumerate(stories)
            for step in story.plot.steps
        ),
        key=lambda happening: happening[:2],
    )
    today: date | None = None
    for moment, number, step in happenings:
        if today and local_day(moment) > today:
            seal(TOWN, at=at_time(today, NIGHT))
        today = local_day(moment)
        first(moment)
        DEEDS[step.deed](stories[number], moment, step.manner)
    return len(stories)


def _triager(story: Story) -> str:
    return "chenjing" if story.plot.kind == "resident_request" else "hemin"


def _checker(story: Story) -> str:
    """Return who calls back and closes: 督办, or the window that took in what only its handlers may read."""
    return "chenjing" if story.is_private else "sunli"


def _head(story: Story) -> str:
    """Return who decides in the unit: its head, or the mayor about what the head himself has in hand."""
    heads = (line.holder_a for line in POSTS if line.unit == story.unit and Role.UNIT_HEAD in line.roles)
    head = next(heads, "zhouhai")
    return head if head != story.handler else "zhouhai"


def _accept(story: Story, at: datetime, manner: str) -> None:
    actions.accept_case(story.so_far, story.by(_triager(story), at))


def _assign(story: Story, at: datetime, manner: str) -> None:
    """派办 to the person, to the unit alone, or to the village's own committee."""
    if manner == "village":
        story.unit = next(key for key, code in VILLAGE_UNITS.items() if code == story.place[0])
        story.handler = next(line.holder_a for line in POSTS if line.unit == story.unit)
    person = None if manner == "unit" else story.town.people[story.handler].pk
    to = Assignee(story.town.units[story.unit].pk, person)
    actions.assign_case(story.so_far, story.by(_triager(story), at), to=to)


def _transfer(story: Story, at: datetime, manner: str) -> None:
    words = "看过现场，这一段归村建办管，已和他们说好接着办。"
    giver = story.by(story.handler, at)
    story.unit, story.handler = "construction", "caiming"
    to = Assignee(story.town.units[story.unit].pk, story.town.people[story.handler].pk)
    actions.transfer_case(story.so_far, giver, to=to, words=words)


def _sign(story: Story, at: datetime, manner: str) -> None:
    actions.sign_for_case(story.so_far, story.by(story.handler, at))


def _report(story: Story, at: datetime, manner: str) -> None:
    words = story.chance.choice(matters.PROGRESS)
    actions.report_progress(story.so_far, story.by(story.handler, at), words=words)


def _comment(story: Story, at: datetime, manner: str) -> None:
    actions.comment_case(story.so_far, story.by(_checker(story), at), words="已过半，请抓紧，有难处早说。")


def _pause(story: Story, at: datetime, manner: str) -> None:
    actions.pause_case(story.so_far, story.by(story.handler, at), ground=manner, words=PAUSE_WORDS[manner])


def _resume(story: Story, at: datetime, manner: str) -> None:
    actions.resume_case(story.so_far, story.by(story.handler, at), words="答复已到，继续办理。")


def _park(story: Story, at: datetime, manner: str) -> None:
    """挂账 by the leader, until a day that the sample never reaches."""
    actions.park_case(
        story.so_far,
        story.by("zhouhai", at),
        until_on=local_day(at) + timedelta(days=120),
        condition="县里的批复下来",
        words="要等县里批复才能接着办，已跟本人说明，批复一到就转回。",
    )


def _object(story: Story, at: datetime, manner: str) -> None:
    actions.object_case(
        story.so_far,
        story.by(story.handler, at),
        reason="看过材料，这件事的审批权在县里，不在本单位职责内",
        basis="履职事项清单配合事项第12条",
        should_go_to="县里的主管局",
    )


def _ask(story: Story, at: datetime, manner: str) -> None:
    actions.ask_extension(
        story.so_far,
        story.by(story.handler, at),
        term=LONGER[story.plot.kind],
        reason="配件要从市里调，路上要三天。",
    )


def _grant(story: Story, at: datetime, manner: str) -> None:
    decider = _head(story) if story.plot.kind == "resident_request" else "zhouhai"
    actions.decide_extension(
        story.so_far, story.by(decider, at), is_granted=True, words="同意，跟本人说清楚。"
    )


def _refuse(story: Story, at: datetime, manner: str) -> None:
    words = "手上有备件，不必等，按原时限办。"
    actions.decide_extension(story.so_far, story.by(_head(story), at), is_granted=False, words=words)


def _reply(story: Story, at: datetime, manner: str) -> None:
    words = {
        "leader_instruction": matters.DONE_INSTRUCTION,
        "rectification_item": matters.MENDED,
    }.get(story.plot.kind, story.matter.replies)
    actions.reply_case(story.so_far, story.by(story.handler, at), words=f"{story.chance.choice(words)}。")


def _rate(story: Story, at: datetime, manner: str) -> None:
    """评价: by the code of the asker's slip; a leader's word is signed on paper."""
    if manner == "signed":
        word = Word(said=Said.SATISFIED, words="可以了。", mark=Mark.SIGNATURE)
    else:
        word = Word(said=manner, words=_asker_words(story, manner), mark=Mark.SLIP_CODE)
        word = Word(**{**vars(word), "slip_code": slip_code(story.so_far.pk)})
    actions.rate_case(story.so_far, story.by(_triager(story), at), word=word)


def _call_back(story: Story, at: datetime, manner: str) -> None:
    word = Word(said=manner, words=_asker_words(story, manner))
    actions.call_back_case(story.so_far, story.by(_checker(story), at), word=word)


def _unreached(story: Story, at: datetime, manner: str) -> None:
    word = Word(said=Said.UNREACHED, words="电话没人接。")
    actions.call_back_case(story.so_far, story.by(_checker(story), at), word=word)


def _asker_words(story: Story, said: str) -> str:
    words = matters.DISCONTENT_WORDS if said in DISCONTENT else matters.CONTENT_WORDS
    return story.chance.choice(words)


def _close(story: Story, at: datetime, manner: str) -> None:
    bases = {
        ClosingKind.EXPLAINED: "本省农村低保操作规程；已当面算账并留书面答复",
        ClosingKind.UNREACHED: "三次不同时段回访无人接听",
    }
    kind = manner or ClosingKind.SOLVED
    outer = "热线平台已办结" if story.plot.kind == "hotline_order" else ""
    ending = Ending(kind=kind, basis=bases.get(ClosingKind(kind), ""), outer_state=outer)
    actions.close_case(story.so_far, story.by(_checker(story), at), ending=ending)


def _settle(story: Story, at: datetime, manner: str) -> None:
    word = Word(said=Said.VERY_SATISFIED, words="当场就办了。", mark=Mark.SIGNATURE)
    result = "当场查清并答复，材料复印件交本人。"
    actions.settle_case(story.so_far, story.by("chenjing", at), word=word, result=result)


def _decline(story: Story, at: datetime, manner: str) -> None:
    reason = "同一事项正在法院审理，依法由法院处理，已告知本人。"
    actions.decline_case(story.so_far, story.by("hemin", at), reason=reason)


def _redirect(story: Story, at: datetime, manner: str) -> None:
    actions.redirect_case(
        story.so_far, story.by("hemin", at), destination="禾川县供电公司青禾供电所", reason="已电话交接。"
    )


def _withdraw(story: Story, at: datetime, manner: str) -> None:
    word = Word(said=Said.SATISFIED, words="两家自己说好了，不用再办。")
    actions.withdraw_case(story.so_far, story.by("chenjing", at), word=word)


def _void(story: Story, at: datetime, manner: str) -> None:
    actions.void_case(story.so_far, story.by("hemin", at), reason="同一件事登记了两次，以前一件为准。")


def _merge(story: Story, at: datetime, manner: str) -> None:
    """并案 with the newest request of the town that still waits, one of the same category first."""
    case = story.so_far
    waiting = Case.objects.filter(town=TOWN, kind=case.kind, is_open=True).exclude(pk=case.pk)
    waiting = waiting.filter(sensitivity=case.sensitivity).order_by("-registered_at", "id")
    into = waiting.filter(category=case.category).first() or waiting.first()
    if into is None:
        raise LookupError("no request of the sample town waits for another to be merged into it")
    actions.merge_case(case, story.by("hemin", at), into=into, words="说的是同一件事，一并答复。")


def _recheck(story: Story, at: datetime, manner: str) -> None:
    words = "到现场看过，没有反复。"
    actions.recheck_case(story.so_far, story.by(_checker(story), at), is_sound=True, words=words)


def _urge(story: Story, at: datetime, manner: str) -> None:
    actions.urge_case(
        story.so_far, story.by(_checker(story), at), words="期限过半了，请告诉诉求人办到哪一步。"
    )


DEEDS: dict[str, Callable[[Story, datetime, str], None]] = {
    "register": register,
    "accept": _accept,
    "assign": _assign,
    "transfer": _transfer,
    "sign": _sign,
    "report": _report,
    "comment": _comment,
    "pause": _pause,
    "resume": _resume,
    "park": _park,
    "object": _object,
    "ask": _ask,
    "grant": _grant,
    "refuse": _refuse,
    "reply": _reply,
    "rate": _rate,
    "call_back": _call_back,
    "unreached": _unreached,
    "close": _close,
    "settle": _settle,
    "decline": _decline,
    "redirect": _redirect,
    "withdraw": _withdraw,
    "void": _void,
    "merge": _merge,
    "urge": _urge,
    "recheck": _recheck,
}
"""How each word of a plot is done."""
