"""粘进来，我来认: what a sheet of an office's own is taken for, and the text that a form writes of it."""

from datetime import date

import pytest

from banjie.books.declaration import read_book
from banjie.books.drafting import DraftBook, DraftField, text_of
from banjie.books.guessing import Habits, Offices, day_of, guesses_of, key_of
from banjie.books.vocabulary import Group
from banjie.fields.spec import FieldType
from banjie.rulebook.text import Section, parse_text
from banjie.sheets.layout import lay_out
from banjie.sheets.reading import read_pasted

pytestmark = pytest.mark.either_database
ROWS = [
    "序号\t发放日期\t村\t户主姓名\t联系电话\t树苗（株）\t补贴金额\t树种\t是否验收",
    "1\t2026-03-01\t西沟村\t周禾\t13800138000\t120\t360.50\t核桃\t是",
    "2\t2026年3月2日\t东坡村\t吴谷\t13900139000\t80\t240\t核桃\t否",
    "3\t2026/3/3\t西沟村\t郑麦\t13700137000\t60\t180\t柿子\t是",
    "4\t2026.3.4\t西沟村\t王稻\t13600136000\t60\t180\t核桃\t是",
    "5\t2026-03-05\t东坡村\t冯粟\t13500135000\t60\t180\t柿子\t是",
    "6\t2026-03-06\t东坡村\t陈豆\t13300133000\t60\t180\t柿子\t是",
]
HABITS = Habits(12, 3, ("元", "万元", "金额", "资金", "经费", "投资", "款"))
OFFICES = Offices(HABITS, villages=frozenset({"西沟村", "东坡村"}))


def guessed():
    table = lay_out(read_pasted("\n".join(ROWS)).filled[0], known=frozenset())
    return guesses_of(table, OFFICES)


def test_columns_are_recognised_by_head_and_cells():
    told = {guess.label: (guess.type, guess.unit) for guess in guessed()}
    assert told == {
        "发放日期": (FieldType.DATE, ""),
        "村": (FieldType.VILLAGE, ""),
        "户主姓名": (FieldType.TEXT, ""),
        "联系电话": (FieldType.PHONE, ""),
        "树苗": (FieldType.WHOLE, "株"),
        "补贴金额": (FieldType.MONEY, ""),
        "树种": (FieldType.CHOICE, ""),
        "是否验收": (FieldType.YES_NO, ""),
    }


def test_names_phones_and_id_numbers_are_taken_for_personal():
    assert {guess.label for guess in guessed() if guess.personal} == {"户主姓名", "联系电话"}


def test_keys_are_letters_and_never_twice():
    keys = [guess.key for guess in guessed()]
    assert len(keys) == len(set(keys))
    assert all(key.isascii() and key[0].isalpha() for key in keys)
    assert key_of("树苗", {"shumiao"}) == "shumiao2"
    assert key_of("2026", ()) == "field"


def drafted(**changes):
    fields = tuple(
        DraftField(one.label, one.type, unit=one.unit, choices=one.choices, personal=one.personal)
        for one in guessed()
    )
    told = {
        "title": "树苗发放台账",
        "menu": "树苗",
        "group": Group.LIVELIHOOD,
        "replaces": ("树苗发放表（Excel）",),
        "feeds": ("月度通报",),
        "writes": ("handler",),
        "sees": (),
        "day": "发放日期",
        "about": "发了树苗当天记。",
        "fields": fields,
    }
    return DraftBook(**told | changes)


def read(source):
    return read_book(parse_text(Section.BOOKS, "shumiaofafang", source=source, file="books/x.md"))


def test_what_is_written_of_it_is_a_book_without_a_finding():
    book = read(text_of(drafted(), today=date(2026, 9, 28), years_kept=10))
    assert book.day == day_of(guessed())
    assert book.columns["village"] == "cun"
    assert book.totals == ("shumiao", "butiejine")
    assert book.by_key["lianxidianhua"].is_sealed


def test_a_version_written_on_the_web_keeps_what_no_form_asks():
    """Keys, types and units never change; a column no longer asked is retired."""
    first = parse_text(
        Section.BOOKS,
        "k",
        source=text_of(drafted(), today=date(2026, 9, 28), years_kept=10),
        file="books/k.md",
    )
    fields = (
        DraftField("发放日期", FieldType.DATE, key=day_of(guessed())),
        DraftField("树种", FieldType.CHOICE, key="shuzhong", choices=("核桃", "柿子", "花椒")),
        DraftField("树苗", FieldType.WHOLE, key="shumiao", is_retired=True),
        DraftField("备注", FieldType.TEXT),
    )
    book = read(text_of(drafted(fields=fields), today=date(2026, 10, 1), years_kept=10, standing=first))
    assert book.by_key["shumiao"].until == date(2026, 10, 1)
    assert book.by_key["shumiao"].unit == "株"
    assert [one.label for one in book.by_key["shuzhong"].choices] == ["核桃", "柿子", "花椒"]
    assert book.by_key["beizhu"].type is FieldType.TEXT
    assert book.by_key["butiejine"].type is FieldType.MONEY
