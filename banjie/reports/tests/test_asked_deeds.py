"""Superiors' forms: received, matched, answered, sent; what was told once is remembered, what went out is known (U17)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.books.actions import wake, write
from banjie.books.models import Record
from banjie.figures.periods import Period
from banjie.files.tests.factories import Handed, office, with_link_in_zip
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.people.queries import actor_for
from banjie.reports.actions import (
    Received,
    answer_form,
    change_period,
    match_form,
    receive_form,
    send_form,
)
from banjie.reports.asked.matching import Choice, Source
from banjie.reports.asked.opening import read_form
from banjie.reports.models import AskedForm, FormState
from banjie.reports.queries.asked import Asked, cells_of, form_for, quoted_before, reported_before
from banjie.reports.tests import blank_forms
from banjie.reports.tests.asked_forms import Desk, by_label, file_of, share_filled
from banjie.reports.tests.factories import SEPTEMBER, busy_office

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
NEVER = "环境｜重复信访（件次）"
SEEN = "合计｜受理情况（件）／本月"


@pytest.fixture
def desk():
    return Desk(busy_office())


def test_a_form_is_read_with_its_title_period_and_at_least_eighty_per_cent_of_what_the_data_hold(desk):
    """U17, of the cells for which there are data: what no figure counts is no part of the share."""
    form = desk.received(blank_forms.letter_in_word(), name="函.docx")
    assert (form.state, form.title) == (FormState.OPEN, "关于群众诉求办理情况的报告")
    assert form.period == SEPTEMBER
    assert share_filled(form) >= 0.8


def test_an_answer_leaves_in_the_senders_own_file_frozen_with_figure_days_and_version(desk, tmp_path):
    form = desk.answered(desk.received(period=SEPTEMBER))
    cell = by_label(form)[SEEN]
    assert (form.state, cell.printed, cell.exact) == (FormState.ANSWERED, "9", "9")
    assert (cell.from_on, cell.to_on) == (SEPTEMBER.from_on, SEPTEMBER.to_on)
    assert cell.version.startswith("办件数据指标@")
    (tmp_path / "a.xlsx").write_bytes(file_of(form))
    filled = read_form(tmp_path / "a.xlsx", "xlsx").grids[0]
    assert {one.words for one in filled.cells if one.line == 6} == {"合计", "9", "2", "350.0", "1.0", ""}
    deeds = Entry.objects.filter(subject_id=form.pk).order_by("seq").values_list("deed", flat=True)
    assert list(deeds) == ["form.received", "form.read", "form.answered"]


def test_what_a_person_told_is_remembered_for_the_next_form_of_the_layout(desk):
    form = desk.received(period=SEPTEMBER)
    cells = by_label(form)
    told = {
        cells[NEVER].pk: Choice(Source.TYPED, text="4", quoted="县信访局9月台账"),
        cells[SEEN].pk: Choice(Source.FIGURE, figure="case.closed"),
    }
    match_form(desk.he, desk.stamp(), form.pk, choices=told)
    desk.sent(form)
    again = by_label(desk.received(sender="县信访局办公室", period=Period.month(2026, 10)))
    assert (again[SEEN].figure, again[SEEN].group) == ("case.closed", "")
    assert (again[NEVER].source, again[NEVER].text) == (Source.TYPED, "")
    assert "上期填的是“4”（县信访局9月台账）" in again[NEVER].why
    same = by_label(desk.received(period=SEPTEMBER))
    assert same[NEVER].text == "4"


def test_a_number_that_was_reported_says_when_to_whom_and_what_it_was(desk):
    form = desk.sent(desk.received(period=SEPTEMBER))
    asked = Asked(by_label(form)[SEEN].choice, SEPTEMBER)
    told = reported_before(desk.office.town, [asked])[asked]
    assert [(one.sent_to, one.printed, one.sent_at) for one in told] == [("县信访局", "9", desk.at)]
    assert not reported_before(desk.office.town, [replace(asked, period=Period.month(2026, 8))])


def test_a_number_that_was_typed_for_one_superior_is_not_typed_again_for_another(desk):
    """U17: the same words and the same days; a person says that it is the same."""
    form = desk.received(period=SEPTEMBER)
    told = {by_label(form)[NEVER].pk: Choice(Source.TYPED, text="4", quoted="县信访局9月台账")}
    match_form(desk.he, desk.stamp(), form.pk, choices=told)
    desk.sent(form)
    content = blank_forms.with_head("重复信访（件次）", title="另一张表", row="环境")
    cell = by_label(desk.received(content, sender="县委政法委", period=SEPTEMBER))["环境｜重复信访（件次）"]
    assert (cell.text, cell.quoted) == ("4", "县信访局9月台账")
    assert cell.why == "同一时段报县信访局时填过，请核对"


def quoted_of(desk):
    """Return the standing records of the book of quoted numbers as they read: name, number, unit, source, form."""
    rows = Record.objects.filter(town=desk.office.town, book="quoted_numbers", voided_at__isnull=True)
    keys = ("name", "number", "number__bound", "number_unit", "said_by", "asked_in")
    return [tuple(row.values.get(key, "") for key in keys) for row in rows.order_by("id")]


def test_a_typed_number_is_quoted_with_its_source_in_the_deed_of_the_answer(desk):
    """DESIGN, three kinds of number: another's number is typed once, in one book, with who said it and of which days."""
    form = desk.received(period=SEPTEMBER)
    cell = by_label(form)[NEVER]
    told = {cell.pk: Choice(Source.TYPED, text="40余", quoted="县信访局9月台账")}
    match_form(desk.he, desk.stamp(), form.pk, choices=told)
    desk.answered(form)
    record = (NEVER, "40", "at_least", "item_times", "县信访局9月台账", form.title)
    assert quoted_of(desk) == [record]
    row = Record.objects.get(book="quoted_numbers")
    assert (row.day, row.values["from_on"]) == (SEPTEMBER.to_on, SEPTEMBER.from_on.isoformat())
    assert by_label(form)[NEVER].record_id == row.pk
    for text, number, bound in (("5", "5", ""), ("近6", "6", "under")):
        match_form(desk.he, desk.stamp(), form.pk, choices={cell.pk: replace(told[cell.pk], text=text)})
        desk.answered(form)
        assert quoted_of(desk) == [(NEVER, number, bound, *record[3:])]
    match_form(
        desk.he, desk.stamp(), form.pk, choices={cell.pk: Choice(Source.TYPED, text="没有", quoted="县里")}
    )
    desk.answered(form)
    assert quoted_of(desk) == []
    assert verify(desk.office.town).findings == []


def test_a_number_typed_into_the_book_itself_is_offered_to_the_form_that_asks_for_it(desk):
    wake("quoted_numbers", actor=desk.he, stamp=desk.stamp())
    told = {
        "indicator": "other",
        "number_unit": "item_times",
        "forecast": "actual",
        "area": "town",
        "said_by": "县信访局",
        "paper": "月报",
        "name": NEVER,
    }
    for period, number in ((SEPTEMBER, "7"), (Period.month(2026, 8), "6")):
        days = {"from_on": period.from_on.isoformat(), "cut_off_on": period.to_on.isoformat()}
        write("quoted_numbers", {**told, **days, "number": number}, actor=desk.he, stamp=desk.stamp())
    form = desk.received(period=SEPTEMBER)
    cell = by_label(form)[NEVER]
    assert (cell.text, cell.quoted, cell.why) == ("7", "县信访局", "引用数台账里有同一时段的这个数，请核对")
    assert quoted_before(form, [NEVER])[NEVER].text == "6"


def test_a_typed_number_wants_its_source_and_a_figure_its_groups(desk):
    form = desk.received()
    cell = by_label(form)[SEEN].pk
    for choice, words in (
        (Choice(Source.TYPED, text="4"), "没有写出处"),
        (Choice(Source.FIGURE, figure="no.such"), "没有这个数据指标"),
        (Choice(Source.FIGURE, figure="case.done", group="mood", value="good"), "不能这样分组"),
        (Choice(Source.FIGURE, figure="case.done", span="99-1"), "时段没有选对"),
    ):
        with pytest.raises(InvalidInput, match=words):
            match_form(desk.he, desk.stamp(), form.pk, choices={cell: choice})


def test_guesses_must_be_looked_at_and_numbers_that_moved_are_not_frozen(desk):
    content = blank_forms.with_head("受理（件）", title="涉军信访统计表")
    form = desk.received(content, period=SEPTEMBER)
    with pytest.raises(Conflict, match="还有1格待核对"):
        answer_form(desk.he, desk.stamp(), form.pk, seen=desk.seen(form), quotas=desk.quotas)
    desk.confirmed(form)
    with pytest.raises(Conflict, match="已经不一样"):
        answer_form(desk.he, desk.stamp(), form.pk, seen="0" * 64, quotas=desk.quotas)


def test_another_period_makes_an_answer_fall_away_and_what_was_sent_stays(desk):
    form = desk.answered(desk.received(period=SEPTEMBER))
    october = Period.month(2026, 10)
    change_period(desk.he, desk.stamp(), form.pk, period=october, due_on=None)
    form = form_for(desk.he, form.pk)
    assert (form.state, form.answer_id, form.period) == (FormState.OPEN, None, october)
    with pytest.raises(Conflict, match="还没有生成答表"):
        send_form(desk.he, desk.stamp(), form.pk, sent_to="县信访局", way="mail")
    desk.sent(form)
    with pytest.raises(Conflict, match="已经报出"):
        change_period(desk.he, desk.stamp(), form.pk, period=SEPTEMBER, due_on=None)


def test_a_repeat_of_the_client_key_receives_one_form_and_sends_it_once(desk):
    stamp = desk.stamp(client_key="11111111-1111-4111-8111-111111111111", content="same")
    told = Received(sender="县信访局")
    for _ in range(2):
        upload = Handed("表.xlsx", blank_forms.with_head("受理（件）"))
        receive_form(desk.he, stamp, upload=upload, told=told, quotas=desk.quotas)
    assert AskedForm.objects.count() == 1


def test_only_who_may_receives_and_another_towns_form_is_not_found(desk):
    zhao = actor_for(desk.office.people["zhao"], at=desk.at)
    upload = Handed("表.xlsx", blank_forms.with_head("受理（件）"))
    with pytest.raises(NotAllowed):
        receive_form(zhao, desk.stamp("zhao"), upload=upload, told=Received(sender="县"), quotas=desk.quotas)
    form = desk.received()
    with pytest.raises(NotFound):
        form_for(replace(desk.he, town="990011102"), form.pk)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("表.pdf", b"%PDF-1.4", "空表"),
        ("表.docx", with_link_in_zip(), "内部结构不正常"),
        ("表.xlsx", office("docx"), "内容却不是"),
    ],
)
def test_hostile_files_and_what_is_no_form_are_refused_at_the_door(desk, name, content, words):
    """T16: the checks of every upload come first."""
    with pytest.raises(InvalidInput, match=words):
        desk.received(content, name=name)


def test_a_form_without_blanks_says_so_and_stays_unread(desk):
    form = desk.received(blank_forms.nothing_to_fill(), name="通知.xlsx")
    assert form.state == FormState.FAILED
    assert "没有找到要填的空格" in form.words
    people = desk.received(blank_forms.list_of_people(), name="名册.xlsx")
    assert (people.state, cells_of(people)) == (FormState.OPEN, [])


def test_a_period_that_is_not_begun_has_no_number(desk):
    later = Period.month(2026, 12)
    form = desk.received(period=later)
    assert by_label(desk.answered(form))[SEEN].printed == ""
    assert desk.at + timedelta(days=20) < desk.at.replace(month=12)
