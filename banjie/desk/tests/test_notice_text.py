"""The yearly notice as it is pasted: the State Council's own sentences, or a day a line."""

from datetime import date

import pytest

from banjie.base.errors import InvalidInput
from banjie.desk.town.notice_text import read_notice
from banjie.worktime.calendar import DayKind
from banjie.worktime.notice import checked_notice
from banjie.worktime.published import published_days

OFFICIAL = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def test_the_sentences_of_2026_read_as_the_published_calendar():
    days = read_notice(OFFICIAL, year=2026)
    notice = checked_notice(2026, days, "国办发明电〔2025〕7号")
    published = next(known for known in published_days() if known.year == 2026)
    assert [(day.day, day.kind) for day in notice.days] == [(day.day, day.kind) for day in published.days]
    assert notice.days[0].name == "元旦"


@pytest.mark.parametrize(
    ("line", "day", "kind", "name"),
    [
        ("2027-01-09 补班 元旦", date(2027, 1, 9), DayKind.MAKE_UP, "元旦"),
        ("2027年10月1日 放假", date(2027, 10, 1), DayKind.HOLIDAY, ""),
        ("2026.12.31 放假", date(2026, 12, 31), DayKind.HOLIDAY, ""),
        ("元旦：2026年12月31日（周四）放假", date(2026, 12, 31), DayKind.HOLIDAY, "元旦"),
    ],
)
def test_a_day_a_line_is_read_too(line, day, kind, name):
    assert [(d.day, d.kind, d.name) for d in read_notice(line, year=2027)] == [(day, kind, name)]


def test_days_off_and_worked_are_told_apart_within_one_sentence():
    read = read_notice("七、国庆节：10月1日（周五）至3日，放假调休，9月26日（周日）上班，共3天。", year=2027)
    assert [(d.day.month, d.day.day, d.kind == DayKind.HOLIDAY) for d in read] == [
        (10, 1, True), (10, 2, True), (10, 3, True), (9, 26, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有读出任何一天"),
        ("元旦好", "第1行没有日期"),
        ("1月1日至3日", "没有写明是“放假”还是“上班”"),
        ("2月30日放假", "不是日期"),
        ("5月5日至1日放假", "前后颠倒"),
        ("1月1日放假\n1月1日至6月1日放假", "第2行"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(text, words):
    with pytest.raises(InvalidInput, match=words):
        read_notice(text, year=2027)
