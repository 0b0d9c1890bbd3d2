"""The life of a case as one table: which deed leads from which state to which, and what it does to the clocks.

The table is DESIGN's (stages of GB/T 30428); `docs/manual` holds a copy that a test compares with it.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    PAUSED = "paused"
    PARKED = "parked"
    REPLIED = "replied"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    VOID = "void"


STATE_TITLES = {
    State.REGISTERED: "已登记",
    State.ACCEPTED: "已受理",
    State.DECLINED: "不予受理",
    State.REDIRECTED: "已转出",
    State.ASSIGNED: "已派办",
    State.HANDLING: "办理中",
    State.PAUSED: "已中止",
    State.PARKED: "已挂账",
    State.REPLIED: "已反馈",
    State.CLOSED: "已销号",
    State.WITHDRAWN: "已撤回",
    State.MERGED: "已并案",
    State.VOID: "已作废",
}

STANDING_STILL = frozenset({State.PAUSED, State.PARKED})
"""In these every clock is stopped for a while."""
OPEN = STANDING_STILL | {State.REGISTERED, State.ACCEPTED, State.ASSIGNED, State.HANDLING, State.REPLIED}
"""A case in one of these still waits for somebody."""


class ClockName(StrEnum):
    """The clocks of a case."""

    ACCEPT = "accept"
    SIGN = "sign"
    OBJECT = "object"
    HANDLE = "handle"
    CALL_BACK = "call_back"
    REOPEN = "reopen"


CLOCK_TITLES = {
    ClockName.ACCEPT: "受理",
    ClockName.SIGN: "签收",
    ClockName.OBJECT: "异议",
    ClockName.HANDLE: "办理",
    ClockName.CALL_BACK: "回访",
    ClockName.REOPEN: "重办",
}
ALL_CLOCKS = frozenset(ClockName)


@dataclass(frozen=True)
class Step:
    """One deed of the table: `target` None leaves the state as it is, `goes_back` returns to the one before 并案."""

    deed: str
    title: str
    entry: str
    sources: frozenset[State]
    target: State | None = None
    stops: frozenset[ClockName] = frozenset()
    starts: ClockName | None = None
    goes_back: bool = False

    @property
    def permission(self) -> str:
        """Return the right that the deed takes, as `people.rights` names it."""
        return f"cases.{self.deed}"

    @property
    def answers_urging(self) -> bool:
        """Tell whether the deed shows that something is done about the case, so that 催办 is answered."""
        return self.target is not None or self.deed == "report_progress"


def _step(
    deed: str,
    title: str,
    entry: str,
    *,
    sources: set[State] | frozenset[State],
    target: State | None = None,
    stops: set[ClockName] | frozenset[ClockName] = frozenset(),
    starts: ClockName | None = None,
    goes_back: bool = False,
) -> Step:
    return Step(deed, title, f"case.{entry}", frozenset(sources), target, frozenset(stops), starts, goes_back)


_S, _C = State, ClockName
STEPS = {
    step.deed: step
    for step in (
        _step("register_case", "登记", "registered", sources=set(), target=_S.REGISTERED, starts=_C.ACCEPT),
        _step(
            "accept_case",
            "受理",
            "accepted",
            sources={_S.REGISTERED},
            target=_S.ACCEPTED,
            stops={_C.ACCEPT},
            starts=_C.HANDLE,
        ),
        _step(
            "decline_case",
            "不予受理",
            "declined",
            sources={_S.REGISTERED},
            target=_S.DECLINED,
            stops={_C.ACCEPT},
        ),
        _step(
            "redirect_case",
            "转出",
            "redirected",
            sources={_S.REGISTERED},
            target=_S.REDIRECTED,
            stops={_C.ACCEPT},
        ),
        _step(
            "settle_case", "当场办结", "settled", sources={_S.REGISTERED}, target=_S.CLOSED, stops={_C.ACCEPT}
        ),
        _step(
            "assign_case",
            "派办",
            "assigned",
            sources={_S.ACCEPTED, _S.ASSIGNED},
            target=_S.ASSIGNED,
            stops={_C.SIGN, _C.OBJECT},
            starts=_C.SIGN,
        ),
        _step(
            "object_case",
            "异议",
            "objected",
            sources={_S.ASSIGNED},
            target=_S.ACCEPTED,
            stops={_C.SIGN},
            starts=_C.OBJECT,
        ),
        _step(
            "transfer_case", "转办", "transferred", sources={_S.HANDLING}, target=_S.ASSIGNED, starts=_C.SIGN
        ),
        _step(
            "sign_for_case",
            "签收",
            "signed_for",
            sources={_S.ASSIGNED},
            target=_S.HANDLING,
            stops={_C.SIGN},
        ),
        _step(
            "recall_case", "收回派办", "recalled", sources={_S.ASSIGNED}, target=_S.ACCEPTED, stops={_C.SIGN}
        ),
        _step("pause_case", "中止", "paused", sources={_S.HANDLING}, target=_S.PAUSED),
        _step("resume_case", "恢复", "resumed", sources={_S.PAUSED}, target=_S.HANDLING),
        _step("park_case", "挂账", "parked", sources={_S.HANDLING}, target=_S.PARKED),
        _step("return_case", "转回", "returned", sources={_S.PARKED}, target=_S.HANDLING),
        _step("hear_case", "听证", "heard", sources={_S.HANDLING}),
        _step("ask_extension", "申请延期", "extension_asked", sources={_S.HANDLING}),
        _step("decide_extension", "批准延期", "extension_decided", sources=STANDING_STILL | {_S.HANDLING}),
        _step("report_progress", "报进度", "progress_reported", sources=OPEN),
        _step("urge_case", "催办", "urged", sources=OPEN),
        _step("comment_case", "备注", "commented", sources=frozenset(State) - {_S.VOID}),
        _step("attach_file", "附件", "file_attached", sources=frozenset(State) - {_S.VOID}),
        _step(
            "reply_case",
            "反馈",
            "replied",
            sources={_S.HANDLING},
            target=_S.REPLIED,
            stops={_C.HANDLE, _C.REOPEN},
            starts=_C.CALL_BACK,
        ),
        _step("rate_case", "评价", "rated", sources={_S.REPLIED}, stops={_C.CALL_BACK}),
        _step("call_back_case", "回访", "called_back", sources={_S.REPLIED}, stops={_C.CALL_BACK}),
        _step("close_case", "销号", "closed", sources={_S.REPLIED}, target=_S.CLOSED, stops=ALL_CLOCKS),
        _step(
            "reopen_case",
            "退回重办",
            "reopened",
            sources={_S.REPLIED, _S.CLOSED},
            target=_S.HANDLING,
            stops={_C.CALL_BACK},
            starts=_C.REOPEN,
        ),
        _step("recheck_case", "回头看", "rechecked", sources={_S.CLOSED}),
        _step("withdraw_case", "撤回", "withdrawn", sources=OPEN, target=_S.WITHDRAWN, stops=ALL_CLOCKS),
        _step("merge_case", "并案", "merged", sources=OPEN, target=_S.MERGED, stops=ALL_CLOCKS),
        _step("unmerge_case", "撤销并案", "unmerged", sources={_S.MERGED}, goes_back=True),
        _step("distinguish_case", "不是重复件", "distinguished", sources=frozenset(State) - {_S.VOID}),
        _step(
            "undistinguish_case", "撤销不是重复件", "undistinguished", sources=frozenset(State) - {_S.VOID}
        ),
        _step("void_case", "作废", "voided", sources=OPEN, target=_S.VOID, stops=ALL_CLOCKS),
    )
}
"""Every deed, in the order in which a case meets them."""


def fitting(state: State) -> list[Step]:
    """Return the deeds that fit a case in `state`."""
    return [step for step in STEPS.values() if state in step.sources]


IMPORTED, IMPORT_UNDONE = "case.imported", "case.import_undone"
"""Entries of a 历史件: taken in with all that was done, and taken back; no deeds of the table."""
ESCALATED = "case.escalated"
"""The entry of a rung of the ladder that came: the system's, and nothing that a reader's page is out of date by."""
