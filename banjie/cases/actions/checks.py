"""Checks that several deeds share: an empty text, whose hands a case is in, the second person, the told time."""

from datetime import timedelta

from banjie.base.errors import InvalidInput, NotAllowed
from banjie.cases.actions.underway import Underway
from banjie.cases.clocks import pauses_from
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.queries import is_head_of
from banjie.cases.rules.posts import fallback_on
from banjie.cases.settings import setting
from banjie.cases.workflow import Step
from banjie.people.queries import roster_of
from banjie.people.rights import LEAD_RIGHTS
from banjie.rulebook.in_force import Rules
from banjie.rulebook.setting_keys import SettingKey
from banjie.worktime.hours import local


def wanted(text: str, *, field: str, problem: str) -> None:
    """Refuse an empty text with the sentence that says what to write."""
    if not text.strip():
        raise InvalidInput(problem, fields={field: problem})


def check_hands_on(underway: Underway) -> None:
    """Let only whoever handles the case, his stand-in or his unit's head go on (首问责任制、AB岗)."""
    case, acting = underway.case, underway.occasion.acting
    if case.handler_id == acting.id or is_head_of(acting, case.unit_id) or _stands_in(underway):
        return
    raise NotAllowed(
        f"{case.number}由{_name(case)}经办，不能由您{underway.step.title}。请与经办人或其单位负责人联系。"
    )


def check_may_sign(underway: Underway) -> None:
    """Let only whom the case was given to answer for taking it: the person named, or anyone of the unit."""
    case, acting = underway.case, underway.occasion.acting
    if case.handler_id:
        check_hands_on(underway)
    elif case.unit_id not in acting.unit_ids:
        raise NotAllowed(f"{case.number}派给了{case.unit}，由该单位的人{underway.step.title}。")


def refuse_handler(underway: Underway, deed: str) -> None:
    """Refuse the handler what takes a second person, also when he writes it down in another's name (代录)."""
    if underway.handlers & underway.occasion.hands:
        raise NotAllowed(f"自己经办的件不能由自己{deed}。请由督办或窗口人员{deed}。")


def check_right(step: Step, case: Case, occasion: Occasion) -> None:
    """Refuse whoever has no right to the deed; whoever leads the case may do a lead's deeds without a post."""
    acting = occasion.acting
    leads = case.handler_id == acting.id and step.permission in LEAD_RIGHTS
    if not (acting.may(step.permission) or leads):
        raise NotAllowed(f"您的岗位没有“{step.title}”的权限。请找党政办或单位负责人办理。")


def check_order(underway: Underway) -> None:
    """Refuse a told time before the step that the case took last; forms tell minutes, so seconds do not count."""
    case, told_at = underway.case, underway.occasion.happened_at
    if told_at is None or underway.step.target is None:
        return
    steps = [
        case.happened_at,
        case.accepted_at,
        case.assigned_at,
        case.signed_at,
        case.done_at,
        case.closed_at,
    ]
    for clock in underway.clocks:
        steps += [
            clock.started_at,
            clock.paused_at,
            *(pause.resumed_at for pause in pauses_from(clock.pauses)),
        ]
    last = max(step for step in steps if step is not None)
    if told_at < last.replace(second=0, microsecond=0):
        problem = f"发生时间早于这一件的上一步（{local(last):%-m月%-d日%-H:%M}）。请核对。"
        raise InvalidInput(problem, fields={"happened_at": problem})


def check_time(occasion: Occasion, rules: Rules) -> None:
    """Hold the told time against the rulebook's span for 补录."""
    occasion.check_time(span=setting(rules, SettingKey.BACKDATING_SPAN, timedelta))


def _stands_in(underway: Underway) -> bool:
    case, occasion = underway.case, underway.occasion
    if case.handler_id is None:
        return False
    roster = roster_of(case.town, at=occasion.at, fallback=fallback_on(underway.rules))
    return roster.stands_in(case.handler_id).staff.id == occasion.acting.id


def _name(case: Case) -> str:
    return case.handler.name if case.handler else "尚未签收的单位"
