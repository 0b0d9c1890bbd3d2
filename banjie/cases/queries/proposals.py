"""Which category a text speaks for, by what the town's own cases taught, then by the tree's usual words (U3).

Nothing is set by it.
"""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from banjie.cases.learning.weights import NOTHING_LEARNED, Weights, unpacked
from banjie.cases.models import LearnedCategories
from banjie.cases.settings import setting
from banjie.rulebook.in_force import Rules
from banjie.rulebook.setting_keys import SettingKey

AMONG = 3
UNLIKELY = 0.1
"""A category less certain than this is not worth a line."""
_TOWNS_KEPT = 4
_loaded: dict[str, tuple[datetime, Weights]] = {}


class CategoryProposal(NamedTuple):
    """A category, how certain it is (0 to 1, None by its usual words alone), and whether that is certain enough."""

    category: str
    certainty: float | None
    is_certain: bool


def category_proposals(
    town: str, title: str, text: str, *, rules: Rules, learned: Weights | None = None
) -> list[CategoryProposal]:
    """Return up to three categories that a text speaks for: the likeliest first, then those it says the words of.

    Whoever asks for many texts reads `learned` once by `learned_of`.
    """
    weights = learned if learned is not None else learned_of(town)
    least = setting(rules, SettingKey.PROPOSAL_CERTAINTY, Fraction)
    likely = [
        CategoryProposal(category, certainty, certainty >= least)
        for category, certainty in weights.propose(title, text)
        if certainty >= UNLIKELY and rules.categories.takes(category)
    ]
    known = {one.category for one in likely}
    said = rules.categories.propose(f"{title}\n{text}", limit=AMONG)
    likely += [CategoryProposal(leaf.key, None, False) for leaf in said if leaf.key not in known]
    return likely[:AMONG]


def learned_of(town: str) -> Weights:
    """Return what a town's cases taught, for one small query; the weights are read once and kept."""
    told = LearnedCategories.objects.filter(town=town)
    learned_at = told.values_list("learned_at", flat=True).first()
    if learned_at is None:
        return NOTHING_LEARNED
    kept = _loaded.get(town)
    if kept is None or kept[0] != learned_at:
        row = told.get()
        if len(_loaded) >= _TOWNS_KEPT:
            _loaded.pop(next(iter(_loaded)), None)
        kept = _loaded[town] = (row.learned_at, unpacked(bytes(row.weights)))
    return kept[1]
