"""派办异议: the unit that a case was given to says whose it is instead; the next assignment decides."""

from banjie.base.errors import Conflict, InvalidInput
from banjie.cases.actions.checks import check_may_sign, wanted
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case, Objection
from banjie.cases.occasion import Occasion
from banjie.cases.rules.routing import objections_allowed
from banjie.cases.workflow import ClockName
from banjie.people.models import Unit


def object_case(case: Case, occasion: Occasion, *, reason: str, basis: str, should_go_to: str) -> Case:
    """异议: before signing, say on what ground a case is not the unit's own and whose it is (S-001, S-039).

    It waits to be assigned again, and a clock runs for whoever assigns. Raises Conflict for a unit that objected to
    this case before and was told that it stays.
    """

    def act(underway: Underway) -> None:
        check_may_sign(underway)
        _check_told(reason, basis, should_go_to)
        unit = underway.case.unit
        assert unit is not None  # noqa: S101  an assigned case has its unit
        _refuse_again(underway, unit)
        raised = Objection(
            town=underway.case.town,
            case=underway.case,
            unit=unit,
            reason=reason,
            basis=basis,
            should_go_to=should_go_to,
            raised_by=underway.occasion.acting.id,
            raised_at=underway.occasion.told_at,
        )
        underway.touch(raised, {})
        underway.start(ClockName.OBJECT)
        freed = {"unit_id": None, "handler_id": None, "assigned_at": None}
        underway.finish(changes=freed, words=f"{reason}。依据：{basis}。应由{should_go_to}办。")

    content = [reason, basis, should_go_to]
    return on_case(case, "object_case", occasion, content=content, act=act)


def decide_objection(underway: Underway, to_unit: object, words: str) -> None:
    """Let an open objection stand where the case goes elsewhere, and fall where it goes back to who objected."""
    raised = Objection.objects.filter(case=underway.case, decided_at__isnull=True).first()
    if raised is None:
        return
    is_upheld = to_unit != raised.unit_id
    if not is_upheld:
        wanted(words, field="words", problem="异议不成立、仍派给原单位的，请写明为什么归它办。")
    decided = {
        "decided_by": underway.occasion.acting.id,
        "decided_at": underway.occasion.told_at,
        "is_upheld": is_upheld,
    }
    underway.touch(raised, decided)


def _check_told(reason: str, basis: str, should_go_to: str) -> None:
    problems = {
        "reason": "" if reason.strip() else "请写明为什么不属本单位办。",
        "basis": "" if basis.strip() else "请写明依据，例如履职事项清单的哪一条、哪个文件。",
        "should_go_to": "" if should_go_to.strip() else "请写明应由哪个单位办；不能只说不归自己。",
    }
    if told := {field: problem for field, problem in problems.items() if problem}:
        raise InvalidInput("".join(told.values()), fields=told)


def _refuse_again(underway: Underway, unit: Unit) -> None:
    case = underway.case
    fallen = Objection.objects.filter(case=case, unit=unit, is_upheld=False).count()
    if fallen >= objections_allowed(underway.rules):
        raise Conflict(
            f"本单位对{case.number}提过异议，已裁定仍由本单位办，不能再提。请签收办理；确有新情况的，签收后转办。"
        )
