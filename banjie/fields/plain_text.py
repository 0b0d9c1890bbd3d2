"""What the keyboard of a Chinese office puts into a field, brought to one form before it is checked."""

import re
import unicodedata

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))


def half_width(text: str) -> str:
    """Return `text` with full-width digits, letters and signs as half-width ones and one kind of dash."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def without_blanks(text: str) -> str:
    """Return `text` in half width without any blank, visible or not."""
    return _BLANKS.sub("", half_width(text))
