"""Find a town's villages and grids in what people say: 高山村三组王大爷家门口 → 高山村, 三组."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

_VILLAGE = re.compile(r"(.+?)(?:村?村民委员会|村?村委会|村)")
_COMMUNITY = re.compile(r"(.+?)(?:社区居民委员会|社区居委会|社区|居民委员会|居委会)")
_GROUP = re.compile(r"\s*(第?[一二三四五六七八九十百\d]{1,3}(?:村民小组|居民小组|生产队|小组|组|社|队))")
_SHORTEST_STEM = 2


@dataclass(frozen=True)
class Place:
    """A village or, with `grid_id`, one of its grids, and every word that means it."""

    code: str
    name: str
    grid_id: UUID | None = None
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, bool]:
        """Return the words for the place; those that are sure are true, a bare stem such as 高山 is not."""
        sure = {word: True for word in (self.name, *self.aliases) if word}
        if self.grid_id:
            return sure
        for word in tuple(sure):
            stem, short = _shortened(word)
            sure.setdefault(short, True)
            if len(stem) >= _SHORTEST_STEM:
                sure.setdefault(stem, False)
        return sure


@dataclass(frozen=True)
class PlaceFound:
    """A place named in a text: the words that named it, where they begin, and the group (组、社、队) said after it.

    `is_sure` is false when only a stem was said without a group, or when the word could mean another place too.
    """

    code: str
    name: str
    grid_id: UUID | None
    words: str
    start: int
    group: str
    is_sure: bool


class PlaceFinder:
    """Finds the places of one town; build it once for a batch of texts."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_word: dict[str, list[tuple[Place, bool]]] = defaultdict(list)
        for place in places:
            for word, is_sure in place.words.items():
                self._by_word[word].append((place, is_sure))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_word, key=len, reverse=True)
        return re.compile("|".join(re.escape(word) for word in longest_first) or r"(?!)")

    def find(self, text: str) -> list[PlaceFound]:
        """Return the places named in `text` in order, the longest word winning where several begin."""
        said = [(match, self._by_word[match.group()]) for match in self._pattern.finditer(text)]
        villages = {place.code for _, meant in said for place, _ in meant if place.grid_id is None}
        found = [hit for match, meant in said for hit in _hits(text, match, _narrow(meant, villages))]
        return list(dict.fromkeys(found))


def _narrow(meant: list[tuple[Place, bool]], villages: set[str]) -> list[tuple[Place, bool]]:
    """Let a village that the text names decide between grids of the same name."""
    near = [(place, sure) for place, sure in meant if place.grid_id is None or place.code in villages]
    return near or meant


def _hits(text: str, match: re.Match[str], meant: list[tuple[Place, bool]]) -> Iterator[PlaceFound]:
    group = _GROUP.match(text, match.end())
    for place, is_sure in meant:
        yield PlaceFound(
            code=place.code,
            name=place.name,
            grid_id=place.grid_id,
            words=match.group(),
            start=match.start(),
            group=group.group(1) if group else "",
            is_sure=len(meant) == 1 and (is_sure or group is not None),
        )


def _shortened(name: str) -> tuple[str, str]:
    """Return the stem of a village's name and the name as people say it: 高山村村民委员会 → 高山, 高山村."""
    for pattern, ending in ((_VILLAGE, "村"), (_COMMUNITY, "社区")):
        if match := pattern.fullmatch(name):
            return match.group(1), match.group(1) + ending
    return name, name
