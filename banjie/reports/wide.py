"""How wide words are on a Chinese page, counted in characters."""

_FULL = frozenset("—…·“”‘’")
_FIRST_WIDE = 0x2E80
ELLIPSIS = "…"


def width_of(words: str) -> float:
    """Return how wide words are in characters; what is half as wide counts as a half."""
    return sum(0.5 if ord(letter) < _FIRST_WIDE and letter not in _FULL else 1 for letter in words)


def cut(words: str, width: float) -> str:
    """Return words cut to a width, with … where something is left out."""
    if width_of(words) <= width:
        return words
    kept = words
    while kept and width_of(kept) + 1 > width:
        kept = kept[:-1]
    return kept + ELLIPSIS
