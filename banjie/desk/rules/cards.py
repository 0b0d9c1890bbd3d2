"""A rule for a wall: what it promises, in plain sentences, without the numbers of provisions and of laws."""

import re
from collections.abc import Iterator

from banjie.desk.manual.chapters import markdown
from banjie.desk.rules.reading import prints_values
from banjie.rulebook.in_force import Edition
from banjie.rulebook.marks import provisions_in
from banjie.rulebook.saying import filled
from banjie.rulebook.text import Text

_CITED = re.compile(r"（[^（）]*(?:第[零〇一二三四五六七八九十百]+条|〔\d{4}〕)[^（）]*）")
"""A law or document in brackets: who stands before a wall does not look it up."""
_OPEN, _SHUT = "\ue000", "\ue001"
"""Stand around a value until it is HTML: asterisks beside Chinese characters and signs are not always bold."""
_NAME = re.compile(r"\A#*\s*第[零〇一二三四五六七八九十百]+条\s*")


def card_of(edition: Edition) -> str:
    """Return the provisions that print a value, or all where none does, as HTML with the values in bold."""
    text = edition.text
    named = [prose for name, prose in provisions_in(text.prose) if name]
    promising = [prose for prose in named if prints_values(text, prose)]
    html = "".join(markdown(plain) for plain in _plain(text, promising or named or [text.prose]))
    return html.replace(_OPEN, "<b>").replace(_SHUT, "</b>")


def _plain(text: Text, parts: list[str]) -> Iterator[str]:
    for prose in parts:
        yield _CITED.sub("", _NAME.sub("", filled(text, prose, around=(_OPEN, _SHUT))))
