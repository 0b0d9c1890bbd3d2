"""今日一张纸: what a leader who never logs in must know of the day, on one side of paper (U44)."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pytest

from banjie.base.clock import local_day, now
from banjie.cases import actions
from banjie.cases.tests.factories import handled, intake, own_word, replied, set_up
from banjie.desk.tests.cases_office import browser, open_today
from banjie.people.actions import plan_duty
from banjie.reports.paper import words_of
from banjie.reports.queries import sheet_for
from banjie.reports.wide import width_of
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def told(answer):
    return answer.content.decode()


def leader_of(office):
    return office.people["zhou"].pk


@pytest.fixture
def day():
    """Return a day with one late, one unsatisfied yesterday, and one that the leader asked for."""
    office = open_today()
    long_ago = replace(office, at=now() - timedelta(days=40))
    handled(long_ago, title="拖了很久的井盖")
    bad = replied(office, title="答复不满意的水管")
    actions.rate_case(bad, office.occasion("chen", hours=5), word=own_word(bad, said="dissatisfied"))
    fields = {"instructed_by": str(leader_of(office)), "instruction_ground": "phone"}
    asked = intake(kind="leader_instruction", channel="leader", title="查清西沟桥", extra=fields)
    actions.register_case(asked, office.occasion("chen", client_key=uuid4().hex))
    return office


def sheet(day):
    return sheet_for(day.town, leader_of(day), at=now())


def lines_of(paper):
    """Return the lines of a sheet as a page of 28 characters a line sets them."""
    paragraphs = [words_of(block.spans) for block in paper.blocks]
    return sum(1 + int(width_of(words) + 2) // 29 for words in paragraphs)


def test_the_sheet_of_the_day_says_what_a_leader_must_know(day):
    client = browser(day, "he")
    answer = told(client.get(f"/reports/today?leader={leader_of(day)}"))
    for words in ("今日一张纸", "周海", "已超期", "拖了很久的井盖", "您交办的", "查清西沟桥", "今天值班"):
        assert words in answer, words
    href = f"/reports/today/{leader_of(day)}/late"
    assert f'href="{href}"' in answer
    assert "拖了很久的井盖" in told(client.get(href))


def test_who_is_on_duty_stands_below(day):
    today = local_day(now())
    stamp = replace(set_up(), recorded_at=now(), happened_at=now(), by=day.he.id)
    plan_duty(day.he, stamp, day=today, staff_id=day.people["sun"].pk)
    assert "孙丽" in words_of(sheet(day).blocks[-2].spans)


def test_the_sheet_names_no_resident_and_hides_what_only_handlers_may_read(day):
    facts = ResidentFacts(name="尤三姐", phone="13900010009", division_code=f"{day.town}201")
    stamp = replace(set_up(), by=day.chen.id)
    asker = register_resident(facts, actor=day.chen, stamp=stamp)
    long_ago = replace(day, at=now() - timedelta(days=50))
    handled(long_ago, title="尤三姐家的危房", resident_id=asker.pk)
    handled(long_ago, title="有人举报的事", sensitivity="handlers_only")
    words = "".join(words_of(block.spans) for block in sheet(day).blocks)
    assert "尤三姐" not in words
    assert "尤某家的危房" in words
    assert "举报" not in words


def test_a_full_day_still_fits_one_side(day):
    long_ago = replace(day, at=now() - timedelta(days=60))
    for number in range(6):
        handled(long_ago, title=f"第{number}件拖了很久而且标题写得特别特别长的事情要怎么排进一行")
    made = sheet(day)
    assert lines_of(made) <= 22
    late = next(one for one in made.numbers() if one.of == "late")
    assert late.exact == "7"


def test_the_number_of_a_part_is_that_of_its_list(day):
    client = browser(day, "he")
    answer = told(client.get(f"/reports/today?leader={leader_of(day)}"))
    for part in ("late", "asked"):
        href = f'href="/reports/today/{leader_of(day)}/{part}"'
        count = answer.partition(href)[2].partition(">")[2].partition("件")[0]
        listed = told(client.get(f"/reports/today/{leader_of(day)}/{part}"))
        assert f"共 {count} 件" in listed
    assert client.get(f"/reports/today/{leader_of(day)}/weather").status_code == 404


def test_the_sheet_is_a_word_file_too_and_only_leaders_have_one(day):
    client = browser(day, "he")
    answer = client.get(f"/reports/today/word?leader={leader_of(day)}")
    words = [one.text for one in docx.Document(BytesIO(answer.content)).paragraphs]
    assert words[0] == "今日一张纸"
    assert client.get(f"/reports/today?leader={day.people['li'].pk}").status_code == 404
    assert browser(day, "li").get("/reports/today").status_code == 403
    assert "周海" in told(client.get("/reports/today"))
