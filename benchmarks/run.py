"""Measure one database and write the table: `make bench` runs it on each (see README.md beside it).

    python benchmarks/run.py [--only pages,search,books,export,residents,verify,find,idle]

BANJIE_DATABASE_URL chooses the database system; the run makes a database of its own and drops it. BANJIE_BENCH_FULL=1
adds a million cases and a million entries, BANJIE_BENCH_SECONDS (10) says how long each measurement over HTTP lasts,
BANJIE_BENCH_CASES (100000) and BANJIE_BENCH_ENTRIES (100000) how much is stamped.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.ground import own_ground  # noqa: E402  the home must be chosen before Django reads its settings

FULL = os.environ.get("BANJIE_BENCH_FULL") == "1"
SECONDS = float(os.environ.get("BANJIE_BENCH_SECONDS", "10"))
CASES = int(os.environ.get("BANJIE_BENCH_CASES", "100000"))
ENTRIES = int(os.environ.get("BANJIE_BENCH_ENTRIES", "1000000" if FULL else "100000"))
MILLION = 1_000_000
PARTS = (
    "figures",
    "paper",
    "pages",
    "search",
    "books",
    "export",
    "residents",
    "learning",
    "verify",
    "replay",
    "find",
    "idle",
)
"""In the order of measuring: the first two put back what they add, the others leave it."""


def main() -> int:
    """Run the parts that are asked for, on ground of their own, and write the table."""
    only = sys.argv[sys.argv.index("--only") + 1].split(",") if "--only" in sys.argv else list(PARTS)
    given = os.environ.get("BANJIE_DATABASE_URL", "")
    with own_ground():
        import django

        django.setup()
        from benchmarks import (
            books,
            export,
            figures,
            learning,
            measures,
            paper,
            replay,
            report,
            residents_sheet,
            search,
        )

        lines = measures.sample_town()
        for part in (part for part in PARTS if part in only):
            say(f"{part} …")
            lines += {
                "pages": lambda: measures.pages(SECONDS, [CASES, MILLION] if FULL else [CASES]),
                "search": lambda: list(search.searching([CASES, MILLION] if FULL else [CASES])),
                "books": books.lists,
                "learning": learning.lines,
                "figures": lambda: figures.figures([CASES, MILLION] if FULL else [CASES]),
                "paper": lambda: paper.papers([CASES, MILLION] if FULL else [CASES]),
                "export": lambda: list(export.exporting(CASES)),
                "residents": lambda: list(residents_sheet.arriving()),
                "verify": lambda: measures.verification(ENTRIES),
                "replay": lambda: replay.replays([CASES, MILLION] if FULL else [CASES]),
                "find": lambda: measures.beside("find_resident.py", given),
                "idle": lambda: measures.beside("idle_memory.py", given),
            }[part]()
        table = report.written(lines)
        vendor = report.connection.vendor
    out = ROOT / "var" / f"bench-{vendor}.md"
    out.parent.mkdir(exist_ok=True)
    out.write_text(table)
    print(table)
    say(f"written to {out.relative_to(ROOT)}")
    return 0


def say(words: str) -> None:
    """Say on stderr how far it is."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
