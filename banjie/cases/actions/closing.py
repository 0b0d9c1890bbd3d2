"""评价、回访、销号、退回重办、撤回、作废: whose word ends a case, and how it goes back."""

from dataclasses import asdict, dataclass

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases.actions.checks import check_right, refuse_handler, wanted
from banjie.cases.actions.doing import following, on_case
from banjie.cases.actions.rechecking import first_recheck_on
from banjie.cases.actions.rounds import send_back
from banjie.cases.actions.underway import Underway
from banjie.cases.actions.voices import Word, voice_of
from banjie.cases.models import Case, Voice
from banjie.cases.occasion import Occasion
from banjie.cases.queries import endings_of
from banjie.cases.rules.closing import hours_counted, is_tried_enough, tries_on, watch_span
from banjie.cases.vocabulary import (
    BASED_KINDS,
    CONTENT,
    DISCONTENT,
    GRADES,
    ClosingKind,
    Mark,
    Said,
    Speaker,
)


@dataclass(frozen=True)
class Ending:
    """How a case is to end: the kind, and for an exit without the asker's word the basis."""

    kind: str = ClosingKind.SOLVED
    basis: str = ""
    outer_state: str = ""


def rate_case(case: Case, occasion: Occasion, *, word: Word) -> Case:
    """评价: the asker's own word on the reply. Dissatisfied, the case goes back to handling in the same breath.

    Without a mark or witness it is kept, and a call-back by another is still owed.
    """

    def act(underway: Underway) -> None:
        if word.said not in GRADES:
            raise InvalidInput("请选择满意程度。", fields={"said": "请选择满意程度。"})
        _hear(underway, voice_of(underway, word, speaker=Speaker.ASKER))

    return on_case(case, "rate_case", occasion, content=asdict(word), act=act)


def call_back_case(case: Case, occasion: Occasion, *, word: Word, closes: bool = False) -> Case:
    """回访: someone other than the handler asks. Dissatisfied, it goes back; unreached, the try is kept (S-034).

    With `closes` a content word ends the case in the same breath (同时销号): both are done, or neither.
    """

    def act(underway: Underway) -> None:
        refuse_handler(underway, "回访")
        if word.said not in (*GRADES, Said.UNREACHED):
            raise InvalidInput("请选择回访结果。", fields={"said": "请选择回访结果。"})
        _hear(underway, voice_of(underway, word, speaker=Speaker.CALL_BACK))
        if closes and word.said in CONTENT:
            closing = following(underway, "close_case")
            check_right(closing.step, closing.case, closing.occasion)
            _end(closing, Ending())

    content = asdict(word) | ({"closes": True} if closes else {})
    return on_case(case, "call_back_case", occasion, content=content, act=act)


def close_case(case: Case, occasion: Occasion, *, ending: Ending | None = None) -> Case:
    """销号: on the asker's own word or a call-back by another; other endings name their basis and count apart.

    Raises Conflict when nobody has said that it is solved, or the tries of the call-back rule are not used up.
    """
    ended = ending or Ending()

    return on_case(
        case, "close_case", occasion, content=asdict(ended), act=lambda underway: _end(underway, ended)
    )


def reopen_case(case: Case, occasion: Occasion, *, words: str) -> Case:
    """退回重办: the reply did not stand; a new round begins, with a clock for the light only."""

    def act(underway: Underway) -> None:
        wanted(words, field="words", problem="请写明哪里没有办好。")
        if underway.case.is_historical:
            raise Conflict(
                f"{underway.case.number}是历史件，没有在本系统办过，不能退回重办。又提的请登记一件新的。"
            )
        _check_watched(underway)
        send_back(underway, words)

    return on_case(case, "reopen_case", occasion, content=words, act=act)


def withdraw_case(case: Case, occasion: Occasion, *, word: Word) -> Case:
    """撤回: the asker takes his request back; his own words are kept."""

    def act(underway: Underway) -> None:
        refuse_handler(underway, "撤回")
        wanted(word.words, field="words", problem="请写明诉求人为什么撤回。")
        underway.finish(words=word.words)

    return on_case(case, "withdraw_case", occasion, content=asdict(word), act=act)


def void_case(case: Case, occasion: Occasion, *, reason: str) -> Case:
    """作废: registered by mistake; it stays in the books with its reason (U12)."""

    def act(underway: Underway) -> None:
        refuse_handler(underway, "作废")
        wanted(reason, field="reason", problem="请写明为什么作废。")
        underway.finish(changes={"closing_basis": reason[:200]}, words=reason)

    return on_case(case, "void_case", occasion, content=reason, act=act)


def _hear(underway: Underway, voice: Voice) -> None:
    """Keep a voice; a dissatisfied one sends the case back, one that does not count leaves the call-back owed."""
    is_heard = _counts(voice, underway) or voice.said in DISCONTENT
    if not is_heard:
        underway.parts.clear()
    underway.touch(voice, {})
    underway.finish(changes={"said": voice.said} if is_heard else {}, words=voice.words)
    if voice.said in DISCONTENT and not underway.case.hearing_at:
        words = f"{voice.get_speaker_display()}{voice.get_said_display()}：{voice.words}"
        send_back(following(underway, "reopen_case"), words, is_bad_word=True)


def _check_watched(underway: Underway) -> None:
    """Refuse to send back a case that was closed longer ago than the rule watches it."""
    closed_at, span = underway.case.closed_at, watch_span(underway.rules)
    if closed_at is not None and underway.occasion.told_at - closed_at > span:
        raise Conflict(
            f"{underway.case.number}销号已超过{span.days}天的观察期，不再退回。又出的问题请登记一件新的。"
        )


def _end(underway: Underway, ending: Ending) -> None:
    """Close a case whose ending holds, and set when it is looked at again if it was solved."""
    _check_ending(underway, ending)
    changes: dict[str, object] = {
        "closed_at": underway.occasion.told_at,
        "closing_kind": ending.kind,
        "closing_basis": ending.basis[:200],
        "outer_state": ending.outer_state[:120],
    }
    if ending.kind == ClosingKind.SOLVED:
        closed_on = local_day(underway.occasion.told_at)
        changes["recheck_on"] = first_recheck_on(underway.rules, underway.case.kind, closed_on=closed_on)
    underway.finish(changes=changes, words=ending.basis)


def _check_ending(underway: Underway, ending: Ending) -> None:
    if ending.kind not in endings_of(underway.case, on=local_day(underway.occasion.told_at)):
        raise InvalidInput("这一类件不能这样销号。请从列表中选择。", fields={"kind": "请从列表中选择"})
    if underway.case.is_mirrored and not ending.outer_state.strip():
        problem = "外部系统还没有办结的结论，不能销号。请填写外部系统的结论。"
        raise InvalidInput(problem, fields={"outer_state": problem})
    if ending.kind in BASED_KINDS:
        wanted(ending.basis, field="basis", problem="请写明依据，例如政策文件、受理单位或终结文书。")
    voices = list(
        Voice.objects.filter(case=underway.case, round=underway.case.round).order_by("heard_at", "id")
    )
    if ending.kind == ClosingKind.UNREACHED:
        _check_tries(underway, voices)
    elif ending.kind == ClosingKind.SOLVED:
        _check_content(underway, voices)
    _check_second_person(underway, voices)


def _check_content(underway: Underway, voices: list[Voice]) -> None:
    """Solved is what the asker says under his own mark, or what a call-back by another found (S-034, S-035)."""
    heard = [voice for voice in voices if _counts(voice, underway)]
    if not heard:
        raise Conflict(
            f"{underway.case.number}还没有诉求人签字、回执码等凭据，也没有回访，不能销号。请先评价或回访。"
        )
    if heard[-1].said not in CONTENT:
        raise Conflict(
            f"{underway.case.number}最近一次说法是“{heard[-1].get_said_display()}”，不能按解决销号。"
        )


def _counts(voice: Voice, underway: Underway) -> bool:
    if voice.said not in GRADES:
        return False
    if voice.speaker == Speaker.CALL_BACK:
        return voice.by not in underway.handlers
    return voice.speaker == Speaker.ASKER and voice.mark != Mark.NONE


def _check_tries(underway: Underway, voices: list[Voice]) -> None:
    """联系不上 takes the rule's number of tries in this round, so many of them at different hours (S-035)."""
    if any(_counts(voice, underway) for voice in voices):
        raise Conflict(
            f"{underway.case.number}这一轮已经联系上诉求人，不能按联系不上销号。请按诉求人的话办。"
        )
    rule = tries_on(underway.rules)
    made = [voice.heard_at for voice in voices if voice.said == Said.UNREACHED]
    if not is_tried_enough(made, rule):
        raise Conflict(
            f"联系不上要至少回访{rule.times}次，其中至少{rule.hours}次在不同时段，"
            f"现在有{len(made)}次、{hours_counted(made, rule)}个时段。请换个时间再打。"
        )


def _check_second_person(underway: Underway, voices: list[Voice]) -> None:
    """The handler ends his own case only on the asker's slip code, link or tablet, which he cannot make himself."""
    own = {Mark.SLIP_CODE, Mark.LINK, Mark.TABLET}
    if any(voice.mark in own and voice.said in CONTENT for voice in voices):
        return
    if underway.handlers & underway.occasion.hands:
        raise NotAllowed("自己经办的件，没有诉求人的回执码，不能由自己销号。请由窗口或督办销号。")
