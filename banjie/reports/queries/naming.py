"""What the values of a group are called in a paper: as figures call them, a matter by its last word alone."""

from collections.abc import Iterable
from datetime import date

from banjie.base.declarations import FactColumn, Names
from banjie.figures.naming import NONE_WORDS, names_in
from banjie.rulebook.in_force import Rules

NOBODY = NONE_WORDS[Names.UNIT]


def labels_of(
    town: str, column: FactColumn, values: Iterable[str], *, rules: Rules, on: date
) -> dict[str, str]:
    """Return value → name for the values of a column that a figure is grouped by; none has a name too."""
    wanted = set(values)
    labels = names_in(town, column, wanted, on=on)
    if column.names is Names.CATEGORY:
        labels |= {key: rules.categories.find(key).title for key in wanted if key in rules.categories}
    return labels
