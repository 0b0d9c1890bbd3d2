"""Each number of a paper is counted from the ledger: plain Python over the same cases comes to the same numbers (U16)."""

from io import BytesIO

import docx
import pytest
from django.db import transaction

from banjie.base.clock import local_day
from banjie.base.errors import NotFound
from banjie.cases.models import Case, Voice
from banjie.cases.tests.factories import TOWN, open_office, replied
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import State
from banjie.figures.periods import Period
from banjie.figures.queries import opened
from banjie.reports.paper import Cited, LastPage, Sort, Table, words_of
from banjie.reports.queries import composed, papers_on
from banjie.reports.queries.naming import NOBODY
from banjie.reports.tests.factories import NOVEMBER_5, OCTOBER, SEPTEMBER, busy_office, in_words
from banjie.reports.word import write
from banjie.rulebook.queries import rules_on

pytestmark = pytest.mark.django_db
PAPER = "monthly_handling"


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """Return one town for all these tests, which only read; it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield busy_office()
        transaction.set_rollback(True)


@pytest.fixture
def paper(office):
    return composed(office.town, PAPER, SEPTEMBER, NOVEMBER_5)


def exact(paper, figure, *, style="plain", group="", value=""):
    wanted = (figure, style, group, value)
    found = {one.exact for one in paper.numbers() if (one.figure, one.style, one.group, one.value) == wanted}
    assert len(found) == 1, f"{wanted}: {found}"
    return found.pop()


def within(day, period):
    return day is not None and period.from_on <= local_day(day) <= period.to_on


def counted(period):
    """Count the period by hand: what was received, done and closed, and what is undone at its end."""
    cases = [case for case in Case.objects.all() if case.state != State.VOID]
    return {
        "case.received": sum(within(case.happened_at, period) for case in cases),
        "case.done": sum(within(case.done_at, period) for case in cases),
        "case.closed_heard": sum(within(case.closed_at, period) for case in cases),
        "case.undone": sum(
            local_day(case.happened_at) <= period.to_on
            and not (case.done_at and local_day(case.done_at) <= period.to_on)
            for case in cases
        ),
    }


@pytest.mark.parametrize("period", [SEPTEMBER, OCTOBER])
def test_every_number_agrees_with_a_count_by_hand(office, period):
    paper = composed(office.town, PAPER, period, NOVEMBER_5)
    for figure, number in counted(period).items():
        assert exact(paper, figure) == str(number), figure


def test_a_voice_is_counted_once_a_case(paper):
    heard = [voice for voice in Voice.objects.exclude(speaker="handler") if within(voice.heard_at, SEPTEMBER)]
    assert exact(paper, "voice.heard") == str(len({voice.case_id for voice in heard}))
    bad = {voice.case_id for voice in heard if voice.said in DISCONTENT}
    assert exact(paper, "voice.unsatisfied") == str(len(bad))


def test_each_unit_and_matter_stands_with_its_own_number(office, paper):
    units, matters = (block for block in paper.blocks if isinstance(block, Table))
    own = [case for case in Case.objects.exclude(state=State.VOID) if within(case.happened_at, SEPTEMBER)]
    of_unit = sum(case.unit_id == office.livelihood for case in own)
    assert [words_of(cell) for cell in units.rows[0].cells][:2] == ["民生办", str(of_unit)]
    assert words_of(units.rows[1].cells[0]) == NOBODY
    assert words_of(units.rows[-1].cells[1]) == str(len(own))
    tree = rules_on(TOWN, local_day(office.at)).categories
    of_roads = sum(bool(case.category) and [*tree.upwards(case.category)][-1].key == "roads" for case in own)
    assert [words_of(cell) for cell in matters.rows[0].cells][:2] == ["道路交通", str(of_roads)]


def test_every_figure_opens_as_many_records_as_it_says(office, paper):
    counts = [one for one in paper.numbers() if one.figure and one.style in ("plain", "digits")]
    counts = [
        one for one in counts if not one.is_missing and "率" not in one.title and "最久" not in one.title
    ]
    assert len(counts) > 30
    for one in counts:
        group = {"group": one.group, "value": one.value} if one.group else {}
        behind = opened(
            office.town, one.figure, Period(one.from_on, one.to_on), today=local_day(NOVEMBER_5), **group
        )
        if one.figure != "case.days_used":
            assert str(behind.count) == one.exact, one


def test_last_year_and_this_are_compared_as_the_standard_says(paper):
    words = in_words(paper)
    assert "收到群众诉求和交办事项9件，同比增长350.0%" in words
    assert "上年同期为零，不计算增幅" in words
    assert "*" not in words


def test_a_sentence_without_data_is_not_written(office):
    words = in_words(composed(office.town, PAPER, OCTOBER, NOVEMBER_5))
    assert "本期没有收到评价，也没有完成回访，满意情况不作计算。" in words
    assert "说不满意的" not in words
    assert "收到群众诉求和交办事项0件" in words


def test_before_the_ledger_began_a_number_is_missing_and_says_so(office):
    early = composed(office.town, PAPER, Period.month(2024, 1), NOVEMBER_5)
    assert "（缺：没有数据（台账从2025年9月起））" in in_words(early)
    assert early.missing


def test_what_has_waited_longest_is_cited_by_its_number_and_hot_topics_by_their_count(paper):
    oldest = Case.objects.get(title="去年的水管")
    cited = [
        span
        for block in paper.blocks
        if hasattr(block, "spans")
        for span in block.spans
        if isinstance(span, Cited)
    ]
    assert cited[0].case == oldest.number
    assert exact(paper, "case.oldest_open") == str((SEPTEMBER.to_on - local_day(oldest.happened_at)).days)
    topic = next(one for one in paper.numbers() if one.style == "topic" and "路灯" in one.title)
    assert (topic.exact, topic.of.count(",")) == ("3", 2)


def test_the_last_page_says_how_many_numbers_of_each_sort_and_when_they_were_worked_out(paper):
    page = paper.blocks[-1]
    assert isinstance(page, LastPage)
    whole = "".join(page.paragraphs)
    counts = paper.counts()
    assert f"从台账逐条计算的数{counts[Sort.COUNTED]}个，引用其他单位的数0个，建账以前的期初数0个" in whole
    assert "统计时段：2026年9月1日至2026年9月30日" in whole
    assert "计算时间：2026年11月5日09:30" in whole
    assert "月度办理情况通报（出厂第1版）" in whole
    assert "收到：期内收到的件" in whole


def test_the_word_file_holds_the_same_numbers(paper):
    document = docx.Document(BytesIO(write(paper)))
    words = "".join(one.text for one in document.paragraphs)
    for block in paper.blocks:
        if not isinstance(block, Table | LastPage) and getattr(block, "level", 0) != 1:
            assert words_of(block.spans) in words
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    for table, other in zip(tables, document.tables, strict=True):
        assert [[words_of(cell) for cell in row.cells] for row in table.rows] == [
            [cell.text for cell in row.cells] for row in other.rows[1:]
        ]


def test_the_papers_in_force_are_listed_and_others_are_not_found(office):
    assert [edition.key for edition in papers_on(office.town, local_day(NOVEMBER_5))] == [PAPER]
    with pytest.raises(NotFound, match="文稿列表"):
        composed(office.town, "poem", SEPTEMBER, NOVEMBER_5)


def test_another_town_s_cases_are_not_counted(office, paper):
    other = open_office(town="990011102", name="黑石镇")
    replied(other, title="只在他镇的事")
    again = composed(office.town, PAPER, SEPTEMBER, NOVEMBER_5)
    assert [one.exact for one in again.numbers()] == [one.exact for one in paper.numbers()]
