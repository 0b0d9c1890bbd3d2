"""Values: read from what is written, handed to code in their own type, said in Chinese."""

from datetime import time, timedelta
from fractions import Fraction

import pytest

from banjie.rulebook.values import parse_value
from banjie.worktime.terms import Term, TermUnit

READ = [
    (10000, 10000, "1万"),
    ("3 times", 3, "3次"),
    ("1 times", 1, "1次"),
    ("30 minutes", timedelta(minutes=30), "30分钟"),
    ("3 days", timedelta(days=3), "3天"),
    ("1 workday", Term(1, TermUnit.WORKDAYS), "1个工作日"),
    ("4 workhours", Term(4, TermUnit.WORKHOURS), "4个工作小时"),
    ("20 MB", 20 * 1024 * 1024, "20MB"),
    ("50 megapixels", 50_000_000, "5000万像素"),
    ("10000 rows", 10000, "1万条"),
    ("5000 hanzi", 5000, "5000字"),
    ("10 people", 10, "10人"),
    ("1 month", 1, "1个月"),
    ("2/3", Fraction(2, 3), "三分之二"),
    ("25%", Fraction(1, 4), "25%"),
    ("12.5%", Fraction(1, 8), "12.5%"),
    (True, True, "实行"),
    (False, False, "不实行"),
    (["jpg", "pdf"], ("jpg", "pdf"), "jpg、pdf"),
    ("08:30-12:00", (time(8, 30), time(12)), "8:30—12:00"),
    ("role:town_leader", "town_leader", "镇领导"),
    ("unit:民生办", "民生办", "民生办"),
]


@pytest.mark.parametrize(("raw", "plain", "said"), READ)
def test_a_value_is_read_and_said(raw, plain, said):
    value = parse_value(raw)
    assert (value.plain, value.said) == (plain, said)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("5 workday s", "写法有"),
        ("5 fortnights", "不认识的单位"),
        ("4/3", "超过了全部"),
        ("12:00-08:30", "早的写在前面"),
        ("25:00-26:00", "没有这个钟点"),
        (0.3, "写法有"),
        ([], "写法有"),
        (["", "a"], "写法有"),
        ("0 workdays", "1到5000"),
    ],
)
def test_a_value_that_cannot_be_read_says_how_to_write_it(raw, words):
    with pytest.raises(ValueError, match=words):
        _ = parse_value(raw).plain
