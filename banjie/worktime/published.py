"""The notices published so far, as the package chinesecalendar holds them (2004 on). Pure."""

from collections import defaultdict
from datetime import date
from functools import cache

from chinese_calendar import constants

from banjie.worktime.calendar import DayKind
from banjie.worktime.notice import DECEMBER, Notice, NoticeDay

NUMBERS = {
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
"""Document numbers of the notices; an older one is named by its title."""
NAMES = {
    constants.Holiday.new_years_day: "元旦",
    constants.Holiday.spring_festival: "春节",
    constants.Holiday.tomb_sweeping_day: "清明节",
    constants.Holiday.labour_day: "劳动节",
    constants.Holiday.dragon_boat_festival: "端午节",
    constants.Holiday.national_day: "国庆节",
    constants.Holiday.mid_autumn_festival: "中秋节",
    constants.Holiday.anti_fascist_70th_day: "抗战胜利纪念日",
}
_BY_LABEL = {holiday.value: name for holiday, name in NAMES.items()}


@cache
def published_days() -> tuple[Notice, ...]:
    """Return every published notice, oldest first; December days of a New Year's notice stand with the next year."""
    by_year: dict[int, list[NoticeDay]] = defaultdict(list)
    for days, kind in ((constants.holidays, DayKind.HOLIDAY), (constants.workdays, DayKind.MAKE_UP)):
        for day, label in days.items():
            by_year[_year_of(day)].append(NoticeDay(day, kind, _BY_LABEL[label]))
    return tuple(
        Notice(
            year=year,
            source=NUMBERS.get(year, f"国务院办公厅关于{year}年节假日安排的通知"),
            days=tuple(sorted(by_year[year], key=lambda told: told.day)),
        )
        for year in sorted(by_year)
    )


def _year_of(day: date) -> int:
    return day.year + 1 if day.month == DECEMBER else day.year
