"""The training in a process of its own: its libraries are gone from memory with that process."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from banjie.cases.learning.features import document

SECONDS = 900
ROOT = Path(__file__).parents[3]
"""Where the package lies, so that the training finds it whatever folder the worker was started in."""
Example = tuple[str, str, str]
"""Title, text and category of a case."""


@dataclass(frozen=True)
class Outcome:
    """The packed weights, and how often the first or one of three proposals was right, cross-validated."""

    weights: bytes
    first: float
    among_three: float


def trained_apart(examples: Sequence[Example], hints: Sequence[tuple[str, str]]) -> Outcome:
    """Train on examples, and on words with the category they hint at; raises CalledProcessError or TimeoutExpired."""
    told = {
        "texts": [document(title, text) for title, text, _ in examples],
        "categories": [category for _, _, category in examples],
        "hints": [words for words, _ in hints],
        "hint_categories": [category for _, category in hints],
    }
    ran = subprocess.run(
        [sys.executable, "-m", "banjie.cases.learning.training"],
        input=json.dumps(told).encode(),
        capture_output=True,
        timeout=SECONDS,
        check=True,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    came = json.loads(ran.stdout)
    return Outcome(base64.b64decode(came["weights"]), came["first"], came["among_three"])
