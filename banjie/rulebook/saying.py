"""A text's prose with its values said in Chinese, as every page and paper prints it. No Django here."""

import re

from banjie.base.declarations import REGISTRY
from banjie.rulebook.marks import fill
from banjie.rulebook.sections import READERS
from banjie.rulebook.text import Parameter, Text

MISSING = "（未写明）"
_TITLE = re.compile(r"\A\s*# .*\n")


def said_of(text: Text, name: str) -> str:
    """Return the value of the parameter `name` in Chinese; 未写明 where the text has none of that name."""
    parameter = text.parameters.get(name)
    return MISSING if parameter is None else said_parameter(text, parameter)


def said_parameter(text: Text, parameter: Parameter) -> str:
    """Return the value of a parameter in Chinese, as the type of its text says it."""
    rule_type = REGISTRY.rule_types.get(text.type)
    if rule_type is None:
        return str(parameter.raw)
    return rule_type.say(rule_type.parse(parameter.name, parameter.raw))


def filled(text: Text, prose: str, *, around: tuple[str, str] = ("", "")) -> str:
    """Return a part of a text's prose with its values, each between `around`.

    Where marks name no parameters, as in a paper, they stay as they are: its numbers stand on its own page.
    """
    reader = READERS.get(text.section)
    if reader and reader.has_own_marks:
        return prose
    return fill(prose, lambda name: said_of(text, name).join(around))


def without_title(text: Text) -> str:
    """Return the prose below its heading, for pages and papers that set the title themselves."""
    return _TITLE.sub("", f"{text.prose.strip()}\n", count=1)
