"""Rule types by the shape of their parameters: what a value may be, read and said by its sort. No Django here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from banjie.base.declarations import ParameterSpec, RuleType, Sort
from banjie.rulebook.values import (
    Choice,
    Day,
    Hours,
    Limit,
    Money,
    Quantity,
    Reference,
    References,
    Share,
    Switch,
    Value,
    Weekday,
    Weekdays,
    Whole,
    Words,
    parse_value,
)
from banjie.worktime.terms import TermUnit

SORT_WORDS = {
    Sort.TERM: '期限，如 "5 workdays"、"15 days"',
    Sort.SPAN: '时长，如 "30 minutes"、"3 days"',
    Sort.COUNT: '数量，如 3 或 "3 times"',
    Sort.SHARE: '份额，如 "2/3" 或 "25%"',
    Sort.MONEY: '金额，如 "12.50 yuan"',
    Sort.SWITCH: "实行写 true，不实行写 false",
    Sort.CHOICE: "几个词中的一个",
    Sort.WORDS: '词的列表，如 ["甲", "乙"]',
    Sort.DAY: "日期，如 2026-01-01",
    Sort.HOURS: '时段，如 "08:30-12:00"',
    Sort.WEEKDAY: '一周里的一天，如 "weekday:mon"',
    Sort.WEEKDAYS: '一周里的几天，如 ["weekday:mon", "weekday:thu"]',
    Sort.ROLE: '角色，如 "role:unit_head"',
    Sort.ROLES: '角色的列表，如 ["role:unit_head"]',
    Sort.POST: '岗位，如 "post:民生办/窗口岗"',
    Sort.POSTS: '岗位的列表，如 ["post:民生办/窗口岗"]',
    Sort.UNIT: '单位，如 "unit:民生办"',
    Sort.UNITS: '单位的列表，如 ["unit:民生办", "unit:综治办"]',
    Sort.DEED: '事项，如 "deed:cases.urge_case"',
    Sort.KIND: '件的种类，如 "kind:resident_request"',
    Sort.KINDS: '件的种类的列表，如 ["kind:resident_request"]',
    Sort.CATEGORY: '事项分类，如 "category:road_damage"',
    Sort.CATEGORIES: '事项分类的列表，如 ["category:road_damage"]',
}
VALUES = (
    Quantity,
    Limit,
    Whole,
    Share,
    Money,
    Switch,
    Choice,
    Words,
    Day,
    Hours,
    Weekday,
    Weekdays,
    Reference,
    References,
)
_PLAIN_SORTS: Mapping[Sort, type] = {
    Sort.SHARE: Share,
    Sort.MONEY: Money,
    Sort.SWITCH: Switch,
    Sort.WORDS: Words,
    Sort.DAY: Day,
    Sort.HOURS: Hours,
    Sort.WEEKDAY: Weekday,
    Sort.WEEKDAYS: Weekdays,
}
_LISTS: Mapping[Sort, str] = {
    Sort.ROLES: "role",
    Sort.POSTS: "post",
    Sort.UNITS: "unit",
    Sort.KINDS: "kind",
    Sort.CATEGORIES: "category",
}
Try = Callable[[Mapping[str, object], Mapping[str, object]], Mapping[str, object]]


def rule_type(
    name: str,
    title: str,
    *,
    schema: Sequence[ParameterSpec],
    try_example: Try | None = None,
    replays: bool = False,
) -> RuleType:
    """Return a rule type whose parameters are those of `schema`, each read and said by its sort."""
    specs = tuple(schema)

    def parse(parameter: str, raw: object) -> object:
        return parse_by(declared, parameter, raw)

    declared = RuleType(
        name, title, parse=parse, say=say, try_example=try_example, schema=specs, replays=replays
    )
    return declared


def parse_by(declared: RuleType, name: str, raw: object) -> Value:
    """Read the value of a parameter as its spec has it; ValueError with the remedy in Chinese."""
    spec = declared.spec(name)
    if spec is None:
        names = "、".join(f"{one.name}（{one.title}）" for one in declared.schema)
        raise ValueError(f"{declared.title}里没有这个参数。可以写：{names}")
    return parse_as(spec, raw)


def parse_as(spec: ParameterSpec, raw: object) -> Value:
    """Read a value as the first of the sorts of `spec` that it fits; ValueError with the forms there are."""
    if Sort.CHOICE in spec.sorts and isinstance(raw, str) and raw in spec.choices:
        return Choice(raw, spec.choices[raw])
    value = None if spec.sorts == (Sort.CHOICE,) else parse_value(raw)
    for sort in spec.sorts:
        if value is not None and (fitted := _fitted(value, sort)) is not None:
            return fitted
    raise ValueError(f"{spec.title}不能写成 {raw!r}。请写{'；或'.join(_forms(spec))}")


def say(value: object) -> str:
    """Return a value in Chinese: 30分钟, 三分之一, 实行."""
    if not isinstance(value, VALUES):
        raise TypeError(value)
    return value.said


def plain_of(parsed: object) -> object:
    """Return what code uses of a parsed value."""
    return parsed.plain if isinstance(parsed, VALUES) else parsed


def _fitted(value: Value, sort: Sort) -> Value | None:
    """Return the value as one of the sort, or None; 3 days are a term or a span, as the sort has it."""
    if sort in _PLAIN_SORTS:
        return value if isinstance(value, _PLAIN_SORTS[sort]) else None
    if sort in _LISTS:
        return value if isinstance(value, References) and value.sort == _LISTS[sort] else None
    if isinstance(value, Reference):
        return value if value.sort == sort else None
    return _fitted_amount(value, sort)


def _fitted_amount(value: Value, sort: Sort) -> Value | None:
    if sort is Sort.COUNT and isinstance(value, Whole):
        return value
    if not isinstance(value, Quantity):
        return None
    if sort is Sort.TERM:
        return Limit(value.term) if value.unit in set(TermUnit) else None
    if sort is Sort.SPAN:
        return value if isinstance(value.plain, timedelta) else None
    return value if sort is Sort.COUNT and isinstance(value.plain, int) else None


def _forms(spec: ParameterSpec) -> list[str]:
    choices = "、".join(f'"{word}"（{said}）' for word, said in spec.choices.items())
    return [choices if sort is Sort.CHOICE else SORT_WORDS[sort] for sort in spec.sorts]
