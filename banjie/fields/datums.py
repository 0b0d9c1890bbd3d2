"""The three ways in which maps in China give a place, and how one becomes another. No Django here.

WGS-84 is what GPS and BeiDou receivers and surveyors give (CGCS2000 differs from it by centimetres); 高德 and 腾讯
print GCJ-02, which is shifted by some hundred metres, 百度 prints BD-09, shifted once more. The shifts stand in no
standard; the formulas are those of every open implementation, and a way back is found by trying.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum

Pair = tuple[float, float]
"""Latitude and longitude in degrees."""

_AXIS, _SQUASH = 6378245.0, 0.00669342162296594323
"""The ellipsoid of Krasovsky, which the shift is reckoned on."""
_CENTRE_LAT, _CENTRE_LNG = 35.0, 105.0
_BAIDU = math.pi * 3000 / 180
_ROUNDS = 6
"""So many tries bring the way back below a millimetre."""


class Datum(StrEnum):
    """What a pair of degrees is measured against."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(pair: Pair, datum: Datum) -> Pair:
    """Return a place in WGS-84, whatever it was given in."""
    found = pair
    for there in _WAYS_BACK[datum]:
        found = _undone(there, found)
    return found


def to_gcj02(pair: Pair) -> Pair:
    """Return where 高德 and 腾讯 show a place of WGS-84.

    >>> tuple(round(one, 6) for one in to_gcj02((31.1774276, 121.5272106)))
    (31.175304, 121.531542)
    """
    lat, lng = pair
    x, y = lng - _CENTRE_LNG, lat - _CENTRE_LAT
    angle = math.radians(lat)
    squashed = 1 - _SQUASH * math.sin(angle) ** 2
    north = _northward(x, y) * 180 / (_AXIS * (1 - _SQUASH) / squashed**1.5 * math.pi)
    east = _eastward(x, y) * 180 / (_AXIS / math.sqrt(squashed) * math.cos(angle) * math.pi)
    return lat + north, lng + east


def to_bd09(pair: Pair) -> Pair:
    """Return where 百度 shows a place of GCJ-02."""
    lat, lng = pair
    length = math.hypot(lng, lat) + 0.00002 * math.sin(lat * _BAIDU)
    angle = math.atan2(lat, lng) + 0.000003 * math.cos(lng * _BAIDU)
    return length * math.sin(angle) + 0.006, length * math.cos(angle) + 0.0065


def _undone(there: Callable[[Pair], Pair], pair: Pair) -> Pair:
    """Return the place that `there` brings to `pair`, found by taking off again what it adds."""
    lat, lng = pair
    for _ in range(_ROUNDS):
        seen_lat, seen_lng = there((lat, lng))
        lat, lng = lat - (seen_lat - pair[0]), lng - (seen_lng - pair[1])
    return lat, lng


def _northward(x: float, y: float) -> float:
    slow = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    slow += 20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)
    slow += 160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return plain + slow * 2 / 3


def _eastward(x: float, y: float) -> float:
    slow = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    slow += 20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)
    slow += 150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return plain + slow * 2 / 3


_WAYS_BACK: Mapping[Datum, tuple[Callable[[Pair], Pair], ...]] = {
    Datum.WGS84: (),
    Datum.GCJ02: (to_gcj02,),
    Datum.BD09: (to_bd09, to_gcj02),
}
