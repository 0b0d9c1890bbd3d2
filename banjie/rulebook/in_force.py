"""Which version of each text rules on a day, and what it says: the nearest owner's, town over county over shipped.

What began under a version keeps it: callers store `Article.ref`. No Django here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from banjie.base.declarations import REGISTRY
from banjie.base.errors import RuleMissing
from banjie.rulebook.categories import CategoryTree, joined, read_categories
from banjie.rulebook.editions import (
    COUNTY_DIGITS,
    NEARNESS,
    OWNER_WORDS,
    Article,
    Edition,
    Owner,
    article_of,
    say_ref,
)
from banjie.rulebook.kinds import Extension, Kind, read_kind
from banjie.rulebook.laws import Bound, bounds_of
from banjie.rulebook.rules import TIME_LIMIT, parse_limit, say_limit
from banjie.rulebook.ruling import Ruling, ruling_from
from banjie.rulebook.setting_keys import SettingKey
from banjie.rulebook.text import Section
from banjie.rulebook.values import Plain, parse_value
from banjie.worktime.terms import Term

__all__ = [
    "COUNTY_DIGITS",
    "OWNER_WORDS",
    "Article",
    "Edition",
    "Owner",
    "Rules",
    "Ruling",
    "TimeLimit",
    "chosen",
    "say_ref",
]


@dataclass(frozen=True)
class TimeLimit:
    """How long a clock runs, the share after which it turns amber, and the article that says so."""

    term: Term
    amber_share: Fraction
    article: str


def chosen(editions: Sequence[Edition], *, town: str, on: date) -> tuple[Edition, ...]:
    """Return what is in force for a town on a day: for each text and owner the version that began last.

    Where that version repeals the text, its owner has none, and the farther owner's rules again.
    The nearest owner comes first; a farther one's text stays behind it, since settings that the nearer text does not
    name are still taken from there.
    """
    found: dict[tuple[Section, str, Owner], Edition] = {}
    for edition in editions:
        if not (edition.binds(town) and edition.rules_on(on)):
            continue
        place = (edition.section, edition.key, edition.owner)
        other = found.get(place)
        if other is None or (other.from_on, other.number) < (edition.from_on, edition.number):
            found[place] = edition
    ruling = (edition for edition in found.values() if not edition.is_repeal)
    return tuple(sorted(ruling, key=lambda edition: (edition.section, edition.key, -NEARNESS[edition.owner])))


class Rules:
    """Everything in force for one town on one day; made once per set of versions and kept in memory."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        """Take what `chosen` returned."""
        self._all = tuple(editions)
        self._rulings: dict[str, Ruling] = {}
        self.editions: Mapping[tuple[Section, str], Edition] = {
            (edition.section, edition.key): edition for edition in reversed(self._all)
        }

    def without(self, *, owner: Owner, places: Collection[tuple[Section, str]]) -> "Rules":
        """Return the rules that there would be if the owner had none of the texts named."""
        return Rules(
            [one for one in self._all if one.owner is not owner or (one.section, one.key) not in places]
        )

    def texts(self, section: Section) -> Iterator[Edition]:
        """Yield the ruling versions of one shelf, by key."""
        yield from sorted(
            (edition for edition in self.editions.values() if edition.section is section), key=lambda e: e.key
        )

    def setting(self, key: str) -> Plain:
        """Return the value of a setting as code uses it; RuleMissing when no text in force names it."""
        if key not in self._settings:
            raise RuleMissing(
                f"参数 {key} 没有在任何生效的文本里写明。请管理员运行 banjie rulebook check，并补上它。"
            )
        return self._settings[key]

    @property
    def setting_names(self) -> frozenset[str]:
        """Return the names of all settings in force."""
        return frozenset(self._settings)

    def article(self, key: str, *, name: str = "", section: Section = Section.REGULATIONS) -> Article:
        """Return what to cite of the text `key`, at the provision that prints the parameter `name`."""
        edition = self.editions.get((section, key))
        if edition is None:
            raise RuleMissing(f"制度 {key} 没有生效的版本。请管理员运行 banjie rulebook check，并载入它。")
        return article_of(edition, name)

    def rule(self, rule_type: str) -> Ruling:
        """Return what the regulations of a type say together; a parameter that none names is a RuleMissing when asked.

        Each text is its nearest owner's. A parameter that the type names in full and no such text does is taken from
        the farther owner's text, so that an upgrade can add one; those that fit a pattern are the nearer text's alone.
        """
        if rule_type not in self._rulings:
            declared = REGISTRY.rule_types.get(rule_type)
            if declared is None:
                raise LookupError(f"rule type {rule_type} is declared by no room")
            regulations = [one for one in self._all if one.section is Section.REGULATIONS]
            self._rulings[rule_type] = ruling_from(declared, self.ruling_of(rule_type), fallen=regulations)
        return self._rulings[rule_type]

    def ruling_of(self, rule_type: str) -> tuple[Edition, ...]:
        """Return the versions of the regulations of a type that rule, by key."""
        return tuple(edition for edition in self.texts(Section.REGULATIONS) if edition.text.type == rule_type)

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """Return what higher law demands of parameters; the laws of all owners bind, the nearer never loosen."""
        return tuple(dict.fromkeys(bounds_of(one.text for one in self._all if one.section is Section.LAWS)))

    @property
    def standing(self) -> frozenset[str]:
        """Return what stands where a new text does not name it: settings, and required parameters as type/name."""
        required = {
            f"{declared.name}/{spec.name}"
            for declared in REGISTRY.rule_types.values()
            for spec in declared.schema
            if spec.is_required and spec.name in self.rule(declared.name)
        }
        return self.setting_names | required

    def time_limit(self, clock: str, *, kind: str, category: str = "") -> TimeLimit | None:
        """Return the limit of a clock: the category's own or that of what it lies under, else the kind's, else all's.

        None when the kind has no such clock.
        """
        name = self.limit_name(clock, kind=kind, category=category)
        if not name:
            return None
        edition, term = self._limits[name]
        share = self.setting(SettingKey.AMBER_SHARE)
        if not isinstance(share, Fraction):
            raise RuleMissing("黄灯份额不是份额。请管理员在参数里改成 1/3 或 30% 这样的写法。")
        return TimeLimit(term=term, amber_share=share, article=article_of(edition, name).ref)

    def said_limit(self, name: str) -> str:
        """Return the time limit of a name such as `sign.*` in Chinese; "" when no text in force names it."""
        return say_limit(self._limits[name][1]) if name in self._limits else ""

    def limit_name(self, clock: str, *, kind: str, category: str = "") -> str:
        """Return the name of the parameter that limits a clock; "" when the kind has no such clock."""
        above = (
            [found.key for found in self.categories.upwards(category)] if category in self.categories else []
        )
        names = [f"{clock}.{kind}.{key}" for key in above] + [f"{clock}.{kind}", f"{clock}.*"]
        name = next((name for name in names if name in self._limits), "")
        return name if name and clock in self.kind(kind).clocks else ""

    def kind(self, key: str) -> Kind:
        """Return a kind of case; RuleMissing when there is none in force."""
        if key not in self._kinds:
            raise RuleMissing(
                f"件的种类 {key} 没有生效的文本。请管理员运行 banjie rulebook check，并载入它。"
            )
        return self._kinds[key]

    def extension(self, kind: str, *, category: str = "") -> Extension:
        """Return how far the limit of a matter may be moved (行政许可法 第四十二条 of permits)."""
        tree = self.categories
        above = [found.key for found in tree.upwards(category)] if category in tree else []
        return self.kind(kind).extension_of(above)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return every kind of case in force, by key."""
        return tuple(self._kinds.values())

    @cached_property
    def categories(self) -> CategoryTree:
        """Return the tree of matters in force."""
        editions = list(self.texts(Section.CATEGORIES))
        trees = [read_categories(edition.text) for edition in editions]
        return joined(trees, article="；".join(article_of(edition, "").ref for edition in editions))

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        found = {}
        for edition in self.texts(Section.KINDS):
            found[edition.key] = replace(read_kind(edition.text), article=article_of(edition, "").ref)
        return found

    @cached_property
    def _settings(self) -> Mapping[str, Plain]:
        """Return every setting; where the nearest text of a key does not name one, the farther one's value stands."""
        found: dict[str, Plain] = {}
        for edition in self._all:
            if edition.section is Section.SETTINGS:
                for name, parameter in edition.text.parameters.items():
                    found.setdefault(name, parse_value(parameter.raw).plain)
        return found

    @cached_property
    def _limits(self) -> Mapping[str, tuple[Edition, Term]]:
        found: dict[str, tuple[Edition, Term]] = {}
        for edition in self.texts(Section.REGULATIONS):
            if edition.text.type == TIME_LIMIT.name:
                for name, parameter in edition.text.parameters.items():
                    found.setdefault(name, (edition, parse_limit(name, parameter.raw)))
        return found
