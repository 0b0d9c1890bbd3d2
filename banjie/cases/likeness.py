"""How alike two requests are: bigrams of their words, the rarer the heavier, compared by the angle between them. Pure.

A title of twenty characters tells what a letter of two thousand is about, so titles decide; texts say whether one
letter was sent twice under two titles.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORT = 12
"""A text of fewer bigrams says too little to be called near-same."""
COMMON = 60
"""A bigram of more titles than this, and of more than one in twenty, leads to no pair; rarer ones do."""
_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9]+")
Grams = frozenset[str]


def grams(text: str) -> Grams:
    """Return the bigrams of the runs of characters, digits and letters of a text.

    >>> sorted(grams("路灯，路灯坏"))
    ['灯坏', '路灯']
    """
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        found.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(found)


def overlap(one: Grams, other: Grams) -> float:
    """Return how much two texts share, 0 to 1; short ones share nothing that counts."""
    if min(len(one), len(other)) < SHORT:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))


class Weighing:
    """What each bigram weighs among so many titles: one that stands in every title tells little."""

    def __init__(self, titles: Sequence[Grams]) -> None:
        counts = Counter(gram for title in titles for gram in title)
        size = len(titles)
        self.counts: Mapping[str, int] = counts
        self.squares: Mapping[str, float] = {
            gram: math.log(1 + size / count) ** 2 for gram, count in counts.items()
        }
        self.unseen = math.log(1 + size) ** 2 if size else 1.0

    def length(self, title: Grams) -> float:
        """Return the length of a title as a vector."""
        return math.sqrt(sum(self.squares.get(gram, self.unseen) for gram in title))

    def alike(self, one: Grams, other: Grams) -> float:
        """Return how alike two titles are, 0 to 1."""
        lengths = self.length(one) * self.length(other)
        return self.shared(one & other) / lengths if lengths else 0.0

    def shared(self, common: Iterable[str]) -> float:
        """Return what the bigrams that two titles have in common weigh."""
        return sum(self.squares.get(gram, self.unseen) for gram in common)


def clusters(titles: Sequence[Grams], *, least: float) -> list[list[int]]:
    """Return the places of titles that hang together by pairs at least so alike, the largest groups first."""
    above = list(range(len(titles)))
    for one, other in pairs(titles, least=least):
        above[_root(above, other)] = _root(above, one)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(titles)):
        groups[_root(above, place)].append(place)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def middle(titles: Sequence[Grams], group: Sequence[int]) -> int:
    """Return the place of the title that has most in common with the others of its group, the earliest of equals."""
    counts = Counter(gram for place in group for gram in titles[place])

    def told(place: int) -> float:
        own = titles[place]
        return sum(counts[gram] - 1 for gram in own) / math.sqrt(len(own) or 1)

    return max(group, key=lambda place: (told(place), -place))


def pairs(titles: Sequence[Grams], *, least: float) -> Iterator[tuple[int, int]]:
    """Yield the places of the pairs of titles that share a rare bigram and are at least so alike."""
    weighing = Weighing(titles)
    lengths = [weighing.length(title) for title in titles]
    common = max(COMMON, len(titles) // 20)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        met = {other for gram in title for other in holders.get(gram, ())}
        for other in met:
            both = lengths[place] * lengths[other]
            if both and weighing.shared(title & titles[other]) >= least * both:
                yield place, other
        for gram in title:
            if weighing.counts[gram] <= common:
                holders[gram].append(place)


def _root(above: list[int], place: int) -> int:
    while above[place] != place:
        above[place] = above[above[place]]
        place = above[place]
    return place
