"""What learning leaves behind: a few hundred kilobytes that propose categories with plain Python. Pure.

The model is multinomial logistic regression over tf-idf: certainty of a category is the softmax of its weights times
the features of the text. Weights are kept as one byte each with a scale per category.
"""

import json
import math
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from banjie.cases.learning.features import counted, document

STEPS = 127
"""A weight is stored as so many steps to either side of nothing."""
LEAST_KNOWN = 3
"""A text with fewer known features proposes nothing."""


class Proposed(NamedTuple):
    """A category and how certain the model is of it, 0 to 1."""

    category: str
    certainty: float


@dataclass(frozen=True)
class Weights:
    """A trained model: the weight of feature f for category c lies at `table[places[f] * len(categories) + c]`."""

    categories: tuple[str, ...]
    places: dict[str, int]
    rarity: "array[float]"
    table: "array[int]"
    scales: tuple[float, ...]
    leanings: tuple[float, ...]

    def propose(self, title: str, text: str) -> list[Proposed]:
        """Return every category with its certainty, the likeliest first; nothing for a text of unknown words."""
        found = [
            (self.places[feature], 1 + math.log(times))
            for feature, times in counted(document(title, text)).items()
            if feature in self.places
        ]
        if len(found) < LEAST_KNOWN:
            return []
        weighed = [(place, often * self.rarity[place]) for place, often in found]
        length = math.sqrt(sum(weight * weight for _, weight in weighed))
        width = len(self.categories)
        sums = [0.0] * width
        for place, weight in weighed:
            row = place * width
            for category in range(width):
                sums[category] += weight * self.table[row + category]
        scores = [
            total * scale / length + leaning
            for total, scale, leaning in zip(sums, self.scales, self.leanings, strict=True)
        ]
        return _certainties(self.categories, scores)


NOTHING_LEARNED = Weights((), {}, array("f"), array("b"), (), ())
"""Proposes nothing."""


def packed(weights: Weights) -> bytes:
    """Return a model as it is stored."""
    head = {
        "categories": weights.categories,
        "features": list(weights.places),
        "scales": weights.scales,
        "leanings": weights.leanings,
    }
    written = json.dumps(head, ensure_ascii=False).encode()
    return zlib.compress(
        len(written).to_bytes(4, "big") + written + weights.rarity.tobytes() + weights.table.tobytes()
    )


def unpacked(stored: bytes) -> Weights:
    """Return a stored model; raises ValueError for what is none."""
    try:
        raw = zlib.decompress(stored)
        size = 4 + int.from_bytes(raw[:4], "big")
        head = json.loads(raw[4:size])
        features: list[str] = head["features"]
        rarity, table = array("f"), array("b")
        rarity.frombytes(raw[size : size + len(features) * rarity.itemsize])
        table.frombytes(raw[size + len(features) * rarity.itemsize :])
    except (zlib.error, KeyError, UnicodeDecodeError) as broken:
        raise ValueError("the stored weights cannot be read") from broken
    return Weights(
        categories=tuple(head["categories"]),
        places={feature: place for place, feature in enumerate(features)},
        rarity=rarity,
        table=table,
        scales=tuple(head["scales"]),
        leanings=tuple(head["leanings"]),
    )


def stepped(column: Sequence[float]) -> tuple[float, list[int]]:
    """Return the scale of one category's weights, and each weight in steps of it."""
    scale = (max((abs(weight) for weight in column), default=0.0) or 1.0) / STEPS
    return scale, [round(weight / scale) for weight in column]


def _certainties(categories: Sequence[str], scores: Sequence[float]) -> list[Proposed]:
    highest = max(scores)
    parts = [math.exp(score - highest) for score in scores]
    whole = sum(parts)
    told = [Proposed(category, part / whole) for category, part in zip(categories, parts, strict=True)]
    return sorted(told, key=lambda proposed: -proposed.certainty)
