"""A place on a map as it is typed, stored and said: 纬度,经度 in WGS-84, and what it was read off. No Django here.

Stored is `30.27415,120.15515`, with `,gcj02` or `,bd09` behind it where it was typed in one of those and reckoned over.
"""

import re
from dataclasses import dataclass

from banjie.base.errors import InvalidInput
from banjie.fields.datums import Datum, to_wgs84
from banjie.fields.plain_text import half_width

PLACES = 6
"""Decimals of a degree that are kept: a tenth of a metre."""
LEAST_DECIMALS = 3
"""With fewer decimals a place is known to a kilometre at best, and 30,120 is a number with a comma in it."""
SOUTH, NORTH, WEST, EAST = 3.0, 54.0, 73.0, 136.0
"""The country; no latitude in it is a longitude in it, so either may come first."""
_NAMED = {
    Datum.GCJ02: ("gcj-02", "gcj02", "高德", "腾讯", "火星"),
    Datum.BD09: ("bd-09", "bd09", "百度"),
    Datum.WGS84: ("wgs-84", "wgs84", "cgcs2000", "天地图", "北斗", "gps"),
}
_SAID = {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}
_RECKONED = "换算"
_NUMBER = re.compile(r"\d+\.\d+|\d+")
_SIGNS = re.compile(r"北纬|东经|纬度|经度|坐标|[°度nelatg:：()（）,，、;；\s]+")


@dataclass(frozen=True)
class Point:
    """A place in WGS-84, and what it was given in."""

    lat: float
    lng: float
    datum: Datum = Datum.WGS84

    @property
    def stored(self) -> str:
        """Return it as it is kept."""
        pair = f"{_degrees(self.lat)},{_degrees(self.lng)}"
        return pair if self.datum is Datum.WGS84 else f"{pair},{self.datum}"

    @property
    def said(self) -> str:
        """Return it as people read it, and as it may be typed again: 30.27415,120.15515（GCJ-02换算）."""
        pair = f"{_degrees(self.lat)},{_degrees(self.lng)}"
        return pair if self.datum is Datum.WGS84 else f"{pair}（{_SAID[self.datum]}{_RECKONED}）"


def point_of(stored: object) -> Point:
    """Return a stored place."""
    lat, lng, *datum = str(stored).split(",")
    return Point(float(lat), float(lng), Datum(datum[0]) if datum else Datum.WGS84)


def parse_point(text: str) -> Point:
    """Read 纬度,经度 in either order; raises InvalidInput with a sentence.

    It is WGS-84 unless 高德, 腾讯 or 百度 stands beside it; what says 换算 was reckoned over before.

    >>> parse_point("120.155150，30.274150").stored
    '30.27415,120.15515'
    """
    plain = half_width(text).lower()
    datum = next((one for one, words in _NAMED.items() if any(word in plain for word in words)), Datum.WGS84)
    for word in _NAMED[datum]:
        plain = plain.replace(word, " ")
    is_reckoned = _RECKONED in plain
    plain = plain.replace(_RECKONED, " ")
    numbers = _NUMBER.findall(plain)
    if len(numbers) != 2 or _SIGNS.sub("", _NUMBER.sub("", plain)):
        raise InvalidInput(f"请写成“纬度,经度”，如 30.27415,120.15515，现在是“{text}”")
    if any(len(number.partition(".")[2]) < LEAST_DECIMALS for number in numbers):
        raise InvalidInput(f"纬度、经度请写到小数点后{LEAST_DECIMALS}位以上，现在是“{text}”")
    lat, lng = sorted(float(number) for number in numbers)
    if not (SOUTH <= lat <= NORTH and WEST <= lng <= EAST):
        raise InvalidInput(f"“{text}”不在国内：纬度在3到54之间，经度在73到136之间，请核对")
    if not is_reckoned:
        lat, lng = to_wgs84((lat, lng), datum)
    return Point(round(lat, PLACES), round(lng, PLACES), datum)


def _degrees(value: float) -> str:
    """Return a degree with five decimals, or six where it has them: what is said may be typed again."""
    return f"{value:.{PLACES}f}".removesuffix("0")
