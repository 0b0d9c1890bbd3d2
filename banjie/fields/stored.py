"""Check what was typed into a declared field, and say what is stored; each refusal is one Chinese sentence (U32)."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from banjie.base.clock import BEIJING
from banjie.base.errors import InvalidInput
from banjie.fields import values
from banjie.fields.citizen import check_id_number, mask_id, mask_phone
from banjie.fields.phone import check_phone
from banjie.fields.plain_text import without_blanks
from banjie.fields.points import parse_point, point_of
from banjie.fields.spec import REFERENCES, Bound, FieldSpec, FieldType, Stored, in_force, is_asked

LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 5000, FieldType.PLACE: 200}
MOST_FILES = 9
YEAR = "年"
COVERED = "＊＊＊（按权限查看）"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VILLAGE = re.compile(r"\d{12}")
_PARTS = re.compile(r"[,，、;；\n]+")
_AT_LEAST_BEFORE, _UNDER_BEFORE = (
    ("突破", "超过", "超", "逾", "不少于"),
    ("将近", "接近", "近", "不足", "不到"),
)
_YES = frozenset(("是", "有", "yes", "true", "on", "1", "y"))
_NO = frozenset(("否", "无", "没有", "no", "false", "off", "0", "n"))

Check = Callable[[FieldSpec, str, date | None], Stored]


def check(spec: FieldSpec, raw: object, *, on: date | None = None) -> Stored | None:
    """Return the stored form of what was typed, None for nothing; raises InvalidInput with the field's key.

    `on` is the day of entry: it decides which choices are asked and which births lie in the future.
    """
    text = _typed(raw)
    try:
        if text:
            return _CHECKS[spec.type](spec, _split(spec, text)[0] if spec.bound else text, on)
        if spec.required:
            raise InvalidInput(f"请{'选择' if spec.type.is_picked else '填写'}{spec.label}")
    except InvalidInput as wrong:
        message = wrong.message if spec.label in wrong.message else f"{spec.label}：{wrong.message}"
        raise InvalidInput(message, ground=wrong.ground, fields={spec.key: message}) from wrong
    return None


def check_all(specs: Sequence[FieldSpec], typed: Mapping[str, object], *, on: date) -> dict[str, Stored]:
    """Check everything typed against the fields of the day and return the stored values of those filled in.

    Raises one InvalidInput that names every wrong field with its own sentence.
    """
    kept: dict[str, Stored] = {}
    complaints: dict[str, str] = {}
    for spec in in_force(specs, on):
        try:
            value = check(spec, typed.get(spec.key), on=on)
        except InvalidInput as wrong:
            complaints[spec.key] = wrong.message
            continue
        if value is not None:
            kept[spec.key] = value
            kept |= _qualified(spec, typed)
    if complaints:
        raise InvalidInput("；".join(complaints.values()), fields=complaints)
    return kept


def bound_of(spec: FieldSpec, raw: object) -> Bound:
    """Return the qualifier with which a number was typed: 1200余 and 突破1200 are at least that, 近1200 is under it."""
    return _split(spec, _typed(raw))[1] if spec.bound else Bound.EXACT


def _qualified(spec: FieldSpec, typed: Mapping[str, object]) -> dict[str, Stored]:
    """Return the qualifier of a number as it is stored beside it: the one picked, else the one typed with it."""
    if not spec.bound:
        return {}
    picked = _typed(typed.get(spec.bound_key))
    bound = Bound(picked) if picked in set(Bound) else bound_of(spec, typed.get(spec.key))
    return {} if bound is Bound.EXACT else {spec.bound_key: bound.value}


def say(
    spec: FieldSpec,
    value: Stored | None,
    *,
    names: Mapping[str, str] | None = None,
    in_full: bool = False,
    bound: Stored | None = None,
) -> str:
    """Say a stored value as papers do, a number with its qualifier `bound`; `names` gives what a key stands for.

    ID numbers and whatever the declaration calls personal stay covered unless asked for in full.
    """
    if value is None:
        return ""
    if not in_full and (spec.personal or spec.type is FieldType.ID_NUMBER):
        return _covered(spec, value)
    if spec.type in _SAYERS:
        return _with_bound(_SAYERS[spec.type](spec, value), spec, bound)
    return (names or {}).get(str(value), str(value))


def as_typed(spec: FieldSpec, value: Stored | None) -> str:
    """Return a stored value as a person would type it, to fill a form for a change."""
    if value is None:
        return ""
    if spec.type is FieldType.MONEY:
        return str(Decimal(int(value)) / values.FEN_IN_YUAN)
    if spec.type is FieldType.YES_NO:
        return "是" if value else "否"
    if spec.type is FieldType.POINT:
        return point_of(value).said
    if spec.type is FieldType.MOMENT:
        return datetime.fromisoformat(str(value)).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    return str(value)


def parts_of(value: Stored | None) -> list[str]:
    """Return the keys in a stored value that may hold several."""
    return [part for part in str(value or "").split(",") if part]


def _with_bound(said: str, spec: FieldSpec, bound: Stored | None) -> str:
    if bound == Bound.UNDER:
        return f"近{said}"
    if bound != Bound.AT_LEAST:
        return said
    ending = next((end for end in (spec.unit, "元", "%") if end and said.endswith(end)), "")
    return f"{said.removesuffix(ending)}余{ending}"


def _split(spec: FieldSpec, text: str) -> tuple[str, Bound]:
    """Return a number as typed without its qualifier, and the qualifier."""
    plain = without_blanks(text)
    for words, bound in ((_AT_LEAST_BEFORE, Bound.AT_LEAST), (_UNDER_BEFORE, Bound.UNDER)):
        if word := next((word for word in words if plain.startswith(word)), ""):
            return plain.removeprefix(word), bound
    if found := re.fullmatch(rf"(.*?)(?:余|多|以上|\+)((?:[万亿]?元?)|%|{re.escape(spec.unit)})", plain):
        return found[1] + found[2], Bound.AT_LEAST
    return text, Bound.EXACT


def _typed(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, list | tuple):
        return ",".join(_typed(part) for part in raw)
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, datetime):
        return raw.astimezone(BEIJING).isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return _CONTROLS.sub("", str(raw)).strip()


def _text(spec: FieldSpec, text: str, _: date | None) -> str:
    longest = spec.longest or LONGEST[spec.type]
    if len(text) > longest:
        raise InvalidInput(f"{spec.label}最多{longest}个字，现在是{len(text)}个字，请缩短")
    return text


def _whole(spec: FieldSpec, text: str, _: date | None) -> int:
    number = values.parse_whole(_without_unit(spec, text))
    _bound(spec, Decimal(number), say_bound=lambda bound: _say_count(spec, bound))
    return number


def _say_count(spec: FieldSpec, number: int | Decimal) -> str:
    """Say a whole number; a year bears no comma."""
    return str(number) if spec.unit == YEAR else values.say_number(number)


def _decimal(spec: FieldSpec, text: str, _: date | None) -> str:
    number = values.parse_decimal(_without_unit(spec, text))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > spec.places:
        raise InvalidInput(f"{spec.label}最多{spec.places}位小数，现在是{text}，请核对")
    _bound(spec, number, say_bound=values.say_number)
    return str(number)


def _money(spec: FieldSpec, text: str, _: date | None) -> int:
    fen = values.parse_money(text)
    _bound(spec, Decimal(fen), say_bound=lambda bound: values.say_money(int(bound)))
    return fen


def _bound(spec: FieldSpec, number: Decimal, *, say_bound: Callable[[Decimal], str]) -> None:
    if spec.least is not None and number < spec.least:
        raise InvalidInput(f"{spec.label}不能小于{say_bound(spec.least)}，请核对")
    if spec.most is not None and number > spec.most:
        raise InvalidInput(f"{spec.label}不能大于{say_bound(spec.most)}，请核对")


def _without_unit(spec: FieldSpec, text: str) -> str:
    plain = without_blanks(text)
    return plain.removesuffix(spec.unit) if spec.unit else plain


def _choice(spec: FieldSpec, text: str, on: date | None) -> str:
    asked = [choice for choice in spec.choices if is_asked(choice, on)]
    for choice in asked:
        if text in (choice.key, choice.label):
            return choice.key
    raise InvalidInput(
        f"{spec.label}没有“{text}”这一项，可以选：{'、'.join(choice.label for choice in asked)}"
    )


def _choices(spec: FieldSpec, text: str, on: date | None) -> str:
    """Return the keys of all that was chosen, each once, in the order of declaration."""
    chosen = {_choice(spec, part.strip(), on) for part in _PARTS.split(text) if part.strip()}
    return ",".join(choice.key for choice in spec.choices if choice.key in chosen)


def _share(spec: FieldSpec, text: str, _: date | None) -> str:
    """Return a share in per cent: 12.5 and 12.5% are the same, 12.5‰ is refused."""
    return _decimal(spec, without_blanks(text).removesuffix("%"), None)


def _kept_files(spec: FieldSpec, text: str, _: date | None) -> str:
    ids = [_reference(spec, part, None) for part in _PARTS.split(text) if part]
    most = int(spec.most) if spec.most is not None else MOST_FILES
    if len(ids) > most:
        raise InvalidInput(f"{spec.label}最多{most}个，现在有{len(ids)}个，请删去几个")
    return ",".join(dict.fromkeys(ids))


def _yes_no(spec: FieldSpec, text: str, _: date | None) -> bool:
    word = without_blanks(text).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise InvalidInput(f"{spec.label}应填“是”或“否”，现在是“{text}”")


def _reference(spec: FieldSpec, text: str, _: date | None) -> str:
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise InvalidInput(f"{spec.label}请从列表中选择，“{text}”不在列表里") from wrong


def _village(spec: FieldSpec, text: str, _: date | None) -> str:
    if not _VILLAGE.fullmatch(text):
        raise InvalidInput(f"{spec.label}请从列表中选择，“{text}”不是12位的村（社区）代码")
    return text


_CHECKS: Mapping[FieldType, Check] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.WHOLE: _whole,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.SHARE: _share,
    FieldType.DATE: lambda _, text, __: values.parse_date(text).isoformat(),
    FieldType.MONTH: lambda _, text, __: values.parse_month(text),
    FieldType.MOMENT: lambda _, text, __: values.parse_moment(text).isoformat(),
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.PHONE: lambda _, text, __: check_phone(text),
    FieldType.ID_NUMBER: lambda _, text, on: check_id_number(text, on=on),
    FieldType.PHOTO: _kept_files,
    FieldType.FILE: _kept_files,
    FieldType.PLACE: _text,
    FieldType.POINT: lambda _, text, __: parse_point(text).stored,
    FieldType.VILLAGE: _village,
    **dict.fromkeys(REFERENCES - {FieldType.VILLAGE}, _reference),
}

_SAYERS: Mapping[FieldType, Callable[[FieldSpec, Stored], str]] = {
    FieldType.WHOLE: lambda spec, value: _say_count(spec, int(value)) + spec.unit,
    FieldType.DECIMAL: lambda spec, value: values.say_number(Decimal(str(value))) + spec.unit,
    FieldType.MONEY: lambda _, value: values.say_money(int(value)),
    FieldType.SHARE: lambda _, value: f"{values.say_number(Decimal(str(value)))}%",
    FieldType.MONTH: lambda _, value: values.say_month(str(value)),
    FieldType.CHOICES: lambda spec, value: "、".join(spec.choice_label(key) for key in parts_of(value)),
    FieldType.PHOTO: lambda _, value: f"{len(parts_of(value))}张",
    FieldType.FILE: lambda _, value: f"{len(parts_of(value))}个",
    FieldType.DATE: lambda _, value: values.say_date(date.fromisoformat(str(value))),
    FieldType.MOMENT: lambda _, value: values.say_moment(datetime.fromisoformat(str(value))),
    FieldType.CHOICE: lambda spec, value: spec.choice_label(str(value)),
    FieldType.YES_NO: lambda _, value: "是" if value else "否",
    FieldType.POINT: lambda _, value: point_of(value).said,
}


def _covered(spec: FieldSpec, value: Stored) -> str:
    if spec.type is FieldType.PHONE:
        return mask_phone(str(value))
    return mask_id(str(value)) if spec.type is FieldType.ID_NUMBER else COVERED
