"""AB岗: who answers in which order when someone is away (S-006)."""

from banjie.base.declarations import NamePart, ParameterSpec, Part, Sort
from banjie.people.standing import STAND_INS
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

POSTS = rule_type(
    "posts",
    "顶岗规则",
    schema=(
        ParameterSpec(
            "fallback.*",
            "依次由谁顶岗",
            (Sort.CHOICE,),
            choices={stand_in.value: words for stand_in, words in STAND_INS.items()},
            parts=(NamePart("第几个", Part.NUMBER),),
        ),
    ),
)


def fallback_on(rules: Rules) -> tuple[str, ...]:
    """Return who stands in, the nearest first; empty where no text says so and the usual order holds."""
    ruling = rules.rule(POSTS.name)
    return tuple(ruling.value(name, str) for name in sorted(ruling.names("fallback.*")))
