"""What was erased is nowhere any more, and the ledger stays whole (T9, T19; 个人信息保护法 第四十七条)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput, NotAllowed
from banjie.cases import actions
from banjie.cases.actions import Appraisal, Word, appraise_cases, erase_cases, scrub_what_was_erased
from banjie.cases.models import Attachment, Case
from banjie.cases.queries import PROPOSED, past_retention, proposed_for_erasing
from banjie.cases.settings import quotas
from banjie.cases.tests.factories import TOWN, handled, open_office, replied
from banjie.desk.drafts.keeping import keep_draft
from banjie.desk.models import Draft
from banjie.desk.tests.cases_office import browser
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, computed
from banjie.files.actions import take_in
from banjie.files.storage import path_of
from banjie.ledger.actions import record
from banjie.ledger.models import ERASED, Entry, EntryBody
from banjie.ledger.record import Deed, Stamp
from banjie.ledger.verify import verify
from banjie.notices.models import Notice
from banjie.people.models import Staff
from banjie.rulebook.queries import rules_on
from banjie.sheets.tests.sheet_files import upload

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
CANARY = "鹮影飞渡"
LATER = timedelta(days=366 * 12)


def stamp(by, at):
    return Stamp(by=by.id, happened_at=at, recorded_at=at)


def tables():
    """Return every value of every table of the database as text, those of the search index among them."""
    held = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"search_words"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            held += [str(bytes(value)) if isinstance(value, bytes | memoryview) else str(value)
                     for row in cursor.fetchall() for value in row]  # fmt: skip
    return "\n".join(held)


def is_there(text, held):
    """Tell whether a text stands anywhere, as it is, as JSON escapes it, or as UTF-8 in a blob."""
    told = (text, json.dumps(text)[1:-1], str(text.encode())[2:-1])
    return any(one in held for one in told)


@pytest.fixture
def office(settings, tmp_path):
    settings.HOME = tmp_path
    Staff.objects.update(must_change_password=False)
    return open_office()


@pytest.fixture
def old(office):
    """Return a case in every corner of which the canary sits, closed twelve years ago."""
    case = replied(
        office, title=f"{CANARY}家门口路灯不亮", text=f"{CANARY}说路灯坏了", place_words=f"{CANARY}门前"
    )
    sent = upload(f"{CANARY}的照片说明".encode(), f"{CANARY}.txt")
    limits = quotas(rules_on(TOWN, local_day(office.at)))
    file = take_in(sent, town=TOWN, quotas=limits, stamp=stamp(office.li, office.at))
    case = actions.attach_file(case, office.occasion("li", hours=4.2), file=file)
    case = actions.comment_case(case, office.occasion("li", hours=4.5), words=f"{CANARY}的邻居也来说过")
    case = actions.call_back_case(
        case, office.occasion("sun", hours=5), word=Word("satisfied", f"{CANARY}说好了")
    )
    case = actions.close_case(case, office.occasion("sun", hours=6))
    keep_draft(office.li.id, f"case.{case.pk}.comment_case", QueryDict(f"words={CANARY}"), at=office.at)
    return case


def proposed(office, case, at):
    ids = [case.pk]
    appraise_cases(
        office.he, stamp(office.he, at), ids=ids, appraisal=Appraisal.PROPOSE, ground="鉴定小组第1次会议"
    )
    return ids


APPROVED = {"decided_by": "镇党委会2038年第3次会议", "document": "青政发〔2038〕7号"}


def test_what_is_erased_is_nowhere_and_the_ledger_stays_whole(office, old):
    at = office.at + LATER
    period, key = Period.year_to(local_day(office.at + timedelta(days=30))), "case.received"
    before = computed(TOWN, [key], period)[key, ALL].number
    content = path_of(TOWN, Attachment.objects.get(case=old).file.digest)
    assert is_there(CANARY, tables())
    assert content.exists()
    ids = proposed(office, old, at)
    gone = erase_cases(office.zhou, stamp(office.zhou, at), ids=ids, **APPROVED)
    assert (gone.cases, gone.files) == (1, 1)
    assert gone.entries >= 8
    Draft.objects.filter(key__startswith=f"case.{old.pk}.").delete()
    scrub_what_was_erased()
    held = tables()
    assert not is_there(CANARY, held)
    assert not is_there("鹮影", held)
    assert verify(TOWN).findings == []
    assert not Notice.objects.filter(about=f"case:{old.number}").exists()
    assert computed(TOWN, [key], period)[key, ALL].number == before
    last = Entry.objects.filter(subject_id=old.pk, deed=ERASED).get()
    assert "青政发〔2038〕7号" in EntryBody.objects.get(entry=last).content
    assert last.by == office.zhou.id
    assert not past_retention(office.he, on=local_day(at)).exists()
    assert not proposed_for_erasing(office.zhou, on=local_day(at)).exists()


def test_the_content_of_a_file_goes_once_the_deed_is_committed(
    office, old, django_capture_on_commit_callbacks
):
    at = office.at + LATER
    content = path_of(TOWN, Attachment.objects.get(case=old).file.digest)
    ids = proposed(office, old, at)
    with django_capture_on_commit_callbacks(execute=True):
        erase_cases(office.zhou, stamp(office.zhou, at), ids=ids, **APPROVED)
    assert not content.exists()


def test_nobody_erases_what_he_proposed_nor_what_must_be_kept(office, old):
    at = office.at + LATER
    ids = proposed(office, old, at)
    with pytest.raises(NotAllowed):
        erase_cases(office.he, stamp(office.he, at), ids=ids, **APPROVED)
    record(Deed(PROPOSED, old, words="同意报批擦除"), stamp(office.zhou, at))
    with pytest.raises(NotAllowed, match="您自己提出的"):
        erase_cases(office.zhou, stamp(office.zhou, at), ids=ids, **APPROVED)
    with pytest.raises(InvalidInput, match="文号"):
        erase_cases(office.sun, stamp(office.sun, at), ids=ids, **(APPROVED | {"document": " "}))
    for column, value in (("sensitivity", "handlers_only"), ("led_by", office.people["zhou"]), ("is_open", True),
                          ("recheck_on", local_day(at)), ("category", "petition_claim")):  # fmt: skip
        standing = getattr(old, column)
        Case.objects.filter(pk=old.pk).update(**{column: value})
        with pytest.raises(InvalidInput, match="不在报批擦除的清单里"):
            erase_cases(office.sun, stamp(office.sun, at), ids=ids, **APPROVED)
        Case.objects.filter(pk=old.pk).update(**{column: standing})
    assert EntryBody.objects.filter(entry__subject_id=old.pk).count() > 5


def test_the_page_says_what_would_go_and_what_went(office, old, django_assert_max_num_queries):
    Case.objects.filter(pk=old.pk).update(closed_at=now() - LATER)
    other = handled(office, title="别的事")
    ids = proposed(office, old, now())
    client = browser(office, "zhou")
    client.get("/archives/erasing")
    with django_assert_max_num_queries(18):
        page = client.get("/archives/erasing").content.decode()
    assert old.number in page
    assert other.number not in page
    assert "附件1个" in page
    typed = {"case": [str(ids[0])], "client_key": str(uuid4())} | APPROVED
    assert "没有勾核对" in client.post("/archives/erasing", typed).content.decode()
    answer = client.post("/archives/erasing", typed | {"is_checked": "on"}, follow=True)
    assert "已擦除1件" in answer.content.decode()
    assert not Draft.objects.filter(key__startswith=f"case.{old.pk}.").exists()
    page = client.get(f"/cases/{old.number}").content.decode()
    assert "已擦除" in page
    assert "正文已按规定清除" in page
    assert CANARY not in page
    assert browser(office, "li").get("/archives/erasing").status_code == 403
