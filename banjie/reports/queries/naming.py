"""What the values of a group are called: the unit's name for its id, the matter's for its key."""

from collections.abc import Iterable

from banjie.base.declarations import FactColumn, Names
from banjie.people.queries import names_of
from banjie.places.queries import place_names
from banjie.rulebook.in_force import Rules

NOBODY = "尚未派办"
NOTHING = "未归类"


def labels_of(town: str, column: FactColumn, values: Iterable[str], *, rules: Rules) -> dict[str, str]:
    """Return value → name for the values of a column that a figure is grouped by; none has a name too."""
    wanted = set(values)
    found = _named(town, column, wanted - {""}, rules)
    empty = {"": NOBODY if column.names is Names.UNIT else NOTHING} if "" in wanted else {}
    return {**{value: value for value in wanted}, **dict(column.choices), **found, **empty}


def _named(town: str, column: FactColumn, wanted: set[str], rules: Rules) -> dict[str, str]:
    if column.names is Names.UNIT:
        return {str(unit): name for unit, name in names_of(town).units.items()}
    if column.names is Names.DIVISION:
        return place_names(wanted)
    if column.names is Names.CATEGORY:
        tree = rules.categories
        return {key: tree.find(key).title for key in wanted if key in tree}
    if column.names is Names.KIND:
        return {kind.key: kind.title for kind in rules.kinds}
    return {}
