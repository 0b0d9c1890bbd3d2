"""What the regulations of one type say together: each value as code uses it, and the article that says so.

No Django here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TypeVar

from banjie.base.declarations import RuleType
from banjie.base.errors import RuleMissing
from banjie.rulebook.editions import Article, Edition, article_of
from banjie.rulebook.schema import plain_of

Wanted = TypeVar("Wanted")


@dataclass(frozen=True)
class Ruling:
    """The values of one rule type by name, each with the version that gives it."""

    rule_type: RuleType
    values: Mapping[str, object]
    sources: Mapping[str, Edition] = field(repr=False)

    def __contains__(self, name: object) -> bool:
        return name in self.values

    def value(self, name: str, kind: type[Wanted]) -> Wanted:
        """Return the value of a parameter, which is of `kind`. Raises RuleMissing when no text in force names it."""
        found = self.values.get(name)
        if not isinstance(found, kind):
            raise self._missing(name)
        return found

    def first(self, *names: str) -> str:
        """Return the first of `names` that is given, such as the nearest to a case; "" when none is."""
        return next((name for name in names if name in self.values), "")

    def names(self, pattern: str = "*") -> Iterator[str]:
        """Yield the names that fit a pattern such as `step.*`, in the order in which they are written."""
        return (name for name in self.values if fnmatchcase(name, pattern))

    def ref(self, name: str) -> Article:
        """Return what to cite for a parameter: title, provision and version. Raises RuleMissing when none names it."""
        if name not in self.sources:
            raise self._missing(name)
        return article_of(self.sources[name], name)

    def said(self, name: str) -> str:
        """Return the value of a parameter in Chinese."""
        parameter = self.sources[name].text.parameters[name]
        return self.rule_type.say(self.rule_type.parse(name, parameter.raw))

    def _missing(self, name: str) -> RuleMissing:
        return RuleMissing(
            f"{self.rule_type.title}的参数 {name} 没有在任何生效的制度里写明。"
            "请管理员运行 banjie rulebook check，并补上它。"
        )


def ruling_from(rule_type: RuleType, editions: Sequence[Edition], *, fallen: Sequence[Edition]) -> Ruling:
    """Return what `editions` say; a parameter named in full that they leave out is taken from the `fallen` ones."""
    values: dict[str, object] = {}
    sources: dict[str, Edition] = {}
    named_in_full = {spec.name for spec in rule_type.schema if not spec.is_pattern}
    for edition in (*editions, *(one for one in fallen if one.text.type == rule_type.name)):
        for name, parameter in edition.text.parameters.items():
            if name not in values and (edition in editions or name in named_in_full):
                values[name] = plain_of(rule_type.parse(name, parameter.raw))
                sources[name] = edition
    return Ruling(rule_type, values, sources)
