"""How often the proposed category is what people had chosen, cross-validated on the trial's letters (U3).

    BANJIE_TRIAL_DATA=… python benchmarks/learning.py

Reads petitions-labelled.xlsx and category-tree.csv of the folder, which are no part of the repository; says skipped
without them. Trains as `banjie learn` does, in a process of its own.
"""

import csv
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from banjie.cases.learning.apart import trained_apart  # noqa: E402  the root must be known first
from banjie.cases.learning.weights import unpacked  # noqa: E402
from benchmarks.report import Line  # noqa: E402

LETTERS, TREE = "petitions-labelled.xlsx", "category-tree.csv"
TIMED = 200


def main() -> int:
    """Print the lines of the report."""
    for line in lines():
        print(f"{line.what:<36} {line.measured:<10} {line.note}")
    return 0


def lines() -> list[Line]:
    """Return the shares, or that they were skipped."""
    folder = Path(os.environ.get("BANJIE_TRIAL_DATA") or "/nonexistent")
    if not (folder / LETTERS).is_file():
        return [Line("category proposals", "skipped", "", "BANJIE_TRIAL_DATA is not set")]
    rows = letters(folder / LETTERS)
    began = time.perf_counter()
    chosen = {category for _, _, category in rows}
    outcome = trained_apart(rows, [(words, top) for top, words in tree(folder / TREE) if top in chosen])
    took = time.perf_counter() - began
    of = f"{len(rows)} letters in {len(chosen)} categories, five parts each left out once"
    return [
        Line("category proposed first is right", f"{outcome.first:.1%}", "", of),
        Line("category among three is right", f"{outcome.among_three:.1%}", "", of),
        Line("learning and validating", f"{took:.1f} s", "", f"weights {len(outcome.weights) / 1024:.0f} KB"),
        Line(
            "proposing for one letter",
            f"{1000 * proposing(outcome.weights, rows):.2f} ms",
            "",
            "CPU, plain Python",
        ),
    ]


def proposing(packed: bytes, rows: list[tuple[str, str, str]]) -> float:
    """Return the CPU seconds that plain Python takes for one letter."""
    weights = unpacked(packed)
    began = time.process_time()
    for title, text, _ in rows[:TIMED]:
        weights.propose(title, text)
    return (time.process_time() - began) / len(rows[:TIMED])


def letters(path: Path) -> list[tuple[str, str, str]]:
    """Return title, text and category of each letter."""
    from python_calamine import load_workbook

    heads, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
    places = [heads.index(head) for head in ("留言主题", "留言详情", "一级分类")]
    told = [tuple(str(row[place]).strip() for place in places) for row in rows]
    return [(title, text, category) for title, text, category in told if category]


def tree(path: Path) -> list[tuple[str, str]]:
    """Return each leaf of the category tree as its first level and the words below it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["一级分类"], f"{row['二级分类']} {row['三级分类']}") for row in csv.DictReader(file)]


if __name__ == "__main__":
    sys.exit(main())
