"""Learn from a town's categorised cases which words speak for which category (U3); no case is changed by it."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from banjie.base.errors import Conflict
from banjie.cases.learning.apart import Example, trained_apart
from banjie.cases.models import Case, LearnedCategories
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import State
from banjie.rulebook.categories import CategoryTree
from banjie.rulebook.in_force import Rules

NEWEST = 5000
"""So many of the newest categorised cases are learned from."""
LEAST_CASES = 40
"""Fewer cases than this teach less than the usual words of the category tree do."""
LEAST_EACH = 3
"""A category of fewer cases is not proposed by what was learned."""
GROWN = Decimal("1.05")
"""A run that comes round learns anew once there are so many times the cases of the last time."""


def learn_categories(town: str, *, rules: Rules, at: datetime, is_due_only: bool = False) -> bool:
    """学习类别: train on a town's categorised cases in a process of its own, and keep the weights.

    Tell whether anything was learned: not with fewer than LEAST_CASES cases or one category alone nor, with
    `is_due_only`, when hardly any came since. Raises Conflict when the training fails.
    """
    rows = list(_examples(town, rules.categories))
    counts = Counter(category for _, _, category in rows)
    kept = [row for row in rows if counts[row[2]] >= LEAST_EACH]
    categories = sorted({category for _, _, category in kept})
    if len(kept) < LEAST_CASES or len(categories) < 2:
        return False
    if is_due_only and _is_fresh(town, len(kept)):
        return False
    hints = [(words, key) for key in categories for words in _said(rules.categories, key)]
    try:
        outcome = trained_apart(kept, hints)
    except subprocess.SubprocessError as broken:
        raise Conflict("类别学习没有跑完，仍用上一次的结果。请管理员稍后运行 banjie learn 再试。") from broken
    LearnedCategories.objects.update_or_create(
        town=town,
        defaults={
            "learned_at": at,
            "case_count": len(kept),
            "first_share": _share(outcome.first),
            "third_share": _share(outcome.among_three),
            "weights": outcome.weights,
        },
    )
    return True


def _examples(town: str, tree: CategoryTree) -> Iterator[Example]:
    """Yield title, text and category of the newest cases that people put under a category that still stands."""
    told = Case.objects.filter(town=town, sensitivity=Sensitivity.ORDINARY).exclude(category="")
    told = told.exclude(state=State.VOID).order_by("-registered_at", "-id")
    for title, text, category in told.values_list("title", "text", "category")[:NEWEST]:
        if tree.takes(category):
            yield title, text, category


def _said(tree: CategoryTree, key: str) -> Iterator[str]:
    """Yield the titles and usual words of a category and of what lies below it."""
    category = tree.find(key)
    yield " ".join((category.title, *category.words))
    for child in tree.children(key):
        yield from _said(tree, child.key)


def _is_fresh(town: str, count: int) -> bool:
    last = LearnedCategories.objects.filter(town=town).values_list("case_count", flat=True).first()
    return last is not None and count < last * GROWN


def _share(told: float) -> Decimal:
    return round(Decimal(str(told)), 4)
