"""Cells as they stand on the clipboard."""

from collections.abc import Sequence


def copied(*rows: Sequence[str], ends: str = "\n") -> str:
    """Return rows as Excel's clipboard holds them."""
    return "".join("\t".join(map(_cell, row)) + ends for row in rows)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\t\n"') else text
