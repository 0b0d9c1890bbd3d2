"""Which values a draft can be given: the parameters that its type's schema names, or any sort where it names none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from banjie.base.declarations import REGISTRY, ParameterSpec, RuleType, Sort
from banjie.rulebook.text import Section, Text

ANY_SORT: Mapping[Sort, tuple[str, str]] = {
    Sort.COUNT: ("数量", "几次、几人、几件、几份、几个月"),
    Sort.TERM: ("期限", "几个工作日、几日、几小时内办完"),
    Sort.SHARE: ("份额", "三分之二、25%"),
    Sort.MONEY: ("金额", "多少元"),
    Sort.SWITCH: ("实行或者不实行", "一项做法要不要做"),
    Sort.DAY: ("日期", "某年某月某日"),
    Sort.HOURS: ("时段", "一天里从几点到几点"),
    Sort.WEEKDAYS: ("星期几", "可以选几天"),
    Sort.WORDS: ("几个词", "如 材料名称、公开的内容"),
    Sort.ROLES: ("角色", "如 单位负责人、镇领导"),
    Sort.UNITS: ("单位", "镇里的单位，可以选几个"),
    Sort.POSTS: ("岗位", "镇里的岗位，可以选几个"),
}
"""What a regulation that people carry out may hold, with an example of each."""
_SORT_TITLES = {
    Sort.SHARE: "份额",
    Sort.TERM: "期限",
    Sort.UNIT: "单位",
    Sort.POST: "岗位",
    Sort.SPAN: "时长",
    Sort.COUNT: "数量",
}


@dataclass(frozen=True)
class Addable:
    """A value that a draft does not have yet, by a code for its address."""

    code: str
    title: str
    help: str
    sort: Sort
    spec: ParameterSpec | None


def addables(text: Text) -> list[Addable]:
    """Return what can be added to a text; nothing for what is neither regulation nor kind, such as a setting."""
    declared = REGISTRY.rule_types.get(text.type)
    if text.section not in (Section.REGULATIONS, Section.KINDS) or declared is None:
        return []
    if declared.schema:
        return list(_of_schema(text, declared))
    return [Addable(sort.value, title, example, sort, None) for sort, (title, example) in ANY_SORT.items()]


def _of_schema(text: Text, declared: RuleType) -> Iterator[Addable]:
    for spec in declared.schema:
        if not spec.is_pattern and spec.name in text.parameters:
            continue
        for sort in spec.sorts:
            kind = f"（{_SORT_TITLES.get(sort, sort.value)}）" if len(spec.sorts) > 1 else ""
            told = "可以加几个" if spec.is_pattern else "只写一个"
            yield Addable(f"{spec.name}|{sort.value}", f"{spec.title}{kind}", told, sort, spec)
