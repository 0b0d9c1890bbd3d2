"""Train on examples from standard input and write the model to standard output, then end: a program of its own.

    python -m banjie.cases.learning.training < examples.json > outcome.json

scikit-learn and numpy take a hundred megabytes that no process at rest shall hold; here they are gone with the run.
Logistic regression over characters and bigrams; the category tree's own titles and usual words count as examples of
a third of the weight (ADR 0042).
"""

import base64
import json
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from banjie.cases.learning.features import features
from banjie.cases.learning.weights import Weights, packed, stepped

STRENGTH = 10.0
"""Inverse of the regularisation; 3 and 30 did alike on the trial's 248 letters."""
HINT_WEIGHT = 0.3
"""What a title or usual word of the category tree counts beside a case."""
MOST_FEATURES = 12_000
FOLDS = 5
SEED = 2026
AMONG = 3


@dataclass(frozen=True)
class Examples:
    """Texts with their categories, and the hints of the category tree."""

    texts: Sequence[str]
    categories: Sequence[str]
    hints: Sequence[str]
    hint_categories: Sequence[str]


@dataclass(frozen=True)
class Trained:
    """A model in scikit-learn's own form."""

    vectorizer: TfidfVectorizer
    model: LogisticRegression

    def certainties(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the certainty of every category for every text."""
        found: NDArray[np.float64] = self.model.predict_proba(self.vectorizer.transform(texts))
        return found


@dataclass(frozen=True)
class Shares:
    """How often the category that people chose was the first proposal, and among the first three."""

    first: float
    among_three: float


def trained(examples: Examples) -> Trained:
    """Train on examples of two categories at least."""
    texts = [*examples.texts, *examples.hints]
    vectorizer = TfidfVectorizer(
        analyzer=lambda words: list(features(words)),
        sublinear_tf=True,
        min_df=2,
        max_features=MOST_FEATURES,
    )
    weights = [1.0] * len(examples.texts) + [HINT_WEIGHT] * len(examples.hints)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    matrix: csr_matrix = vectorizer.fit_transform(texts)
    model.fit(matrix, [*examples.categories, *examples.hint_categories], sample_weight=weights)
    return Trained(vectorizer, model)


def cross_validated(examples: Examples) -> Shares:
    """Return the shares on texts that were left out of the training, each left out once."""
    first, three = 0, 0
    texts, chosen = np.array(examples.texts, dtype=object), np.array(examples.categories, dtype=object)
    for inside, outside in KFold(FOLDS, shuffle=True, random_state=SEED).split(texts):
        part = Examples(texts[inside], chosen[inside], examples.hints, examples.hint_categories)
        learned = trained(part)
        order = np.argsort(-learned.certainties(texts[outside]), axis=1)[:, :AMONG]
        ranked = learned.model.classes_[order]
        first += int((ranked[:, 0] == chosen[outside]).sum())
        three += int((ranked == chosen[outside][:, None]).any(axis=1).sum())
    return Shares(first / len(texts), three / len(texts))


def weights_of(learned: Trained) -> Weights:
    """Return a trained model in the form that plain Python reads."""
    model, vectorizer = learned.model, learned.vectorizer
    columns, leanings = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column stands for both of two categories
        columns, leanings = np.vstack([-columns, columns]) / 2, np.array([-leanings[0], leanings[0]]) / 2
    scaled = [stepped([float(weight) for weight in column]) for column in columns]
    table = np.array([steps for _, steps in scaled], dtype=np.int8).T
    return Weights(
        categories=tuple(str(name) for name in model.classes_),
        places={str(name): int(place) for name, place in _by_place(vectorizer)},
        rarity=array("f", vectorizer.idf_.astype(np.float32).tolist()),
        table=array("b", table.reshape(-1).tolist()),
        scales=tuple(scale for scale, _ in scaled),
        leanings=tuple(float(leaning) for leaning in leanings),
    )


def _by_place(vectorizer: TfidfVectorizer) -> list[tuple[str, int]]:
    """Return the features in the order of their places, as `packed` writes them."""
    return sorted(vectorizer.vocabulary_.items(), key=lambda told: int(told[1]))


def main() -> int:
    """Read {"texts", "categories", "hints", "hint_categories"}, write {"weights", "first", "among_three"}."""
    examples = Examples(**json.load(sys.stdin))
    shares = cross_validated(examples)
    weights = packed(weights_of(trained(examples)))
    outcome = {
        "weights": base64.b64encode(weights).decode(),
        "first": shares.first,
        "among_three": shares.among_three,
    }
    json.dump(outcome, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
