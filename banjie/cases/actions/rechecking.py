"""回头看: some while after 销号 another than the handler looks whether it holds (S-089)."""

from datetime import date, timedelta

from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.cases.actions.checks import refuse_handler, wanted
from banjie.cases.actions.doing import following, on_case
from banjie.cases.actions.rounds import send_back
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.rules.closing import rechecks_of
from banjie.rulebook.in_force import Rules


def recheck_case(case: Case, occasion: Occasion, *, is_sound: bool, words: str) -> Case:
    """回头看: it holds, and the next look is due or none; or it does not, and the case goes back in the same breath.

    Raises Conflict before the day of the look, and for a case that the closing rule asks no look for.
    """

    def act(underway: Underway) -> None:
        refuse_handler(underway, "回头看")
        wanted(words, field="words", problem="请写明去看了什么、现在怎么样。")
        _check_day(underway)
        underway.finish(changes={"recheck_on": _next_on(underway) if is_sound else None}, words=words)
        if not is_sound:
            send_back(following(underway, "reopen_case"), f"回头看发现没有解决：{words}")

    return on_case(case, "recheck_case", occasion, content=[is_sound, words], act=act)


def first_recheck_on(rules: Rules, kind: str, *, closed_on: date) -> date | None:
    """Return when a case closed today is first looked at again; None where the rule asks for no look."""
    spans = rechecks_of(rules, kind)
    return closed_on + spans[0] if spans else None


def _check_day(underway: Underway) -> None:
    due_on = underway.case.recheck_on
    if due_on is None:
        raise Conflict(f"{underway.case.number}不用回头看，或者已经看完。")
    if local_day(underway.occasion.told_at) < due_on:
        raise Conflict(f"{underway.case.number}要到{due_on:%-m月%-d日}才回头看，现在看不出管不管用。")


def _next_on(underway: Underway) -> date | None:
    """Return the day of the look after the one that was due: those spans that reach beyond it."""
    case = underway.case
    spans: tuple[timedelta, ...] = rechecks_of(underway.rules, case.kind)
    if case.closed_at is None or case.recheck_on is None:
        return None
    days = [local_day(case.closed_at) + span for span in spans]
    return min((day for day in days if day > case.recheck_on), default=None)
