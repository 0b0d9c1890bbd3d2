"""From a valid form to the one action of its deed."""

from collections.abc import Callable
from typing import Any

from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Occasion, Word
from banjie.cases.models import Case
from banjie.cases.vocabulary import Mark

PHONED = "已电话联系，对方说"
Told = dict[str, Any]
Act = Callable[[Case, Occasion, Told], Case]


def _assign(case: Case, occasion: Occasion, told: Told) -> Case:
    to = Assignee(told["unit"], told["staff"])
    return actions.assign_case(case, occasion, to=to, words=told["words"], category=told.get("category", ""))


def _transfer(case: Case, occasion: Occasion, told: Told) -> Case:
    to = Assignee(told["unit"], told["staff"])
    return actions.transfer_case(case, occasion, to=to, words=told["words"])


def _word(told: Told) -> Word:
    return Word(
        said=told["said"],
        words=told["words"],
        mark=told.get("mark", Mark.NONE),
        witness=told.get("witness", ""),
        slip_code=told.get("slip_code", ""),
    )


def _close(case: Case, occasion: Occasion, told: Told) -> Case:
    ending = Ending(kind=told["kind"], basis=told["basis"], outer_state=told.get("outer_state", ""))
    return actions.close_case(case, occasion, ending=ending)


def phoned(case: Case, occasion: Occasion, told: Told) -> Case:
    """电话问得: progress by who may report it, else a remark (U43)."""
    words = f"{PHONED}{told['words']}"
    if occasion.acting.may("cases.report_progress") or case.handler_id == occasion.acting.id:
        return actions.report_progress(case, occasion, words=words)
    return actions.comment_case(case, occasion, words=words)


ACTS: dict[str, Act] = {
    "accept_case": lambda case, occasion, told: actions.accept_case(
        case, occasion, category=told.get("category", "")
    ),
    "decline_case": lambda case, occasion, told: actions.decline_case(case, occasion, reason=told["reason"]),
    "redirect_case": lambda case, occasion, told: actions.redirect_case(
        case, occasion, destination=told["destination"], reason=told["reason"]
    ),
    "settle_case": lambda case, occasion, told: actions.settle_case(
        case, occasion, word=_word(told), result=told["result"]
    ),
    "assign_case": _assign,
    "recall_case": lambda case, occasion, told: actions.recall_case(case, occasion, words=told["words"]),
    "transfer_case": _transfer,
    "sign_for_case": lambda case, occasion, _: actions.sign_for_case(case, occasion),
    "object_case": lambda case, occasion, told: actions.object_case(
        case, occasion, reason=told["reason"], basis=told["basis"], should_go_to=told["should_go_to"]
    ),
    "park_case": lambda case, occasion, told: actions.park_case(
        case, occasion, until_on=told["until_on"], condition=told["condition"], words=told["words"]
    ),
    "return_case": lambda case, occasion, told: actions.return_case(case, occasion, words=told["words"]),
    "hear_case": lambda case, occasion, told: actions.hear_case(case, occasion, words=told["words"]),
    "recheck_case": lambda case, occasion, told: actions.recheck_case(
        case, occasion, is_sound=told["finding"] == "sound", words=told["words"]
    ),
    "pause_case": lambda case, occasion, told: actions.pause_case(
        case, occasion, ground=told["ground_key"], words=told["words"]
    ),
    "resume_case": lambda case, occasion, told: actions.resume_case(case, occasion, words=told["words"]),
    "ask_extension": lambda case, occasion, told: actions.ask_extension(
        case, occasion, term=told["term"], reason=told["reason"]
    ),
    "decide_extension": lambda case, occasion, told: actions.decide_extension(
        case, occasion, is_granted=told["decision"] == "grant", words=told["words"]
    ),
    "report_progress": lambda case, occasion, told: actions.report_progress(
        case, occasion, words=told["words"]
    ),
    "urge_case": lambda case, occasion, told: actions.urge_case(case, occasion, words=told["words"]),
    "merge_case": lambda case, occasion, told: actions.merge_case(
        case, occasion, into=told["into"], words=told["words"]
    ),
    "unmerge_case": lambda case, occasion, told: actions.unmerge_case(case, occasion, words=told["words"]),
    "distinguish_case": lambda case, occasion, told: actions.distinguish_case(
        case, occasion, other=told["other"]
    ),
    "undistinguish_case": lambda case, occasion, told: actions.undistinguish_case(
        case, occasion, other=told["other"]
    ),
    "comment_case": lambda case, occasion, told: actions.comment_case(case, occasion, words=told["words"]),
    "reply_case": lambda case, occasion, told: actions.reply_case(case, occasion, words=told["words"]),
    "rate_case": lambda case, occasion, told: actions.rate_case(case, occasion, word=_word(told)),
    "call_back_case": lambda case, occasion, told: actions.call_back_case(
        case, occasion, word=_word(told), closes=told.get("closes", False)
    ),
    "close_case": _close,
    "reopen_case": lambda case, occasion, told: actions.reopen_case(case, occasion, words=told["words"]),
    "withdraw_case": lambda case, occasion, told: actions.withdraw_case(
        case, occasion, word=Word(said="", words=told["words"])
    ),
    "void_case": lambda case, occasion, told: actions.void_case(case, occasion, reason=told["reason"]),
}
"""The action of every deed but 附件, which takes files in first."""
