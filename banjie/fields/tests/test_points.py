"""Places on a map: three datums, one stored form, and the sentences for what cannot be read."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banjie.base.errors import InvalidInput
from banjie.fields.datums import Datum, to_bd09, to_gcj02, to_wgs84
from banjie.fields.points import parse_point, point_of

PUBLISHED = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
"""Places that other programs publish as examples of the shift."""


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED)
def test_the_shift_is_the_one_that_others_publish(wgs, gcj):
    assert math.dist(to_gcj02(wgs), gcj) < 1e-6


@settings(max_examples=30, deadline=None)
@given(st.floats(18, 53), st.floats(74, 134))
def test_each_way_leads_back_to_within_a_centimetre(lat, lng):
    gcj = to_gcj02((lat, lng))
    assert math.dist(to_wgs84(gcj, Datum.GCJ02), (lat, lng)) < 1e-7
    assert math.dist(to_wgs84(to_bd09(gcj), Datum.BD09), (lat, lng)) < 1e-7


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("30.274150,120.155150", "30.27415,120.15515"),
        ("120.15515 30.27415", "30.27415,120.15515"),
        ("30.500,119.500", "30.50000,119.50000"),
        ("北纬30.27415°，东经120.15515°", "30.27415,120.15515"),
        ("３０．２７４１５，１２０．１５５１５（天地图）", "30.27415,120.15515"),
        ("30.27415,120.15515（GCJ-02换算）", "30.27415,120.15515,gcj02"),
        ("30.27415, 120.15515 (BD-09换算)", "30.27415,120.15515,bd09"),
    ],
)
def test_what_offices_type_is_understood(typed, stored):
    assert parse_point(typed).stored == stored
    assert parse_point(parse_point(typed).said).stored == stored


def test_a_place_of_another_map_is_reckoned_over_once_and_says_so():
    point = parse_point("39.91334545,116.38404722 高德")
    assert math.dist((point.lat, point.lng), (39.911954, 116.377817)) < 1e-5
    assert point.said.endswith("（GCJ-02换算）")
    assert parse_point(point.said) == point == point_of(point.stored)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("村口", "纬度,经度"),
        ("30.27415", "纬度,经度"),
        ("30.27415,120.15515，5楼", "纬度,经度"),
        ("30,120", "小数点后"),
        ("51.50735,0.12776", "不在国内"),
        ("30°16′27″,120°9′18″", "纬度,经度"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(typed, words):
    """U32."""
    with pytest.raises(InvalidInput, match=words):
        parse_point(typed)
