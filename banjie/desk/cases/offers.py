"""The deeds of a case as the page offers them: address, word, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from banjie.cases.models import Case
from banjie.cases.workflow import Step
from banjie.desk.cases.rows import address_of_case

URL_NAMES = {
    "accept_case": "accept",
    "decline_case": "decline",
    "redirect_case": "redirect",
    "settle_case": "settle",
    "assign_case": "assign",
    "recall_case": "recall",
    "transfer_case": "transfer",
    "sign_for_case": "sign-for",
    "object_case": "object",
    "park_case": "park",
    "return_case": "return",
    "hear_case": "hear",
    "pause_case": "pause",
    "resume_case": "resume",
    "ask_extension": "ask-extension",
    "decide_extension": "decide-extension",
    "report_progress": "report-progress",
    "urge_case": "urge",
    "comment_case": "comment",
    "attach_file": "attach",
    "reply_case": "reply",
    "rate_case": "rate",
    "call_back_case": "call-back",
    "close_case": "close",
    "reopen_case": "reopen",
    "recheck_case": "recheck",
    "withdraw_case": "withdraw",
    "merge_case": "merge",
    "unmerge_case": "unmerge",
    "distinguish_case": "distinguish",
    "undistinguish_case": "undistinguish",
    "void_case": "void",
}
"""The last part of a deed's address, which is its url name as well: one deed, one word."""
NEXT = (
    "decide_extension",
    "accept_case",
    "sign_for_case",
    "resume_case",
    "return_case",
    "hear_case",
    "recheck_case",
    "reply_case",
    "call_back_case",
    "close_case",
    "assign_case",
    "unmerge_case",
)
"""What usually comes next; the first of these that is offered is the page's one solid button."""
PLAIN = frozenset({"accept_case", "sign_for_case"})
"""Deeds that ask nothing: one press does them."""
GRAVE = frozenset({"decline_case", "void_case", "withdraw_case"})

OF_A_PAIR = frozenset({"distinguish_case", "undistinguish_case"})
"""Deeds that are about another case too: they are offered beside it, never as buttons of the page."""


@dataclass(frozen=True)
class Offer:
    """A deed as a button of the page."""

    deed: str
    label: str
    href: str
    kind: str
    is_plain: bool


def offers_of(steps: Iterable[Step], case: Case, *, for_another: bool = False) -> list[Offer]:
    """Return the deeds as buttons: the usual next one first and solid, grave ones last."""
    found = sorted((step for step in steps if step.deed not in OF_A_PAIR), key=_rank)
    first = found[0].deed if found and found[0].deed in NEXT and not for_another else ""
    return [_offer(step, case, is_first=step.deed == first, for_another=for_another) for step in found]


def address_of(deed: str, case: Case) -> str:
    """Return the address of a deed's own page."""
    return f"{address_of_case(case.number)}/{URL_NAMES[deed]}"


def _offer(step: Step, case: Case, *, is_first: bool, for_another: bool) -> Offer:
    kind = "primary" if is_first else "danger" if step.deed in GRAVE else ""
    href = address_of(step.deed, case) + ("?for=another" if for_another else "")
    return Offer(step.deed, step.title, href, kind, step.deed in PLAIN and not for_another)


def _rank(step: Step) -> tuple[int, bool]:
    """Put the usual next ones first and grave ones last; the others stay in the table's order."""
    return (NEXT.index(step.deed) if step.deed in NEXT else len(NEXT), step.deed in GRAVE)
