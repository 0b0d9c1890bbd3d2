"""Read which records of a book make someone's absence."""

from collections.abc import Iterable, Mapping

from banjie.books.book import Away, BookField, States
from banjie.fields.spec import FieldType
from banjie.people.models import AbsenceReason
from banjie.people.rights import ADMINISTRATORS, Role
from banjie.rulebook.items import ItemReader

NEEDED = {"staff": FieldType.STAFF, "from": FieldType.DATE, "until": FieldType.DATE}
ALLOWED = {"back": FieldType.DATE, "kind": FieldType.CHOICE, "both": FieldType.YES_NO}
LISTS = frozenset({"while", "by", "reasons"})


def read_away(reader: ItemReader, fields: Mapping[str, BookField], states: States | None) -> Away | None:
    """Return what of a record makes someone's absence; None for a book that makes none."""
    table = reader.table("absence")
    if reader.item("absence") is None:
        return None
    named = {item: _field(reader, item, fields, table, is_needed=item in NEEDED) for item in NEEDED | ALLOWED}
    if unknown := sorted(table.keys() - named.keys() - LISTS):
        known = "、".join((*named, *sorted(LISTS)))
        reader.fault("absence", f"absence 里有不认识的 {'、'.join(unknown)}", f"可以写 {known}")
    if states is None:
        reader.fault("absence", "没有 [states]，说不出哪些记录算已经批准", "请写 [states]，或删去 [absence]")
    reasons = {str(choice): str(reason) for choice, reason in reader.table("absence.reasons").items()}
    _among(reader, "reasons", reasons.values(), AbsenceReason.values)
    during, roles = reader.words("absence.while"), reader.words("absence.by")
    if states is not None:
        _among(reader, "while", during, [choice.key for choice in fields[states.field].choices])
    _among(reader, "by", roles, [role.value for role in Role if role not in ADMINISTRATORS])
    return Away(
        named["staff"],
        named["from"],
        named["until"],
        states=frozenset(during),
        by=frozenset(roles),
        back=named["back"],
        kind=named["kind"],
        both=named["both"],
        reasons=reasons,
    )


def _field(
    reader: ItemReader,
    item: str,
    fields: Mapping[str, BookField],
    table: Mapping[str, object],
    *,
    is_needed: bool,
) -> str:
    """Return the field that an item names; one that is needed must be there and be required."""
    if item not in table and not is_needed:
        return ""
    key, wanted = reader.word(f"absence.{item}"), (NEEDED | ALLOWED)[item]
    spec = fields.get(key)
    if spec is None or spec.type is not wanted or spec.is_sealed:
        reader.fault(
            f"absence.{item}", f'absence 的 {item} 不是 type = "{wanted}" 的字段', "请写这种字段的键"
        )
    elif is_needed and not spec.required:
        reader.fault(
            f"absence.{item}",
            f"{spec.label}可以不填，算不出谁哪天不在",
            f"请在 [fields.{key}] 下写 required = true",
        )
    return key


def _among(reader: ItemReader, item: str, told: Iterable[str], known: Iterable[str]) -> None:
    listed = list(known)
    words = list(told)
    if not words and item != "reasons":
        reader.fault("absence", f"absence 没有写 {item}", f"可以写：{'、'.join(listed)}")
    for word in words:
        if word not in listed:
            reader.fault(
                f"absence.{item}", f"absence 的 {item} 里没有 {word} 这一种", f"可以写：{'、'.join(listed)}"
            )
