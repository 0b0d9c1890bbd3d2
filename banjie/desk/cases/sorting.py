"""Categories offered for a text: by what the town's cases taught, then by the usual words of the tree (U3).

Nothing is set by an offer; each says how certain it is, and 请人工确认 below the rulebook's certainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from banjie.cases.learning.weights import Weights
from banjie.cases.queries import category_proposals
from banjie.rulebook.categories import Category, CategoryTree
from banjie.rulebook.in_force import Rules

FEW = 3
CONFIRM = "请人工确认"
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class CategoryOffer:
    """A category that a text speaks for, and what it goes by."""

    key: str
    label: str
    why: str
    is_certain: bool


def proposed_categories(
    town: str, title: str, text: str, *, rules: Rules, learned: Weights | None = None
) -> list[CategoryOffer]:
    """Return up to three categories, those that were learned first; `learned` as `category_proposals` takes it."""
    tree = rules.categories
    likely = category_proposals(town, title, text, rules=rules, learned=learned)
    found = [
        _offer(tree, one.category, f"把握{one.certainty:.0%}", is_certain=one.is_certain) for one in likely
    ]
    known = {one.key for one in found}
    said = [leaf for leaf in tree.propose(f"{title}\n{text}", limit=FEW) if leaf.key not in known]
    found += [_offer(tree, leaf.key, "按常用说法", is_certain=False) for leaf in said]
    return found[:FEW]


def leaves_by_top(tree: CategoryTree) -> list[tuple[str, Options]]:
    """Return the leaves of the tree under the titles of its first level."""
    groups: dict[str, Options] = {}
    for leaf in tree.leaves:
        top, _, rest = tree.path_words(leaf.key).partition(" / ")
        groups.setdefault(top, []).append((leaf.key, rest or top))
    return list(groups.items())


def path_and_unit(tree: CategoryTree, leaf: Category) -> str:
    """Return what tells one category from another: where it lies, and the unit that handles it."""
    path: Sequence[str] = tree.path_words(leaf.key).split(" / ")[:-1]
    return " · ".join(part for part in (" / ".join(path), leaf.unit) if part)


def _offer(tree: CategoryTree, key: str, ground: str, *, is_certain: bool) -> CategoryOffer:
    category = tree.find(key)
    mark = "" if is_certain else CONFIRM
    why = "，".join(part for part in (path_and_unit(tree, category), ground, mark) if part)
    return CategoryOffer(key, category.title, why, is_certain)
