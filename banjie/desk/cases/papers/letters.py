"""商请函: what a unit writes to whom it says a case belongs, drafted from its objection with the ground (S-039)."""

from dataclasses import dataclass

from banjie.base.errors import NotFound
from banjie.desk.cases.papers.receipts import say_long
from banjie.desk.cases.sight import Sight


@dataclass(frozen=True)
class Letter:
    """The letter in its parts; of whoever asked it names nobody."""

    title: str
    to: str
    paragraphs: tuple[str, ...]
    sender: str
    day: str


def letter_of(sight: Sight) -> Letter:
    """Return the letter about the newest objection of a case. Raises NotFound where nobody objected."""
    case = sight.case
    raised = max(sight.file.objections, key=lambda one: one.raised_at, default=None)
    if raised is None:
        raise NotFound("这一件没有单位提过异议，没有商请函可打。要改由别的单位办的，请先提“异议”。")
    due = case.given_due_at or case.handle_due_at
    matter = f"{say_long(case.happened_at)}，我镇登记了编号{case.number}的{sight.kind_title}，事由为“{case.title}”。"
    ground = f"经核，此事不属{raised.unit.name}职责：{raised.reason.rstrip('。')}。依据是{raised.basis.rstrip('。')}。"
    asked = f"商请{raised.should_go_to}承办" + (f"，并请留意这一件应在{say_long(due)}前办结" if due else "")
    return Letter(
        title=f"关于商请承办{case.number}号事项的函",
        to=raised.should_go_to,
        paragraphs=(matter, ground, f"{asked}。如有不同意见，请书面告知并写明依据。"),
        sender=raised.unit.name,
        day=say_long(sight.watch.now).partition("（")[0],
    )
