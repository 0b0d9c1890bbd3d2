"""并案 and 撤销并案: two requests about one matter run as one case, and may be parted again (U4)."""

from collections.abc import Mapping

from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.cases.actions.checks import refuse_handler
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.handling import resume_clock
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.queries import NOT_THERE, visible_to
from banjie.cases.workflow import OPEN, STANDING_STILL, State
from banjie.ledger.record import Deed

MERGED_IN, PARTED = "case.merged_in", "case.parted"
"""The entries on the case that stands, beside those on the one that was merged into it."""


def merge_case(case: Case, occasion: Occasion, *, into: Case, words: str = "") -> Case:
    """并案: stop this case's clocks and let `into` stand for it; whoever asked is told through that one.

    Raises Conflict when `into` no longer waits for anybody, InvalidInput for the case itself, another town's, or one
    that another system owns: its number and its due time are owed there (mirrored cases may only be merged into).
    """

    def act(underway: Underway) -> None:
        refuse_handler(underway, "并案")
        standing = _standing(underway, into)
        _pause_running(underway)
        underway.finish(
            changes={"merged_into_id": standing.pk, "state_before": underway.case.state},
            words=f"并入{standing.number}。{words}",
            besides=[Deed(MERGED_IN, standing, words=f"{underway.case.number}并入。{words}")],
        )

    content = [into.pk, words]
    return on_case(case, "merge_case", occasion, content=content, act=act, also=[into.pk])


def unmerge_case(case: Case, occasion: Occasion, *, words: str = "") -> Case:
    """撤销并案: return to the state before; the clocks go on as if they had only been paused meanwhile."""

    def act(underway: Underway) -> None:
        merged = underway.case
        before = State(merged.state_before)
        for clock in underway.clocks:
            if clock.stopped_at is not None and clock.paused_at is not None:
                if before in STANDING_STILL:
                    underway.touch(clock, {"stopped_at": None})
                else:
                    resume_clock(underway, clock, clock.paused_at, stopped_at=None)
        back: Mapping[str, object] = {
            "state": before,
            "is_open": before in OPEN,
            "merged_into_id": None,
            "state_before": "",
        }
        standing = merged.merged_into
        told = [Deed(PARTED, standing, words=f"{merged.number}分出。{words}")] if standing else []
        number = standing.number if standing else ""
        underway.finish(changes=back, words=f"从{number}分出。{words}", besides=told)

    also = [case.merged_into_id] if case.merged_into_id else []
    return on_case(case, "unmerge_case", occasion, content=words, act=act, also=also)


def _standing(underway: Underway, into: Case) -> Case:
    """Return the case that is to stand, locked already, or refuse it with its reason."""
    case, acting = underway.case, underway.occasion.acting
    if into.pk == case.pk:
        problem = "不能并入它自己。请填另一件的编号。"
        raise InvalidInput(problem, fields={"into": problem})
    if case.is_mirrored:
        raise Conflict(
            f"{case.number}是{case.outer_system or '外部系统'}的工单，要按原编号单独回填，不能并入别的件。"
        )
    standing = visible_to(acting).filter(pk=into.pk, town=case.town).first()
    if standing is None:
        raise NotFound(NOT_THERE)
    if State(standing.state) not in OPEN:
        raise Conflict(
            f"{standing.number}现在是“{standing.get_state_display()}”，没有人在办了，不能并入。请另选一件。"
        )
    return standing


def _pause_running(underway: Underway) -> None:
    """Mark the clocks that 并案 stops as paused too: by that 撤销并案 knows them from those stopped before."""
    for clock in underway.clocks:
        if clock.is_running:
            underway.touch(clock, {"paused_at": underway.occasion.told_at})
