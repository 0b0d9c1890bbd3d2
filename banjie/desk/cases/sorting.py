"""Categories as pages offer them: what a text speaks for, in words, and the leaves of the tree (U3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banjie.cases.queries import CategoryProposal
from banjie.rulebook.categories import Category, CategoryTree

CONFIRM = "请人工确认"
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class CategoryOffer:
    """A category that a text speaks for, and what it goes by."""

    key: str
    label: str
    why: str


def offered(tree: CategoryTree, proposals: Iterable[CategoryProposal]) -> list[CategoryOffer]:
    """Return proposals in words: where the category lies, how certain it is, and 请人工确认 where it is not."""
    return [_offer(tree, one) for one in proposals]


def leaves_by_top(tree: CategoryTree) -> list[tuple[str, Options]]:
    """Return the leaves that are open under the titles of the first level of the tree."""
    groups: dict[str, Options] = {}
    for leaf in tree.open_leaves:
        top, _, rest = tree.path_words(leaf.key).partition(" / ")
        groups.setdefault(top, []).append((leaf.key, rest or top))
    return list(groups.items())


def path_and_unit(tree: CategoryTree, leaf: Category) -> str:
    """Return what tells one category from another: where it lies, and the unit that handles it."""
    path: Sequence[str] = tree.path_words(leaf.key).split(" / ")[:-1]
    return " · ".join(part for part in (" / ".join(path), leaf.unit) if part)


def _offer(tree: CategoryTree, proposal: CategoryProposal) -> CategoryOffer:
    category = tree.find(proposal.category)
    ground = "按常用说法" if proposal.certainty is None else f"把握{proposal.certainty:.0%}"
    mark = "" if proposal.is_certain else CONFIRM
    why = "，".join(part for part in (path_and_unit(tree, category), ground, mark) if part)
    return CategoryOffer(category.key, category.title, why)
