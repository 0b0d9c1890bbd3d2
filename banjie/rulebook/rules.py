"""The rule types of this room: time limits, settings of any one value, higher law, and prose that no code obeys yet.

`cases` obeys the time limits, through `worktime`.
"""

from collections.abc import Mapping
from datetime import date, datetime

from banjie.base.declarations import REGISTRY, NamePart, ParameterSpec, Part, RuleType, Sort
from banjie.rulebook.examples import EXAMPLE_HOURS, published_calendar
from banjie.rulebook.schema import say
from banjie.rulebook.values import parse_value
from banjie.rulebook.vocabulary import CLOCK_WORDS
from banjie.worktime.hours import BEIJING, local
from banjie.worktime.terms import Term, due_of, parse_term, say_term

LIMIT = "limit"
LIMIT_PARTS = (
    NamePart("哪一步的时限", choices={clock.value: words for clock, words in CLOCK_WORDS.items()}),
    NamePart("哪一类件", Part.KIND, choices={"*": "各类件（没有另写的都按它）"}),
    NamePart("哪一类事项", Part.CATEGORY, is_optional=True),
)


def parse_limit(name: str, raw: object) -> Term:
    """Read the term of a time limit; ValueError with the remedy in Chinese."""
    if not isinstance(raw, str):
        raise ValueError(f'{name} 的时限要加引号，写成 "5 workdays"、"4 workhours"、"15 days" 或 "24 hours"')
    return parse_term(raw)


def say_limit(limit: object) -> str:
    """Return a time limit in Chinese: 5个工作日."""
    if not isinstance(limit, Term):
        raise TypeError(limit)
    return say_term(limit)


def try_limit(limits: Mapping[str, object], given: Mapping[str, object]) -> Mapping[str, object]:
    """Return when a limit begun as `given` is due: a day as `due`, and the moment as `due_at` for hour terms.

    `given` names one beginning (a day or a moment) and, where the text has several, the `limit` meant.
    """
    name = given.get(LIMIT, next(iter(limits)) if len(limits) == 1 else None)
    limit = limits.get(str(name))
    if not isinstance(limit, Term):
        raise ValueError(f'样例没有说明是哪一个时限。请在 given 里写 limit = "{next(iter(limits), "……")}"')
    starts = [value for key, value in given.items() if key != LIMIT and isinstance(value, date)]
    if len(starts) != 1:
        raise ValueError("样例没有说明从哪一天算起。请在 given 里写一个日期，如 accepted = 2026-09-30")
    due = due_of(limit, _moment(starts[0]), calendar=published_calendar(), hours=EXAMPLE_HOURS)
    return {"due": due.on, "due_at": local(due.at).replace(tzinfo=None), "limit": say_term(limit)}


def parse_setting(name: str, raw: object) -> object:
    """Read the value of a setting; ValueError with the forms there are, in Chinese."""
    return parse_value(raw)


def say_setting(value: object) -> str:
    """Return a setting in Chinese: 30分钟, 三分之一, 实行."""
    return say(value)


def _moment(start: date) -> datetime:
    """Return a given beginning as a moment; a bare day begins with the office."""
    if isinstance(start, datetime):
        return start if start.tzinfo else start.replace(tzinfo=BEIJING)
    return datetime.combine(start, EXAMPLE_HOURS.morning[0], BEIJING)


TIME_LIMIT = RuleType(
    "time_limit",
    "时限",
    parse=parse_limit,
    say=say_limit,
    try_example=try_limit,
    schema=(ParameterSpec("*", "时限", (Sort.TERM,), parts=LIMIT_PARTS),),
    replays=True,
)
SETTING = RuleType("setting", "参数", parse=parse_setting, say=say_setting)
_OF_MATTER = (NamePart("哪一类事项", Part.CATEGORY),)
KIND = RuleType(
    "kind",
    "件的种类",
    parse=parse_setting,
    say=say_setting,
    schema=(
        ParameterSpec("extension.times", "可以延期几次", (Sort.COUNT,)),
        ParameterSpec("extension.longest", "一次最多延期多久", (Sort.TERM,)),
        ParameterSpec("extension.decided_by", "延期由谁批准", (Sort.ROLE,)),
        ParameterSpec("extension.longest.*", "某类事项一次最多延期多久", (Sort.TERM,), parts=_OF_MATTER),
        ParameterSpec("extension.times.*", "某类事项可以延期几次", (Sort.COUNT,), parts=_OF_MATTER),
    ),
)
CATEGORIES = RuleType("categories", "事项分类", parse=parse_setting, say=say_setting)
TEXT = RuleType("text", "条文", parse=parse_setting, say=say_setting)
LAW = RuleType("law", "上位法", parse=parse_setting, say=say_setting)

for _rule_type in (TIME_LIMIT, SETTING, KIND, CATEGORIES, TEXT, LAW):
    REGISTRY.add(_rule_type)
