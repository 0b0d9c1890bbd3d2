"""Groups at a level of the tree of categories: `category.1` is the first level, `category` what a case itself bears.

A tree is as deep in one branch as it is not in another: what ends above the level asked for stands there as it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from banjie.base.declarations import FactColumn, Names
from banjie.rulebook.categories import CategoryTree

_LEVEL = re.compile(r"(?P<column>\w+)(?:\.(?P<level>[1-9]))?")
_NUMERALS = "零一二三四五六七八九"


def column_in(columns: Iterable[FactColumn], name: str) -> FactColumn | None:
    """Return the column that a group names, at its level where it names one; None for one that is not there."""
    plain, level = level_of(name)
    column = next((one for one in columns if one.name == plain), None)
    if column is None or not level:
        return column
    if column.names is not Names.CATEGORY:
        return None
    return replace(column, name=name, title=f"{column.title}（{_NUMERALS[level]}级）")


def with_levels(columns: Iterable[FactColumn], tree: CategoryTree) -> tuple[FactColumn, ...]:
    """Return the columns to group by, each of categories after the levels that the town's tree has above the last."""
    found: list[FactColumn] = []
    for column in columns:
        levels = range(1, tree.depth) if column.names is Names.CATEGORY else ()
        told = (column_in([column], f"{column.name}.{level}") for level in levels)
        found += [*filter(None, told), column]
    return tuple(found)


def level_of(name: str) -> tuple[str, int]:
    """Return the column and the level that a group names; 0 is no level.

    >>> level_of("category.2"), level_of("unit_id")
    (('category', 2), ('unit_id', 0))
    """
    found = _LEVEL.fullmatch(name)
    return (found["column"], int(found["level"] or 0)) if found else (name, 0)


def folded(tree: CategoryTree, level: int) -> Mapping[str, str]:
    """Return each category of the tree with what it lies under at a level."""
    found = {}
    for category in tree.categories:
        path = [above.key for above in tree.upwards(category.key)][::-1]
        found[category.key] = path[min(level, len(path)) - 1]
    return found


def under(folds: Mapping[str, str], value: str) -> Sequence[str]:
    """Return the values that are folded into one, itself among them."""
    return [value, *(key for key, above in folds.items() if above == value and key != value)]
