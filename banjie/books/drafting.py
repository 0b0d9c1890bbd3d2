"""A book's text written from a form: what is told of it and of its fields, everything else of an older version kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from banjie.base.errors import InvalidInput
from banjie.books.book import COLUMN_TYPES
from banjie.books.guessing import key_of
from banjie.books.vocabulary import Group
from banjie.fields.spec import FieldType
from banjie.rulebook.text import Text
from banjie.rulebook.writing import written_text

Items = dict[str, object]
NUMBERS = (FieldType.WHOLE, FieldType.DECIMAL)
ADDED_UP = (*NUMBERS, FieldType.MONEY)


@dataclass(frozen=True)
class DraftField:
    """A field as a form tells it; `key` is empty for a new one, `choices` are the words of new choices."""

    label: str
    type: FieldType
    key: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    is_retired: bool = False


@dataclass(frozen=True)
class DraftBook:
    """A book as a form tells it; `day` is the label of the field by which records are ordered."""

    title: str
    menu: str
    group: Group
    replaces: tuple[str, ...]
    feeds: tuple[str, ...]
    writes: tuple[str, ...]
    sees: tuple[str, ...]
    day: str
    about: str
    fields: tuple[DraftField, ...] = field(default=())


def _retention(years: int) -> Items:
    basis = "机关档案管理规定；产品默认，待镇里确定"
    return {"retention": {"value": f"{years} years", "basis": basis, "until_decided": True}}


def text_of(draft: DraftBook, *, today: date, years_kept: int, standing: Text | None = None) -> str:
    """Return the text that declares the book; of a `standing` version everything stays that no form asks.

    A new one is kept for `years_kept` until the town decides.
    Raises InvalidInput without a field for the day.
    """
    before: Items = dict(standing.items) if standing else {}
    fields = _fields(draft, before, today=today)
    day = next((key for key, told in fields.items() if told["label"] == draft.day), "")
    if not day:
        raise InvalidInput("请选按哪一天排先后、算数字", fields={"day": "请选一个日期或月份的项"})
    fields[day]["required"] = True
    told: Items = {
        **before,
        "title": draft.title,
        "type": "book",
        "menu": draft.menu,
        "group": draft.group.value,
        "replaces": list(draft.replaces),
        "feeds": list(draft.feeds),
        "day": day,
        "writes": list(draft.writes),
        "sees": list(draft.sees),
    }
    told.pop("from", None)
    told |= _columns(fields, before)
    told["fields"] = fields
    added = [key for key, one in fields.items() if one["type"] in ADDED_UP and not one.get("personal")]
    told["totals"] = {"fields": _kept_first(before, added)}
    told["params"] = before.get("params") or _retention(years_kept)
    prose = (
        standing.prose
        if standing
        else f"# {draft.title}\n\n第一条　{draft.about}\n\n第二条　记录保存{{{{ retention }}}}。"
    )
    return written_text(told, prose)


def _fields(draft: DraftBook, before: Items, *, today: date) -> dict[str, Items]:
    stood = before.get("fields")
    found: dict[str, Items] = (
        {key: dict(told) for key, told in stood.items()} if isinstance(stood, dict) else {}
    )
    for one in draft.fields:
        key = one.key or key_of(one.label, found)
        found[key] = _field(one, found.get(key, {}), today=today)
    return found


def _field(one: DraftField, before: Items, *, today: date) -> Items:
    told: Items = {**before, "label": one.label, "type": one.type.value}
    _put(told, "required", one.required and not one.is_retired)
    _put(told, "personal", one.personal or one.type in (FieldType.PHONE, FieldType.ID_NUMBER))
    if one.type in NUMBERS:
        told["unit"] = one.unit or str(before.get("unit") or "个")
    if one.type.has_choices:
        told["choices"] = _choices(one, before)
    if one.is_retired:
        told.setdefault("until", today)
    return told


def _choices(one: DraftField, before: Items) -> Items:
    """Return the choices: those that stood under their keys, new words under keys of their own."""
    stood = before.get("choices")
    found: Items = dict(stood) if isinstance(stood, Mapping) else {}
    known = {told["label"] if isinstance(told, Mapping) else told for told in found.values()}
    for word in one.choices:
        if word not in known:
            found[key_of(word, found)] = word
    return found


def _put(told: Items, name: str, is_so: bool) -> None:
    if is_so:
        told[name] = True
    else:
        told.pop(name, None)


def _columns(fields: Mapping[str, Items], before: Items) -> Items:
    """Return which field fills which column of a record: the first of its type, unless one is named already."""
    found: Items = {}
    for column, kind in COLUMN_TYPES.items():
        first = next(
            (key for key, told in fields.items() if told["type"] == kind and "until" not in told), None
        )
        if first and column not in before:
            found[column] = first
    return found


def _kept_first(before: Items, added: Sequence[str]) -> list[str]:
    totals = before.get("totals")
    stood = totals.get("fields", []) if isinstance(totals, dict) else []
    return [*stood, *(key for key in added if key not in stood)] if isinstance(stood, list) else list(added)
