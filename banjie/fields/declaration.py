"""Read the declaration of a field from a table of a text, such as `{ label = "涉及金额", type = "money" }`."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from banjie.fields.spec import NUMBERS, Choice, FieldSpec, FieldType

Told = Mapping[str, object]
Value = TypeVar("Value")
_KNOWN = frozenset(FieldSpec.__dataclass_fields__) - {"key"}


def spec_from(key: str, told: Told) -> FieldSpec:
    """Return the field that a table declares; raises ValueError that says what is wrong and what to write.

    Choices are `{ road = "道路", lamp = { label = "路灯", until = 2027-01-01 } }`.
    """
    _refuse_unknown(f"字段 {key}", told, _KNOWN)
    type_ = _type_from(key, told)
    choices = tuple(_choice_from(key, name, choice) for name, choice in _table(key, told, "choices").items())
    if type_.has_choices != bool(choices):
        raise ValueError(f'字段 {key}：type = "choice" 或 "choices" 与 choices 须同时写出，或同时删去')
    is_bound = _taken(key, told, "bound", bool) or False
    if is_bound and type_ not in NUMBERS:
        raise ValueError(f"字段 {key} 不是数，不能写 bound，请删去它")
    if (type_ is FieldType.RECORD) != ("of" in told):
        raise ValueError(f'字段 {key}：type = "record" 与 of = "台账的键" 须同时写出，或同时删去')
    return FieldSpec(
        key=key,
        label=_label_from(f"字段 {key}", told),
        type=type_,
        choices=choices,
        required=_taken(key, told, "required", bool) or False,
        personal=_taken(key, told, "personal", bool) or False,
        unit=_taken(key, told, "unit", str) or "",
        help=_taken(key, told, "help", str) or "",
        since=_day_from(key, told, "since"),
        until=_day_from(key, told, "until"),
        least=_number_from(key, told, "least"),
        most=_number_from(key, told, "most"),
        longest=_taken(key, told, "longest", int),
        places=2 if "places" not in told else _taken(key, told, "places", int) or 0,
        bound=is_bound,
        of=_taken(key, told, "of", str) or "",
        means=_taken(key, told, "means", str) or "",
        asked_again=_taken(key, told, "asked_again", str) or "",
    )


_WORDS: Mapping[type, str] = {bool: "true 或 false", str: "带引号的文字", int: "整数"}


def _taken(key: str, told: Told, name: str, kind: type[Value]) -> Value | None:
    """Return one entry if it is exactly of its kind; true is not a number."""
    value = told.get(name)
    if value is None:
        return None
    if type(value) is not kind:
        raise ValueError(f"字段 {key} 的 {name} 应为{_WORDS[kind]}，现在是 {value!r}")
    return value


def _type_from(key: str, told: Told) -> FieldType:
    written = told.get("type", "text")
    if written not in list(FieldType):
        raise ValueError(f"字段 {key} 的 type 没有“{written}”这一种，可以写：{'、'.join(FieldType)}")
    return FieldType(str(written))


def _choice_from(key: str, name: str, told: object) -> Choice:
    if isinstance(told, str):
        return Choice(key=name, label=told)
    where = f"字段 {key} 的选项 {name}"
    if not isinstance(told, Mapping):
        raise ValueError(f'{where} 应为名称，或写成 {{ label = "名称", until = 日期 }}')
    _refuse_unknown(where, told, frozenset(("label", "since", "until")))
    return Choice(
        key=name,
        label=_label_from(where, told),
        since=_day_from(f"{key}.{name}", told, "since"),
        until=_day_from(f"{key}.{name}", told, "until"),
    )


def _label_from(where: str, told: Told) -> str:
    label = told.get("label")
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f"{where} 没有 label，请写上中文名称")
    return label


def _table(key: str, told: Told, name: str) -> Told:
    value = told.get(name, {})
    if not isinstance(value, Mapping):
        raise ValueError(f'字段 {key} 的 {name} 应为 {{ 键 = "名称" }} 这样的表')
    return value


def _day_from(key: str, told: Told, name: str) -> date | None:
    value = told.get(name)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ValueError(f"字段 {key} 的 {name} 应为日期，如 2026-03-05（不加引号）")


def _number_from(key: str, told: Told, name: str) -> Decimal | None:
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"字段 {key} 的 {name} 应为数字；金额按分写")
    return Decimal(str(value))


def _refuse_unknown(where: str, told: Told, known: frozenset[str]) -> None:
    unknown = sorted(set(told) - known)
    if unknown:
        raise ValueError(f"{where} 里有不认识的 {'、'.join(unknown)}，可以写：{'、'.join(sorted(known))}")
