"""受理, 不予受理, 转出, 派办, 转办, 签收: who is to do what was asked, and whether we do it at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.cases.actions.checks import check_hands_on, check_may_sign, wanted
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.objecting import decide_objection
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.rules.acceptance import late_counts_from_registration
from banjie.cases.rules.first_asker import Between, OwnsUntil, between, owns_until
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import ClockName, State
from banjie.people.queries import staff_labels, unit_labels

LATE = "受理已过时限，办理时限从登记起算"


@dataclass(frozen=True)
class Assignee:
    """The unit that is to handle a case and, where it is known, the person."""

    unit_id: UUID
    staff_id: UUID | None = None


def accept_case(case: Case, occasion: Occasion, *, category: str = "") -> Case:
    """受理: take the request on; the handling clock starts (S-002, 行政许可法 第三十二条).

    `category` puts it under a category in the same breath, by which the clock's term is chosen.
    """

    def act(underway: Underway) -> None:
        sorted_in = _sorted_in(underway, category)
        late_since = _late_since(underway)
        underway.start(ClockName.HANDLE, category=category, since=late_since)
        told = {"accepted_at": underway.occasion.told_at, **sorted_in}
        said = [_said_of(underway, category), LATE if late_since else ""]
        underway.finish(changes=told, words="。".join(filter(None, said)))

    return on_case(case, "accept_case", occasion, content=category or None, act=act)


def decline_case(case: Case, occasion: Occasion, *, reason: str) -> Case:
    """不予受理: say no, with the reason that the asker is told."""

    def act(underway: Underway) -> None:
        wanted(reason, field="reason", problem="请写明不予受理的理由和依据，这句话要告诉诉求人。")
        underway.finish(changes={"closing_basis": reason[:200]}, words=reason)

    return on_case(case, "decline_case", occasion, content=reason, act=act)


def redirect_case(case: Case, occasion: Occasion, *, destination: str, reason: str = "") -> Case:
    """转出: send the asker on to a named destination; nobody is refused without one (S-001)."""

    def act(underway: Underway) -> None:
        wanted(destination, field="destination", problem="请写明转到哪个单位，诉求人要去找它。")
        underway.finish(changes={"closing_basis": destination[:200]}, words=f"转至{destination}。{reason}")

    return on_case(case, "redirect_case", occasion, content=[destination, reason], act=act)


def assign_case(case: Case, occasion: Occasion, *, to: Assignee, words: str = "", category: str = "") -> Case:
    """派办: give the case to a unit, or to one person of it; the first asker owns it until it is signed for.

    `category` puts it under a category in the same breath; the term that it was accepted with stands.
    """

    def act(underway: Underway) -> None:
        sorted_in = _sorted_in(underway, category)
        decide_objection(underway, to.unit_id, words)
        said = "。".join(filter(None, (words, _said_of(underway, category))))
        _hand_to(underway, to, said, changes=sorted_in)

    content = [to.unit_id, to.staff_id, words, *([category] if category else [])]
    return on_case(case, "assign_case", occasion, content=content, act=act)


def recall_case(case: Case, occasion: Occasion, *, words: str = "") -> Case:
    """收回派办: take back what was assigned and nobody has signed for; it waits to be assigned again."""

    def act(underway: Underway) -> None:
        freed = {"unit_id": None, "handler_id": None, "assigned_at": None}
        underway.finish(changes=freed, words=words)

    return on_case(case, "recall_case", occasion, content=words, act=act)


def transfer_case(case: Case, occasion: Occasion, *, to: Assignee, words: str) -> Case:
    """转办: pass a case that is being handled to another unit or person, saying why; the owner stays until signed."""

    def act(underway: Underway) -> None:
        if not underway.occasion.acting.may("cases.assign_case"):
            check_hands_on(underway)
        wanted(words, field="words", problem="请写明为什么转办、已经办到哪一步。")
        _hand_to(underway, to, words)

    return on_case(case, "transfer_case", occasion, content=[to.unit_id, to.staff_id, words], act=act)


def sign_for_case(case: Case, occasion: Occasion) -> Case:
    """签收: from now on this person is responsible (S-001: a handover counts only when acknowledged)."""

    def act(underway: Underway) -> None:
        check_may_sign(underway)
        acting = underway.occasion.acting
        signed = {
            "signed_at": underway.occasion.told_at,
            "handler_id": acting.id,
            "responsible_id": underway.case.led_by_id or acting.id,
        }
        underway.finish(changes=signed)

    return on_case(case, "sign_for_case", occasion, content=None, act=act)


def _late_since(underway: Underway) -> datetime | None:
    """Return when a case was received that is accepted too late, where handling then runs from there."""
    if not late_counts_from_registration(underway.rules, underway.case.kind):
        return None
    at = underway.occasion.told_at
    late = [c for c in underway.clocks if c.name == ClockName.ACCEPT and c.standing_due_at < at]
    return late[0].started_at if late else None


def _sorted_in(underway: Underway, category: str) -> dict[str, object]:
    """Return the change that puts the case under a category, if one was chosen."""
    if not category:
        return {}
    if not underway.rules.categories.takes(category):
        problem = "没有这个类别，或者已经停用。请从列表中选择。"
        raise InvalidInput(problem, fields={"category": problem})
    return {"category": category}


def _said_of(underway: Underway, category: str) -> str:
    return f"归为{underway.rules.categories.find(category).title}" if category else ""


def _hand_to(
    underway: Underway, to: Assignee, words: str, *, changes: Mapping[str, object] | None = None
) -> None:
    town = underway.case.town
    if to.unit_id not in {unit.id for unit in unit_labels(town)}:
        raise InvalidInput("请选择承办单位。", fields={"unit": "请选择承办单位。"})
    if to.staff_id is not None:
        if to.staff_id not in dict(staff_labels(town)):
            problem = "这位工作人员已停用或不在本镇。请另选一人，或只派到单位。"
            raise InvalidInput(problem, fields={"staff": problem})
    elif underway.case.sensitivity == Sensitivity.HANDLERS_ONLY:
        problem = "仅经办人可见的件要派到人，派到单位没有人看得见。请选择经办人。"
        raise InvalidInput(problem, fields={"staff": problem})
    underway.start(ClockName.SIGN)
    handed: dict[str, object] = {
        "unit_id": to.unit_id,
        "handler_id": to.staff_id,
        "assigned_at": underway.occasion.told_at,
    }
    handed |= _answering(underway, to)
    underway.finish(changes={**handed, **(changes or {})}, words=words)


def _answering(underway: Underway, to: Assignee) -> dict[str, object]:
    """Return who answers for the case until somebody signs, where it is another than now (首问责任制)."""
    case = underway.case
    if case.led_by_id:
        return {}
    if to.staff_id and owns_until(underway.rules) is OwnsUntil.ASSIGNED:
        return {"responsible_id": to.staff_id}
    if case.state == State.HANDLING and between(underway.rules) is Between.FIRST_ASKER:
        return {"responsible_id": case.first_asker_id}
    return {}
