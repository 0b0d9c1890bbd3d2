"""What a person may do to a case now: what its state allows, his rights, and whose hands it is in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.models import Case, Voice
from banjie.cases.queries.file import CaseFile
from banjie.cases.vocabulary import CONTENT, Mark, Speaker
from banjie.cases.workflow import ClockName, State, Step, fitting
from banjie.people.queries import StaffActor
from banjie.people.rights import LEAD_RIGHTS, PIN_RIGHTS, RIGHTS, Role

ON_DEVICE = (RIGHTS[Role.VILLAGE_CADRE] | RIGHTS[Role.GRID_WORKER]) & PIN_RIGHTS
"""What a village's shared device offers before anyone has said 谁在办; the action asks that person's own rights."""


def deeds_for(actor: StaffActor, case: Case) -> list[Step]:
    """Return the deeds that fit the case's state and that this person has the right to (checked again on doing)."""
    leads = case.handler_id == actor.id
    steps = fitting(State(case.state))
    if actor.is_shared_device:
        return [step for step in steps if step.permission in ON_DEVICE]
    return [s for s in steps if actor.may(s.permission) or (leads and s.permission in LEAD_RIGHTS)]


def deeds_now(actor: StaffActor, file: CaseFile, *, at: datetime) -> list[Step]:
    """Return exactly the deeds that this person may do now: no button that would only be refused (U9)."""
    steps = deeds_for(actor, file.case)
    if actor.is_shared_device:
        return [step for step in steps if _is_ripe(step, file, at)]
    return [step for step in steps if _is_ripe(step, file, at) and _BY.get(step.deed, _anyone)(actor, file)]


def deeds_for_another(actor: StaffActor, file: CaseFile, *, at: datetime) -> list[Step]:
    """Return the deeds that this person may write down for someone who does not log in (代录)."""
    if not actor.may("cases.record_for_another"):
        return []
    return [step for step in fitting(State(file.case.state)) if _is_ripe(step, file, at)]


def is_head_of(actor: StaffActor, unit_id: UUID | None) -> bool:
    """Tell whether the person heads this unit."""
    return any(h.role is Role.UNIT_HEAD and h.unit_id == unit_id for h in actor.holdings)


def may_print_receipt(actor: StaffActor, case: Case) -> bool:
    """Tell whether he may print the receipt: by his post, or as the one who leads this case."""
    return actor.may("cases.print_receipt") or case.handler_id == actor.id


def _is_ripe(step: Step, file: CaseFile, at: datetime) -> bool:
    """Tell whether the case holds what the deed is about: an extension to decide, a term that can still move."""
    return _RIPE[step.deed](file, at) if step.deed in _RIPE else True


def _can_be_decided(file: CaseFile, at: datetime) -> bool:
    can_still = any(clock.name == ClockName.HANDLE and clock.stopped_at is None for clock in file.clocks)
    return can_still and file.open_extension is not None


def _can_be_extended(file: CaseFile, at: datetime) -> bool:
    running = [clock for clock in file.clocks if clock.name == ClockName.HANDLE and clock.is_running]
    can_move = any(not clock.is_given and clock.due_at and at <= clock.due_at for clock in running)
    return can_move and file.open_extension is None


def _is_to_be_rechecked(file: CaseFile, at: datetime) -> bool:
    return file.case.recheck_on is not None and file.case.recheck_on <= local_day(at)


_RIPE: dict[str, Callable[[CaseFile, datetime], bool]] = {
    "decide_extension": _can_be_decided,
    "ask_extension": _can_be_extended,
    "hear_case": lambda file, _: file.owes_hearing,
    "reply_case": lambda file, _: not file.owes_hearing,
    "recheck_case": _is_to_be_rechecked,
    "object_case": lambda file, _: file.may_object,
    "merge_case": lambda file, _: not file.case.is_mirrored,
    "reopen_case": lambda file, _: not file.case.is_historical,
}
"""Deeds that take more than a state: what the case must hold."""


def _anyone(actor: StaffActor, file: CaseFile) -> bool:
    return True


def _has_it_in_hand(actor: StaffActor, file: CaseFile) -> bool:
    """Tell whether he handles the case, stands in for who does, or heads the unit (首问责任制、AB岗)."""
    case = file.case
    stands_in = file.handler is not None and file.handler.staff.id == actor.id
    return case.handler_id == actor.id or stands_in or is_head_of(actor, case.unit_id)


def _may_sign(actor: StaffActor, file: CaseFile) -> bool:
    if file.case.handler_id:
        return _has_it_in_hand(actor, file)
    return file.case.unit_id in actor.unit_ids


def _may_transfer(actor: StaffActor, file: CaseFile) -> bool:
    return actor.may("cases.assign_case") or _has_it_in_hand(actor, file)


def _may_decide(actor: StaffActor, file: CaseFile) -> bool:
    asked = file.open_extension
    return asked is not None and actor.id not in (asked.asked_by, file.case.handler_id)


def _is_another(actor: StaffActor, file: CaseFile) -> bool:
    """Tell whether he is neither the handler nor who replied in this round in the handler's stead."""
    claimed = {voice.by for voice in _of_round(file) if voice.speaker == Speaker.HANDLER}
    return actor.id not in {file.case.handler_id, *claimed}


def _may_close(actor: StaffActor, file: CaseFile) -> bool:
    """Tell whether he is a second person, or the asker's own code lies before him."""
    has_code = any(v.mark == Mark.SLIP_CODE and v.said in CONTENT for v in _of_round(file))
    return has_code or _is_another(actor, file)


def _of_round(file: CaseFile) -> Iterator[Voice]:
    return (voice for voice in file.voices if voice.round == file.case.round)


_BY: dict[str, Callable[[StaffActor, CaseFile], bool]] = {
    "sign_for_case": _may_sign,
    "object_case": _may_sign,
    "park_case": _is_another,
    "return_case": _may_transfer,
    "transfer_case": _may_transfer,
    "pause_case": _has_it_in_hand,
    "resume_case": _has_it_in_hand,
    "ask_extension": _has_it_in_hand,
    "decide_extension": _may_decide,
    "reply_case": _has_it_in_hand,
    "hear_case": _is_another,
    "call_back_case": _is_another,
    "recheck_case": _is_another,
    "withdraw_case": _is_another,
    "merge_case": _is_another,
    "void_case": _is_another,
    "close_case": _may_close,
}
"""Deeds that take more than a right: whose hands the case is in."""
