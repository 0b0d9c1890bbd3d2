"""Write docs/adr/README.md, the index of decisions, from the files beside it; --check only compares."""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "adr"
INDEX = FOLDER / "README.md"
HEAD = """# Decisions

One page each: context, decision, consequences, status. This list is written by `make docs`.

| no. | decision | status |
| --- | --- | --- |
"""


def index() -> str:
    """Return the text of the index."""
    return HEAD + "".join(
        f"| [{path.stem[:4]}]({path.name}) | {title(path)} | {status(path)} |\n" for path in _pages()
    )


def title(path: Path) -> str:
    """Return the heading of a decision without its number."""
    return re.sub(r"^#\s*(\d{4}[.:]?\s*)?", "", path.read_text().splitlines()[0]).strip()


def status(path: Path) -> str:
    """Return the first line under the heading Status."""
    found = re.search(
        r"^(?:##\s*Status\s*\n+|\*{0,2}Status:?\*{0,2}:?\s*)(.+)$", path.read_text(), re.MULTILINE
    )
    return found[1].strip() if found else "not said"


def _pages() -> list[Path]:
    return sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]-*.md"))


def main() -> int:
    """Write the index, or with --check tell whether it stands as it should."""
    if "--check" not in sys.argv:
        INDEX.write_text(index())
        return 0
    unsaid = [path.name for path in _pages() if status(path) == "not said"]
    if unsaid or not INDEX.is_file() or INDEX.read_text() != index():
        print(
            f"docs/adr/README.md is not what `make docs` writes. Without a status: {', '.join(unsaid) or 'none'}"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
