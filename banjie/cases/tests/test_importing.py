"""历史件 and open requests come in from sheets as they were told, run no clock they should not, and go out as a whole."""

import os
import statistics
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from banjie.base.clock import BEIJING
from banjie.base.declarations import FACTS
from banjie.base.errors import Conflict, NotFound
from banjie.cases import actions
from banjie.cases.importing.plans import cleaned, number_of
from banjie.cases.models import Case, Clock, Voice
from banjie.cases.queries import Group, Sift, duplicates_of, found_by_words, listed
from banjie.cases.tests.factories import TOWN, XIGOU, open_office
from banjie.cases.tests.sheet_office import (
    HEADS,
    HISTORICAL,
    OPEN,
    imported,
    letter,
    taken_in,
    undone,
    workbook,
    written,
)
from banjie.cases.words import CASES
from banjie.cases.workflow import State
from banjie.figures.periods import Period
from banjie.figures.queries import computed
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.rulebook.queries import rules_on
from banjie.search.actions import reindex
from banjie.search.bigrams import wanted
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State as BatchState

TRIAL = Path(os.environ.get("BANJIE_TRIAL_DATA") or "/nonexistent")
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_office()


def request_row(**changes):
    told = letter(**changes)
    return [*told[:5], "0", "0"]


def words_of(batch):
    return [finding.words for finding in outcome_of(batch).findings]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\t\n　　灯坏了\r\n\r\n\u00a0请来修\u200b", "灯坏了\n请来修"),
        ("A  B", "A B"),
        (" \t ", ""),
    ],
)
def test_blanks_of_every_kind_are_put_in_order(text, told):
    assert cleaned(text) == told


def test_an_own_number_is_kept_as_an_address_can_bear_it():
    assert number_of(" 〔2011〕12/3 ") == "〔2011〕12-3"


def test_what_was_done_before_keeps_its_number_times_and_reply(office):
    batch = imported(office, [letter()])
    assert batch.state == BatchState.DONE
    case = Case.objects.get(town=TOWN)
    assert (case.number, case.outer_number, case.state) == ("2549", "2549", State.CLOSED)
    assert case.happened_at == datetime(2019, 4, 25, 9, 32, 9, tzinfo=BEIJING)
    assert case.done_at == case.closed_at == datetime(2019, 5, 10, 14, 56, 53, tzinfo=BEIJING)
    assert (case.closing_kind, case.is_open, case.batch_id) == ("historical", False, batch.pk)
    assert case.asker_code == "A00045581"
    assert Voice.objects.get(case=case).words == "已经换好灯泡，夜里亮了。"


def test_what_was_done_before_has_no_clock_no_light_and_no_satisfaction(office):
    imported(office, [letter()])
    case = Case.objects.get(town=TOWN)
    assert not Clock.objects.filter(case=case).exists()
    assert (case.said, case.due_at, case.handle_due_at, case.is_done_on_time) == ("", None, None, None)


def test_what_was_done_before_lies_in_no_open_heap_and_in_a_list_of_its_own(office):
    imported(office, [letter()])
    assert not listed(office.he, Sift(group=Group.OPEN), at=office.at).exists()
    assert not listed(office.he, Sift(group=Group.CLOSED), at=office.at).exists()
    assert listed(office.he, Sift(group=Group.HISTORICAL), at=office.at).count() == 1


def test_what_was_done_before_is_found_by_its_words_and_its_reply(office):
    imported(office, [letter()])
    for words in ("桥头路灯", "换好灯泡", "2549"):
        assert found_by_words(office.he, wanted(words), limit=5).hits, words
    list(reindex([CASES]))
    assert found_by_words(office.he, wanted("换好灯泡"), limit=5).hits


def test_what_was_done_before_is_not_reopened(office):
    imported(office, [letter()])
    with pytest.raises(Conflict, match="历史件"):
        actions.reopen_case(Case.objects.get(), office.occasion("sun"), words="又坏了")


def test_every_row_is_an_entry_that_names_its_batch(office):
    batch = imported(office, [letter(), letter(number="2550")])
    entries = Entry.objects.filter(deed="case.imported").select_related("body")
    assert len(entries) == 2
    assert all(str(batch.pk) in entry.body.content for entry in entries)
    assert verify(TOWN).findings == []


AILMENTS = [
    ({"told": "去年冬天"}, "去年冬天"),
    ({"replied": "2019/4/20 8:00:00"}, "答复时间早于诉求时间"),
    ({"told": "2027/1/1 8:00:00", "replied": ""}, "时间晚于现在"),
    ({"number": ""}, "编号"),
    ({"text": "  　"}, "内容"),
]


@pytest.mark.parametrize(("told", "words"), AILMENTS)
def test_a_row_that_cannot_be_taken_in_says_why_and_stops_all(office, told, words):
    batch = taken_in(office, workbook([HEADS, letter(number="1"), letter(**told)]))
    assert batch.state == BatchState.FAULTY
    assert any(words in told for told in words_of(batch)), words_of(batch)
    assert not Case.objects.exists()


def test_a_number_that_stands_twice_names_the_first_line(office):
    batch = taken_in(office, workbook([HEADS, letter(), letter(title="另一件")]))
    assert words_of(batch) == ["编号与第2行相同，请核对；是同一件的只留一行"]


def test_a_number_that_another_case_bears_is_refused_and_the_same_row_is_skipped(office):
    imported(office, [letter()])
    other = taken_in(office, workbook([HEADS, letter(title="另一件")]))
    assert "已经用在另一件上" in words_of(other)[0]
    again = imported(office, [letter(), letter(number="2550")])
    assert again.rows_written == 1
    assert Case.objects.count() == 2


def test_a_row_without_a_reply_or_its_time_comes_in_and_is_said(office):
    batch = taken_in(office, workbook([HEADS, letter(reply="", replied="")]))
    assert any("没有答复时间" in note for note in outcome_of(batch).notes)
    written(office, batch)
    case = Case.objects.get()
    assert (case.state, case.done_at, case.closed_at) == (State.CLOSED, None, None)
    assert not Voice.objects.exists()


def test_text_times_tabs_breaks_and_full_width_blanks_come_in(office):
    row = letter(told=" 2019/4/25　9:32:09", title="\t桥头 \n 路灯 ", text="\t\n　　灯坏了\r\n\r\n请来修")
    imported(office, [row])
    case = Case.objects.get()
    assert (case.title, case.text) == ("桥头 路灯", "灯坏了\n请来修")
    assert case.happened_at == datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC)


def test_a_code_that_is_a_resident_of_ours_becomes_that_resident(office):
    facts = ResidentFacts(name="刘梅", phone="13912345678", division_code=XIGOU, outer_code="A00045581")
    resident = register_resident(facts, actor=office.chen, stamp=office.occasion("chen").stamp())
    imported(office, [letter()])
    assert Case.objects.get().resident_id == resident.pk


def test_what_no_column_takes_stays_in_the_text(office):
    heads = [*HEADS, "一级分类", "联系电话"]
    batch = taken_in(office, workbook([heads, [*letter(user="刘梅"), "城乡建设", "13912345678"]]))
    written(office, batch)
    text = Case.objects.get().text
    assert "诉求人自称 刘梅" in text
    assert "原类别 城乡建设" in text
    assert "13912345678" in text


def test_a_category_of_ours_is_taken_by_its_title(office):
    batch = taken_in(office, workbook([[*HEADS, "分类"], [*letter(), "道路交通/路灯"]]))
    written(office, batch)
    assert Case.objects.get().category == "street_lamp"


def test_rows_lie_where_their_place_says_else_where_the_importer_was_told(office):
    rows = [[*HEADS, "地址"], [*letter(number="1"), "东坡村三组"], [*letter(number="2"), "路口"]]
    batch = taken_in(office, workbook(rows), options={"where": XIGOU})
    written(office, batch)
    places = dict(Case.objects.values_list("number", "division_code"))
    assert places == {"1": f"{TOWN}202", "2": XIGOU}


def test_the_preview_shows_times_as_they_were_understood(office):
    batch = taken_in(office, workbook([HEADS, letter(told="43580.3976", replied="2019年5月10日下午2点")]))
    (_, cells), *_ = outcome_of(batch).sample
    assert (cells[3], cells[6]) == ("2019-04-25 09:32", "2019-05-10 14:00")
    assert cells[4] == "灯坏了，请来修"


def test_who_has_no_right_imports_nothing(office):
    with pytest.raises(NotFound):
        taken_in(office, workbook([HEADS, letter()]), by="li")


def test_undoing_voids_the_batch_and_frees_its_numbers(office):
    batch = imported(office, [letter(), letter(number="2550")])
    assert undone(office, batch).state == BatchState.UNDONE
    assert set(Case.objects.values_list("state", flat=True)) == {State.VOID}
    assert imported(office, [letter()]).state == BatchState.DONE
    assert Case.objects.get(number="2549").state == State.CLOSED
    assert verify(TOWN).findings == []


def test_a_batch_that_was_taken_back_counts_in_no_period_not_even_its_own(office):
    """Voiding one case leaves the months before as they were told; a batch taken back never came in (U15, U16)."""
    batch = imported(office, [letter(), letter(number="2550")])
    year = Period.year(2019)
    keys = ["case.received", "case.done", "case.closed", "case.undone"]
    assert computed(TOWN, keys, year)["case.received", ""].number == 2
    undone(office, batch)
    for period in (year, *year.months):
        assert not any(told.number for told in computed(TOWN, keys, period).values()), period.words
    assert FACTS["case"].begun(TOWN) is None


def test_undoing_is_refused_once_somebody_has_touched_a_row(office):
    batch = imported(office, [letter(), letter(number="2550")])
    actions.comment_case(Case.objects.get(number="2549"), office.occasion("he"), words="当年我办的")
    kept = undone(office, batch)
    assert kept.state == BatchState.DONE
    assert "2549" in kept.words
    assert not Case.objects.filter(state=State.VOID).exists()


def test_open_requests_are_registered_with_numbers_and_clocks_of_ours(office):
    batch = imported(office, [request_row(told="2026/9/27 9:32:09")], key=OPEN)
    case = Case.objects.get()
    assert (case.state, case.is_open, case.outer_number) == (State.REGISTERED, True, "2549")
    assert case.number == "QZ2026-00001"
    assert case.registered_at == office.at
    assert case.happened_at == datetime(2026, 9, 27, 9, 32, 9, tzinfo=BEIJING)
    assert Clock.objects.get(case=case).started_at == case.happened_at
    assert case.batch_id == batch.pk
    assert verify(TOWN).findings == []


def test_open_requests_are_taken_on_like_any_other(office):
    imported(office, [request_row()], key=OPEN)
    assert actions.accept_case(Case.objects.get(), office.occasion("chen", hours=1)).state == State.ACCEPTED


def test_open_requests_bear_no_category_unseen_and_the_preview_proposes(office):
    batch = taken_in(office, workbook([[*HEADS[:5]], request_row()[:5]]), key=OPEN)
    assert any("类别" in note for note in outcome_of(batch).notes)
    written(office, batch)
    assert Case.objects.get().category == ""


def test_doubles_of_open_requests_are_marked_and_not_merged(office):
    rows = [request_row(number=str(n), title="桥头路灯不亮") for n in range(3)]
    batch = taken_in(office, workbook([HEADS[:5], *(row[:5] for row in rows)]), key=OPEN)
    told = "".join(outcome_of(batch).notes)
    assert "3行与别的行或已登记的件相像" in told
    assert "“桥头路灯不亮”3件" in told
    written(office, batch)
    case = Case.objects.order_by("number").first()
    rules = rules_on(TOWN, office.at.date())
    assert len(duplicates_of(office.chen, case, rules=rules, at=office.at)) == 2
    assert not Case.objects.filter(state=State.MERGED).exists()


def test_votes_are_kept_in_the_text(office):
    imported(office, [[*request_row()[:5], "0", "12"]], key=OPEN)
    assert "点赞 12" in Case.objects.get().text


def test_undoing_open_requests_stops_their_clocks(office):
    batch = imported(office, [request_row()], key=OPEN)
    undone(office, batch)
    case = Case.objects.get()
    assert (case.state, case.due_at) == (State.VOID, None)
    assert Clock.objects.get(case=case).stopped_at == office.at + timedelta(hours=1)
    assert verify(TOWN).findings == []
    assert imported(office, [request_row()], key=OPEN).rows_written == 1


@pytest.mark.skipif(
    not TRIAL.is_dir(), reason="set BANJIE_TRIAL_DATA to the folder of real petitions to try them"
)
def test_the_real_ledger_comes_in_and_goes_out_whole(office, capsys):
    began = process_time()
    batch = taken_in(office, (TRIAL / "petition-replies.xlsx").read_bytes(), name="petition-replies.xlsx")
    assert batch.state == BatchState.READY, words_of(batch)
    checked = process_time()
    assert written(office, batch).state == BatchState.DONE
    took = process_time() - checked
    cases = Case.objects.filter(town=TOWN)
    days = [
        (done - told).total_seconds() / 86400 for told, done in cases.values_list("happened_at", "done_at")
    ]
    with capsys.disabled():
        print(
            f"\n{len(days)} rows, checked {checked - began:.1f} s, written {took:.1f} s of CPU, "
            f"median {statistics.median(days):.2f} days, {outcome_of(batch).notes}"
        )
    assert len(days) == 1408
    assert min(days) > 0
    assert verify(TOWN).findings == []
    assert undone(office, batch).state == BatchState.UNDONE
    assert not cases.exclude(state=State.VOID).exists()


@pytest.mark.skipif(
    not TRIAL.is_dir(), reason="set BANJIE_TRIAL_DATA to the folder of real petitions to try them"
)
def test_the_real_open_requests_come_in(office, capsys):
    began = process_time()
    batch = taken_in(office, (TRIAL / "petitions.xlsx").read_bytes(), key=OPEN, name="petitions.xlsx")
    assert batch.state == BatchState.READY, words_of(batch)
    checked = process_time()
    assert written(office, batch).state == BatchState.DONE
    with capsys.disabled():
        print(
            f"\n{Case.objects.count()} rows, checked {checked - began:.1f} s, "
            f"written {process_time() - checked:.1f} s of CPU, {outcome_of(batch).notes}"
        )
    assert Case.objects.filter(town=TOWN, is_open=True).count() == 2163
    assert HISTORICAL
