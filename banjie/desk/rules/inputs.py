"""One value of a rule as a form asks for it: a number and its unit, a switch, a choice of names.

What the form says becomes the value as a text writes it, so that whoever decides it need not know how.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from banjie.base.declarations import REGISTRY, ParameterSpec, Sort
from banjie.desk.forms import DeskForm
from banjie.people.queries import StaffActor, posts_visible_to, units_of
from banjie.people.rights import Role
from banjie.rulebook.in_force import Rules
from banjie.rulebook.text import Parameter, Text
from banjie.rulebook.values import UNIT_WORDS, WEEKDAYS, parse_value
from banjie.worktime.calendar import WEEKDAY_WORDS

Choices = Sequence[tuple[str, str]]
LONGEST_BASIS = 200
TERM_WORDS = {"workdays": "个工作日", "workhours": "个工作小时", "days": "日（自然日）", "hours": "小时"}
SPAN_WORDS = {"minutes": "分钟", "hours": "小时", "days": "天"}
COUNT_WORDS = {
    "": "（没有单位）",
    **{unit: words for unit, words in UNIT_WORDS.items() if unit not in {**TERM_WORDS, **SPAN_WORDS}},
}
LISTS = {
    Sort.ROLES: "role",
    Sort.POSTS: "post",
    Sort.UNITS: "unit",
    Sort.KINDS: "kind",
    Sort.CATEGORIES: "category",
}
_SORTS = {
    "Share": Sort.SHARE,
    "Money": Sort.MONEY,
    "Switch": Sort.SWITCH,
    "Words": Sort.WORDS,
    "Day": Sort.DAY,
    "Hours": Sort.HOURS,
    "Weekday": Sort.WEEKDAY,
    "Weekdays": Sort.WEEKDAYS,
}


class ValueForm(DeskForm):
    """A value of one parameter and the basis that it rests on."""

    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        help_text="写法律条款、文件字号，或者镇里开会定的",
    )

    def __init__(
        self, *args: Any, text: Text, parameter: Parameter, offered: Mapping[str, Choices], **kwargs: Any
    ) -> None:
        spec = spec_of(text, parameter.name)
        self.sort = sort_of(spec, parameter.raw)
        asked, initial = value_fields(self.sort, parameter.raw, spec=spec, offered=offered)
        basis = "" if parameter.until_decided else parameter.basis
        super().__init__(*args, initial={"basis": basis, **initial}, **kwargs)
        self.fields = {**asked, **self.fields}

    @property
    def raw(self) -> object:
        """Return the value as a text writes it."""
        return written_value(self.sort, self.cleaned_data)


def title_of(text: Text, parameter: Parameter) -> str:
    """Return what a parameter is called."""
    spec = spec_of(text, parameter.name)
    return spec.title if spec and not spec.is_pattern else ""


def spec_of(text: Text, name: str) -> ParameterSpec | None:
    """Return what the type of a text says of a parameter; None where any value may stand."""
    declared = REGISTRY.rule_types.get(text.type)
    return declared.spec(name) if declared else None


def sort_of(spec: ParameterSpec | None, raw: object) -> Sort:
    """Return as what a value is asked for: the sort that it has now, among those that its type lets it have."""
    if spec and len(spec.sorts) == 1:
        return spec.sorts[0]
    if spec and Sort.CHOICE in spec.sorts and raw in spec.choices:
        return Sort.CHOICE
    found = _sort_now(raw)
    return found if spec is None or found in spec.sorts or not spec.sorts else spec.sorts[0]


def _sort_now(raw: object) -> Sort:
    value = parse_value(raw)
    name = type(value).__name__
    if name in _SORTS:
        return _SORTS[name]
    if name == "Reference":
        return Sort(str(getattr(value, "sort", "")))
    if name == "References":
        return next(sort for sort, one in LISTS.items() if one == getattr(value, "sort", ""))
    unit = str(getattr(value, "unit", ""))
    if unit in ("workdays", "workhours"):
        return Sort.TERM
    return Sort.SPAN if unit in SPAN_WORDS else Sort.COUNT


def names_offered(actor: StaffActor, rules: Rules) -> dict[str, Choices]:
    """Return what a reference of each sort may name, as a text writes it and as the office calls it."""
    posts = posts_visible_to(actor).filter(valid_until__isnull=True).select_related("unit")
    return {
        "role": [(f"role:{role.value}", role.label) for role in Role],
        "unit": [(f"unit:{unit.short_name or unit.name}", unit.name) for unit in units_of(actor.town)],
        "post": [
            (f"post:{post.unit.short_name or post.unit.name}/{post.title}", f"{post.unit.name} {post.title}")
            for post in posts.order_by("unit__key", "title")
        ],
        "kind": [(f"kind:{kind.key}", kind.title) for kind in rules.kinds],
        "category": [
            (f"category:{leaf.key}", rules.categories.path_words(leaf.key))
            for leaf in rules.categories.open_leaves
        ],
    }


def value_fields(
    sort: Sort,
    raw: object,
    *,
    spec: ParameterSpec | None,
    offered: Mapping[str, Choices],
    label: str = "新的值",
) -> tuple[dict[str, forms.Field], dict[str, object]]:
    """Return the fields that ask for a value of a sort, and what they hold now; a new value's `raw` is None."""
    asked, initial = _asked(sort, raw, spec, offered)
    if "value" in asked:
        asked["value"].label = label
    for field in asked.values():
        field.error_messages["required"] = f"还没有填{label}，请填好再提交。"
    return asked, initial


def _asked(
    sort: Sort, raw: object, spec: ParameterSpec | None, offered: Mapping[str, Choices]
) -> tuple[dict[str, forms.Field], dict[str, object]]:
    if sort in (Sort.TERM, Sort.SPAN, Sort.COUNT):
        return _amount(sort, raw)
    if sort is Sort.HOURS:
        begin, _, end = str(raw or "").partition("-")
        asked: dict[str, forms.Field] = {"begin": _clock("从"), "end": _clock("到")}
        return asked, {"begin": begin, "end": end}
    field = _field(sort, raw, spec, offered)
    shown = raw if isinstance(field, forms.MultipleChoiceField) else _shown(sort, raw)
    return {"value": field}, {"value": shown}


def _clock(label: str) -> forms.Field:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _amount(sort: Sort, raw: object) -> tuple[dict[str, forms.Field], dict[str, object]]:
    amount, _, unit = ("" if raw is None else str(raw)).partition(" ")
    unit = unit if unit in UNIT_WORDS or not unit else f"{unit}s"
    asked: dict[str, forms.Field] = {
        "value": forms.IntegerField(label="新的值", min_value=0, max_value=10**9)
    }
    words = {Sort.TERM: TERM_WORDS, Sort.SPAN: SPAN_WORDS}.get(sort, COUNT_WORDS if raw is None else {})
    if unit and unit not in words:
        words = {unit: UNIT_WORDS.get(unit, unit)}
    if words:
        asked["unit"] = forms.ChoiceField(label="单位", choices=list(words.items()), required="" not in words)
    return asked, {"value": amount, "unit": unit}


def _field(
    sort: Sort, raw: object, spec: ParameterSpec | None, offered: Mapping[str, Choices]
) -> forms.Field:
    """Return the one field that asks for a value of a sort."""
    label = "新的值"
    if sort is Sort.SWITCH:
        return forms.ChoiceField(
            label=label,
            choices=[("true", "实行"), ("false", "不实行")],
            widget=forms.RadioSelect,
        )
    if sort in (Sort.CHOICE, Sort.WORDS) and spec and spec.choices:
        return _choice(list(spec.choices.items()), is_many=sort is Sort.WORDS)
    if sort in (Sort.WEEKDAY, Sort.WEEKDAYS):
        days = [(f"weekday:{day}", f"周{WEEKDAY_WORDS[place]}") for place, day in enumerate(WEEKDAYS)]
        return _choice(days, is_many=sort is Sort.WEEKDAYS)
    return _typed(sort) or _names(sort, raw, offered)


def _typed(sort: Sort) -> forms.Field | None:
    """Return the field of a value that is typed; None for one that is chosen among names."""
    label = "新的值"
    if sort is Sort.SHARE:
        return forms.CharField(label=label, max_length=20, help_text="写成 2/3 或者 25%")
    if sort is Sort.MONEY:
        return forms.DecimalField(label=label, min_value=0, decimal_places=2, help_text="单位：元")
    if sort is Sort.DAY:
        return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if sort is Sort.WORDS:
        return forms.CharField(label=label, widget=forms.Textarea, help_text="一行一个")
    return None


def _names(sort: Sort, raw: object, offered: Mapping[str, Choices]) -> forms.Field:
    """Return a choice among names, those that stand now included, were they no longer offered."""
    choices = list(offered.get(LISTS.get(sort, sort.value), ()))
    if not choices:
        return forms.CharField(label="新的值", max_length=120)
    held = raw if isinstance(raw, list) else [raw] if raw is not None else []
    known = {value for value, _ in choices}
    choices += [(str(one), str(one).partition(":")[2]) for one in held if one not in known]
    return _choice(choices, is_many=sort in LISTS)


def _choice(choices: Choices, *, is_many: bool) -> forms.Field:
    if is_many:
        return forms.MultipleChoiceField(label="新的值", choices=choices, widget=forms.CheckboxSelectMultiple)
    return forms.ChoiceField(label="新的值", choices=choices)


def _shown(sort: Sort, raw: object) -> object:
    if raw is None:
        return None
    if sort is Sort.SWITCH:
        return "true" if raw else "false"
    if sort is Sort.MONEY:
        return str(raw).removesuffix(" yuan")
    return "\n".join(map(str, raw)) if sort is Sort.WORDS and isinstance(raw, list) else raw


def written_value(sort: Sort, told: Mapping[str, Any]) -> object:
    """Return what was told as a text writes it."""
    if sort in (Sort.TERM, Sort.SPAN, Sort.COUNT):
        return f"{told['value']} {told['unit']}" if told.get("unit") else told["value"]
    if sort is Sort.HOURS:
        return f"{told['begin']:%H:%M}-{told['end']:%H:%M}"
    value = told["value"]
    if sort is Sort.SWITCH:
        return value == "true"
    if sort is Sort.MONEY:
        return f"{value:.2f} yuan"
    if sort is Sort.WORDS and not isinstance(value, list):
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    return value if isinstance(value, list | date) else str(value).strip()
