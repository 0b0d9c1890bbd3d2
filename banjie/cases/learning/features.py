"""What a text is learned by: its single characters and bigrams, those of the title thrice. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

TITLE_TIMES = 3
"""A title says what a letter is about; so often it counts against the beginning of the letter."""
LETTER = 300
"""Characters of a letter that are read: what comes later is thanks, curses and telephone numbers."""
_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9]+")


def document(title: str, text: str) -> str:
    """Return the words that a request is learned and proposed by."""
    return f"{title} " * TITLE_TIMES + text[:LETTER]


def features(words: str) -> Iterator[str]:
    """Yield every character and bigram of the runs of characters, digits and letters, as often as it occurs.

    >>> list(features("路灯，坏"))
    ['路', '灯', '路灯', '坏']
    """
    for run in _RUN.findall(words.lower()):
        yield from run
        yield from (run[place : place + 2] for place in range(len(run) - 1))


def counted(words: str) -> Counter[str]:
    """Return how often each feature occurs."""
    return Counter(features(words))
