from datetime import time

import pytest

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import OfficeHours, parse_hours, say_hours
from banjie.worktime.terms import BadTerm, Term, TermUnit, parse_term, say_term


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5 workdays", "5个工作日"),
        ("1 workday", "1个工作日"),
        (" 4 WorkHours ", "4个工作小时"),
        ("15 days", "15日"),
        ("24hours", "24小时"),
        ("5个工作日", "5个工作日"),
        ("60日", "60日"),
        ("2小时", "2小时"),
    ],
)
def test_a_term_is_read_and_said(text, said):
    term = parse_term(text)
    assert say_term(term) == said
    assert parse_term(str(term)) == term
    assert parse_term(said) == term


@pytest.mark.parametrize(
    "text", ["", "5", "workdays", "5 weeks", "-1 days", "1.5 days", "0 days", "99999 days"]
)
def test_a_term_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(BadTerm, match="请"):
        parse_term(text)


def test_a_bad_term_is_an_invalid_input_and_a_value_error():
    assert issubclass(BadTerm, InvalidInput)
    assert issubclass(BadTerm, ValueError)
    with pytest.raises(ValueError, match="时限"):
        Term(0, TermUnit.DAYS)


def test_office_hours_are_read_and_said():
    hours = parse_hours("8:30-12:00 14:30-17:30")
    assert hours == OfficeHours((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
    assert say_hours(hours) == "上午8:30—12:00，下午14:30—17:30"
    assert parse_hours("8：30至12：00，14：30至17：30") == hours


@pytest.mark.parametrize("text", ["", "8-12 14-18", "12:00-8:30 14:30-17:30", "8:30-12:00 25:00-26:00"])
def test_office_hours_that_cannot_be_are_refused(text):
    with pytest.raises(InvalidInput, match="办公时间"):
        parse_hours(text)
