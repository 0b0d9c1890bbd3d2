"""The rows of the form of a kind: fields that it adds, grounds of a pause; read from a text and written back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from banjie.fields.spec import FieldType
from banjie.rulebook.vocabulary import FILLED_WORDS

FIELD_ROWS, PAUSE_ROWS = 8, 6
TYPE_WORDS = {
    FieldType.TEXT: "一行字",
    FieldType.LONG_TEXT: "一段话",
    FieldType.CHOICE: "从几个里选一个",
    FieldType.WHOLE: "整数",
    FieldType.DECIMAL: "小数",
    FieldType.MONEY: "金额（元）",
    FieldType.DATE: "日期",
    FieldType.MOMENT: "日期和钟点",
    FieldType.YES_NO: "是或否",
    FieldType.PHONE: "电话",
    FieldType.ID_NUMBER: "身份证号",
    FieldType.STAFF: "工作人员",
    FieldType.UNIT: "单位",
    FieldType.VILLAGE: "村（社区）",
    FieldType.GRID: "网格",
}
PERSONAL = frozenset({FieldType.PHONE, FieldType.ID_NUMBER})
_NOT_KEY = re.compile(r"[^\w]")
_PARTED = re.compile(r"[、，,;；\s]+")
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One row of the form: its bound fields, and whether it stands in the text already."""

    fields: tuple[forms.BoundField, ...]
    is_kept: bool


def field_row(place: int, key: str) -> dict[str, forms.Field]:
    """Return what is asked of one added field; of one that stands, its type stays."""
    types = [(one.value, words) for one, words in TYPE_WORDS.items()]
    return {
        f"field_{place}_label": forms.CharField(label="名称", max_length=20, required=False),
        f"field_{place}_type": forms.ChoiceField(
            label="填什么", choices=types, required=False, disabled=bool(key)
        ),
        f"field_{place}_choices": forms.CharField(
            label="可以选的", max_length=300, required=False, help_text="用顿号隔开"
        ),
        f"field_{place}_fills": forms.ChoiceField(
            label="同时填进",
            choices=[("", "（不填）"), *((one.value, words) for one, words in FILLED_WORDS.items())],
            required=False,
        ),
        f"field_{place}_required": forms.BooleanField(label="必填", required=False),
        f"field_{place}_retired": forms.BooleanField(label="以后不再填", required=False),
    }


def pause_row(place: int) -> dict[str, forms.Field]:
    """Return what is asked of one ground of a pause."""
    return {
        f"pause_{place}_title": forms.CharField(label="中止理由", max_length=60, required=False),
        f"pause_{place}_basis": forms.CharField(label="依据", max_length=120, required=False),
    }


def field_initial(place: int, table: Told) -> Iterator[tuple[str, object]]:
    """Yield what a row holds of a field as it stands."""
    labels = [
        one if isinstance(one, str) else one.get("label", "") for one in table.get("choices", {}).values()
    ]
    told = {
        "label": table.get("label", ""),
        "type": table.get("type", FieldType.TEXT),
        "choices": "、".join(labels),
        "fills": table.get("fills", ""),
        "required": table.get("required", False),
        "retired": "until" in table,
    }
    yield from ((f"field_{place}_{name}", value) for name, value in told.items())


def fields_of(told: Told, standing: Mapping[str, Told], *, today: date) -> dict[str, Told]:
    """Return the tables of the fields as the form has them; raises ValueError naming a row that is not whole."""
    keys, found = list(standing), dict[str, Told]()
    for place in range(FIELD_ROWS):
        row = {name: told.get(f"field_{place}_{name}") for name in _ROW}
        label = str(row["label"] or "").strip()
        key = keys[place] if place < len(keys) else _key_of(label, found)
        if not label:
            if place < len(keys):
                raise ValueError(f"第{place + 1}行的名称空着。不再填的，请勾“以后不再填”，名称留着。")
            continue
        found[key] = _table(row, standing.get(key, {}), label=label, today=today)
    return found


_ROW = ("label", "type", "choices", "fills", "required", "retired")


def _table(row: Told, before: Told, *, label: str, today: date) -> Told:
    type_ = FieldType(row["type"] or before.get("type") or FieldType.TEXT)
    table: dict[str, Any] = {**before, "label": label, "type": type_.value}
    labels = [one for one in _PARTED.split(str(row["choices"] or "")) if one]
    if type_ is FieldType.CHOICE:
        if len(labels) < 2:
            raise ValueError(f"“{label}”没有写可以选的。请至少写两个，用顿号隔开。")
        table["choices"] = _choices(labels, before.get("choices", {}), today=today)
    for name, value in (("required", row["required"]), ("fills", row["fills"])):
        table.pop(name, None)
        if value:
            table[name] = value
    if type_ in PERSONAL:
        table["personal"] = True
    if row["retired"]:
        table.setdefault("until", today)
    else:
        table.pop("until", None)
    return table


def _choices(labels: list[str], before: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Return the choices by key; a label that stood keeps its key, one that is gone stays readable."""
    words = {key: one if isinstance(one, str) else one.get("label", "") for key, one in before.items()}
    keys = {word: key for key, word in words.items()}
    found: dict[str, Any] = {
        key: before[key] if isinstance(before[key], dict) else {"label": word, "until": today}
        for key, word in words.items()
        if word not in labels
    }
    return {keys.get(label) or _NOT_KEY.sub("", label): label for label in labels} | found


def _key_of(label: str, taken: Mapping[str, object]) -> str:
    key = _NOT_KEY.sub("", label)
    return key if key not in taken else f"{key}{len(taken) + 1}"


def pauses_of(told: Told, standing: list[Told]) -> list[Told]:
    """Return the tables of the grounds; raises ValueError for one without its basis. An emptied row is no more."""
    found: list[Told] = []
    for place in range(PAUSE_ROWS):
        title = str(told.get(f"pause_{place}_title") or "").strip()
        basis = str(told.get(f"pause_{place}_basis") or "").strip()
        if not title:
            continue
        if not basis:
            raise ValueError(f"中止理由“{title}”没有写依据。请写法律条款、文件字号或者会议。")
        before = standing[place] if place < len(standing) else {}
        found.append({"key": before.get("key") or _NOT_KEY.sub("", title), "title": title, "basis": basis})
    return found
