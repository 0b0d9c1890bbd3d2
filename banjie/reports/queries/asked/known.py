"""What the words of superiors' forms mean in a town: its figures, units, villages, kinds and categories, and the
names that the regulation 上级要表填报办法 gives them besides."""

from collections.abc import Iterator
from datetime import date

from banjie.base.declarations import FACTS, Fact, Names
from banjie.figures.queries import Catalogue, catalogue_on
from banjie.people.queries import unit_labels
from banjie.places.queries import place_name, village_names
from banjie.reports.asked.matching import Known
from banjie.reports.asked.words import Sense, Term, Vocabulary, terms_of
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on
from banjie.rulebook.ruling import Ruling

UNIT, DIVISION, KIND, CHANNEL, CATEGORY = "unit_id", "division_code", "kind", "channel", "category"
_ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")


def known_on(town: str, on: date) -> Known:
    """Return what a form is matched against for a town on a day."""
    rules, catalogue = rules_on(town, on), catalogue_on(town, on)
    ruling = rules.rule("asked_forms")
    return Known(
        vocabulary=Vocabulary(tuple(_terms(town, rules, ruling, catalogue))),
        figures=catalogue.figures,
        groups={
            key: frozenset(column.name for column in catalogue.fact(key).groups) for key in catalogue.figures
        },
        by_kind=frozenset(key for key in catalogue.figures if _has_kinds(catalogue.fact(key))),
        case_units=frozenset(ruling.value("case_units", tuple)),
    )


def _terms(town: str, rules: Rules, ruling: Ruling, catalogue: Catalogue) -> Iterator[Term]:
    """Yield every word; of two meanings of one word the first holds."""
    yield from terms_of((place_name(town), *ruling.value("totals", tuple)), Sense.TOTAL)
    for name, said in _named(ruling, "told"):
        yield from terms_of(said, Sense.TOLD, name)
    for key, figure in catalogue.figures.items():
        yield from terms_of(_said(ruling, f"figures.{key}"), Sense.FIGURE, key, title=(figure.title,))
    yield from _groups(town, rules, ruling)
    for name, said in _named(ruling, "spans"):
        yield from terms_of(said, Sense.SPAN, name)
    for name, said in _named(ruling, "changes"):
        yield from terms_of(said, Sense.CHANGE, name)
    yield from terms_of(ruling.value("passed_over", tuple), Sense.NOISE)
    yield from _fields_of_books(catalogue)


def _groups(town: str, rules: Rules, ruling: Ruling) -> Iterator[Term]:
    for unit in unit_labels(town):
        yield from terms_of((unit.label,), Sense.GROUP, str(unit.id), column=UNIT, title=(unit.name,))
    for code, name in village_names(town):
        yield from terms_of(_short(name), Sense.GROUP, code, column=DIVISION, title=(name,))
    for kind in rules.kinds:
        said = _said(ruling, f"kinds.{kind.key}")
        yield from terms_of(said, Sense.GROUP, kind.key, column=KIND, title=(kind.title,))
    column = next((one for one in FACTS["case"].columns if one.name == CHANNEL), None)
    for key, title in (column.choices if column else {}).items():
        yield from terms_of(
            _said(ruling, f"channels.{key}"), Sense.GROUP, key, column=CHANNEL, title=(title,)
        )
    for category in rules.categories.categories:
        yield from terms_of((), Sense.GROUP, category.key, column=CATEGORY, title=(category.title,))


def _fields_of_books(catalogue: Catalogue) -> Iterator[Term]:
    """Yield the choices in the fields of books that figures count: a group of that book alone."""
    for fact in catalogue.facts.values():
        for column in fact.groups if fact.name not in FACTS else ():
            for key, label in column.choices.items():
                yield from terms_of((), Sense.GROUP, key, column=column.name, title=(label,), fact=fact.name)


def _has_kinds(fact: Fact) -> bool:
    return any(column.names is Names.KIND for column in fact.columns)


def _said(ruling: Ruling, name: str) -> tuple[str, ...]:
    return ruling.value(name, tuple) if name in ruling else ()


def _named(ruling: Ruling, family: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ruling.names(f"{family}.*"):
        yield name.partition(".")[2], ruling.value(name, tuple)


def _short(name: str) -> tuple[str, ...]:
    """Return a village's name without its ending: 西沟村 is also called 西沟."""
    ending = next((one for one in _ENDINGS if name.endswith(one) and len(name) - len(one) >= 2), "")
    return (name.removesuffix(ending),) if ending else ()
