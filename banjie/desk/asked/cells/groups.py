"""The groups by which a cell of a form may be narrowed: units, villages, kinds, channels and categories of the town."""

from collections.abc import Mapping, Sequence
from datetime import date

from banjie.base.declarations import FACTS
from banjie.desk.office.choices import unit_choices, village_choices
from banjie.rulebook.queries import rules_on

Choices = Sequence[tuple[str, str]]


def group_choices(town: str, on: date) -> Mapping[str, tuple[str, Choices]]:
    """Return column → its title and what may be chosen; a branch of categories stands for all its leaves."""
    rules = rules_on(town, on)
    tree = rules.categories
    columns = {column.name: column for column in FACTS["case"].groups}
    offered: dict[str, Choices] = {
        "unit_id": unit_choices(town),
        "division_code": village_choices(town),
        "kind": [(kind.key, kind.title) for kind in rules.kinds],
        "channel": list(columns["channel"].choices.items()),
        "category": [(one.key, tree.path_words(one.key)) for one in tree.categories],
    }
    return {name: (columns[name].title, choices) for name, choices in offered.items() if name in columns}
