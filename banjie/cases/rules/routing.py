"""分办: to which unit or post a matter goes, by category, place and time, and how often a unit may object."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from banjie.base.declarations import NamePart, ParameterSpec, Part, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

ANY, OFF_HOURS = "any", "off_hours"
_WHICH = (
    NamePart("哪一类事项", Part.CATEGORY, choices={ANY: "各类事项"}),
    NamePart("哪个村（社区）", Part.PLACE, is_optional=True),
    NamePart("什么时候", choices={OFF_HOURS: "只在工作时间以外"}, is_optional=True),
)
ROUTING = rule_type(
    "routing",
    "分办规则",
    schema=(
        ParameterSpec("objection.times", "同一单位对同一件可以异议几次", (Sort.COUNT,), is_required=True),
        ParameterSpec("route.*", "派给谁", (Sort.UNIT, Sort.POST), parts=_WHICH),
    ),
)


@dataclass(frozen=True)
class Route:
    """Where a matter goes: the unit, or the post as 单位/岗位, by its name, and the article that says so."""

    to: str
    article: str

    @property
    def unit(self) -> str:
        """Return the name of the unit."""
        return self.to.partition("/")[0]

    @property
    def post(self) -> str:
        """Return the title of the post; empty where the unit alone is named."""
        return self.to.partition("/")[2]


def objections_allowed(rules: Rules) -> int:
    """Return how often one unit may object to one case."""
    return rules.rule(ROUTING.name).value("objection.times", int)


def route_of(rules: Rules, categories: Iterable[str], *, division: str, is_off_hours: bool) -> Route | None:
    """Return where a matter goes; `categories` are its own and those that it lies under, the nearest first.

    The nearest category wins over the place, and the place over the time; None where no text routes it.
    """
    ruling = rules.rule(ROUTING.name)
    name = ruling.first(*_names(categories, division=division, is_off_hours=is_off_hours))
    return Route(ruling.value(name, str), ruling.ref(name).ref) if name else None


def _names(categories: Iterable[str], *, division: str, is_off_hours: bool) -> Iterator[str]:
    for category in (*categories, ANY):
        for place in (f".{division}", ""):
            if is_off_hours:
                yield f"route.{category}{place}.{OFF_HOURS}"
            yield f"route.{category}{place}"
