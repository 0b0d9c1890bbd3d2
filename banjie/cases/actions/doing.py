"""Do one deed on one case: lock it, check, act, record, and answer a repeat with the case as it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.cases.actions.checks import check_order, check_right, check_time
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.queries import clocks_of, locked_case
from banjie.cases.workflow import STATE_TITLES, STEPS, State
from banjie.ledger.actions import once
from banjie.ledger.kept import look_again
from banjie.rulebook.queries import rules_on


def following(underway: Underway, deed: str) -> Underway:
    """Return the deed that follows from another in the same breath, on the same locked case and by its right."""
    clocks = clocks_of(underway.case.pk)
    next_one = Underway(STEPS[deed], underway.case, underway.occasion.followed(), underway.rules, clocks)
    next_one.stop(next_one.step.stops)
    return next_one


def begin(case: Case, deed: str, occasion: Occasion) -> Underway:
    """Lock the case and check that this person may do this deed to it now.

    Raises NotFound outside his scope, NotAllowed without the right, Conflict when the state does not fit.
    """
    step = STEPS[deed]
    occasion.check_ground()
    locked = locked_case(occasion.acting, case.pk)
    look_again()
    check_right(step, locked, occasion)
    if State(locked.state) not in step.sources:
        now_is = STATE_TITLES[State(locked.state)]
        raise Conflict(f"{locked.number}现在是“{now_is}”，不能{step.title}，可能已被他人处理。请刷新后再看。")
    rules = rules_on(locked.town, local_day(occasion.at))
    check_time(occasion, rules)
    underway = Underway(step, locked, occasion, rules, clocks_of(locked.pk))
    check_order(underway)
    underway.stop(step.stops)
    return underway


def on_case(
    case: Case,
    deed: str,
    occasion: Occasion,
    *,
    content: object,
    act: Callable[[Underway], object],
    also: Sequence[UUID] = (),
) -> Case:
    """Do one deed on one case in one transaction; a repeat of the client key gets the case as it stands.

    `also` are further cases that the deed concerns: all are locked first, in one order, so that two such deeds on
    the same cases wait for each other and neither for ever.
    """
    told = replace(occasion, content={"deed": deed, "case": case.pk, "content": content})

    def run() -> Case:
        if also:
            _lock([case.pk, *also])
        underway = begin(case, deed, told)
        act(underway)
        return underway.case

    return once(told.stamp(), run, again=lambda pk: Case.objects.get(pk=pk))


def _lock(ids: Sequence[UUID]) -> None:
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("id").values_list("pk"))
