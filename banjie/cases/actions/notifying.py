"""Whom a deed tells in the inbox: those in whose hands it puts something; whoever did it himself is not told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from banjie.cases.ladder import Receiver
from banjie.cases.models import Case
from banjie.cases.queries.receivers import Target, hearers_of
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import Step
from banjie.notices.actions import Telling
from banjie.notices.vocabulary import NoticeKind
from banjie.people.queries import StaffActor
from banjie.rulebook.in_force import Rules


@dataclass(frozen=True)
class _Says:
    """What a deed says, and to whom: to the first of the receivers that anybody is."""

    kind: NoticeKind
    words: str
    to: tuple[Receiver, ...]


_SAYS = {
    "assign_case": _Says(NoticeKind.ASSIGNED, "派办，请签收", (Receiver.HANDLER, Receiver.HEAD)),
    "transfer_case": _Says(NoticeKind.ASSIGNED, "转办，请签收", (Receiver.HANDLER, Receiver.HEAD)),
    "object_case": _Says(NoticeKind.ASSIGNED, "承办单位提出异议，请改派或者维持", (Receiver.DISPATCHER,)),
    "return_case": _Says(NoticeKind.ASSIGNED, "挂账转回，请接着办", (Receiver.HANDLER,)),
    "urge_case": _Says(NoticeKind.URGED, "被催办，请回应", (Receiver.RESPONSIBLE,)),
    "reopen_case": _Says(NoticeKind.REOPENED, "退回重办", (Receiver.HANDLER,)),
    "ask_extension": _Says(NoticeKind.EXTENSION, "申请延期，请批", (Receiver.HEAD,)),
    "decide_extension": _Says(NoticeKind.EXTENSION, "延期已批复", (Receiver.HANDLER,)),
}
"""Deeds that tell somebody; every other one tells nobody and costs nothing more."""


def tellings_of(
    step: Step, case: Case, told: Mapping[str, object], *, by: StaffActor, rules: Rules, at: datetime
) -> list[Telling]:
    """Return what a deed tells: number and category, never the matter's own words; `told` are its changes."""
    says = _SAYS.get(step.deed)
    if says is None:
        return []
    after = {
        name: told.get(name, getattr(case, name)) for name in ("responsible_id", "handler_id", "unit_id")
    }
    handler_id = after["handler_id"]
    wanted = [one for one in says.to if one is not Receiver.HANDLER or handler_id]
    reached = hearers_of(case.town, at=at).of(wanted[:1], Target(**after))  # type: ignore[arg-type]
    people = {person.id for found in reached.values() for person in found} - {by.id}
    if not people:
        return []
    tree = rules.categories
    is_told = case.sensitivity == Sensitivity.ORDINARY and case.category in tree
    matter = f" {tree.find(case.category).title}" if is_told else ""
    return [
        Telling(
            town=case.town,
            to=sorted(people),
            kind=says.kind,
            key=f"{step.deed}:{case.pk}:{at.isoformat()}",
            title=f"{case.number}{matter}：{says.words}",
            about=f"case:{case.number}",
            group_id=after["unit_id"],  # type: ignore[arg-type]
        )
    ]
