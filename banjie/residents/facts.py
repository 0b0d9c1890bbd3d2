"""What is told of a resident when he is registered or corrected, and the checks it must pass."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.fields.citizen import IdKind, check_id_number, check_other_id, id_kind_of
from banjie.fields.names import check_name
from banjie.fields.phone import check_phone

LONGEST_HOUSE = 80
LONGEST_OUTER_CODE = 40
LABELS = {"name": "姓名", "phone": "联系电话", "id_number": "证件号码", "house": "住址"}
_DIVISION = re.compile(r"\d{9}(\d{3})?")


@dataclass(frozen=True)
class ResidentFacts:
    """What is told of one resident; all but name and division may be empty.

    `division_code` is the village's 12 digits, or the town's 9 where the village is not known; `id_kind` need be told
    for IdKind.OTHER only.
    """

    name: str
    division_code: str
    phone: str = ""
    id_number: str = ""
    id_kind: str = ""
    house: str = ""
    outer_code: str = ""
    grid_id: UUID | None = None


@dataclass(frozen=True)
class Correction:
    """What is to be changed of a resident: None leaves a part as it is, an empty text clears it."""

    name: str | None = None
    division_code: str | None = None
    phone: str | None = None
    id_number: str | None = None
    id_kind: str | None = None
    house: str | None = None
    outer_code: str | None = None
    grid_id: UUID | None = None

    def applied_to(self, facts: ResidentFacts) -> ResidentFacts:
        """Return the facts as they are to be; a new division drops the old grid unless a new one is told."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        kept = {name: value if value is not None else getattr(facts, name) for name, value in told.items()}
        if kept["division_code"] != facts.division_code:
            kept["grid_id"] = self.grid_id
        if self.id_number is not None and self.id_kind is None:
            kept["id_kind"] = ""
        return ResidentFacts(**kept)


def checked(facts: ResidentFacts, *, on: date) -> ResidentFacts:
    """Return the facts in canonical form; raises one InvalidInput that names every wrong field (U32)."""
    complaints: dict[str, str] = {}

    def part(name: str, check: Callable[[str], str]) -> str:
        try:
            return check(getattr(facts, name) or "")
        except InvalidInput as wrong:
            complaints[name] = wrong.message
            return ""

    id_number = part("id_number", lambda text: _id_number(text, facts.id_kind, on))
    told = ResidentFacts(
        name=part("name", check_name),
        division_code=part("division_code", _division_code),
        phone=part("phone", lambda text: check_phone(text) if text.strip() else ""),
        id_number=id_number,
        id_kind=(facts.id_kind or id_kind_of(id_number).value) if id_number else "",
        house=part("house", lambda text: _short(text, "住址", LONGEST_HOUSE)),
        outer_code=part("outer_code", lambda text: _short(text, "人员编号", LONGEST_OUTER_CODE)),
        grid_id=facts.grid_id,
    )
    if complaints:
        raise InvalidInput("；".join(complaints.values()), fields=complaints)
    return told


def _id_number(text: str, kind: str, on: date) -> str:
    if not text.strip():
        return ""
    return check_other_id(text) if kind == IdKind.OTHER else check_id_number(text, on=on)


def _division_code(text: str) -> str:
    if not _DIVISION.fullmatch(text):
        raise InvalidInput("请选择所在村（社区）")
    return text


def _short(text: str, label: str, longest: int) -> str:
    plain = " ".join(text.split())
    if len(plain) > longest:
        raise InvalidInput(f"{label}最多{longest}个字，现在是{len(plain)}个字，请缩短")
    return plain
