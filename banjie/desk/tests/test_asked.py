"""上级要表 on the desk: a blank form goes in, each cell shows its source, the answer comes out (U17)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from banjie.base.clock import now
from banjie.books.models import Record
from banjie.desk.tests.cases_office import browser
from banjie.people.models import Staff
from banjie.reports.asked.matching import Source
from banjie.reports.models import AskedForm, FormState
from banjie.reports.tests import blank_forms
from banjie.reports.tests.asked_forms import Desk, by_label
from banjie.reports.tests.factories import SEPTEMBER, busy_office

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
NEVER = "环境｜重复信访（件次）"
SEEN = "合计｜受理情况（件）／本月"


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """Return one town for all these tests, each of which is taken back; the town itself at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = busy_office()
        Staff.objects.update(must_change_password=False)
        yield replace(office, at=now() - timedelta(minutes=5))
        transaction.set_rollback(True)


@pytest.fixture
def desk(office):
    return Desk(office, at=office.at)


def told(answer):
    return answer.content.decode()


def post(client, url, **fields):
    return client.post(url, {"client_key": str(uuid4()), **fields})


def received(client, content=None, name="月报.xlsx"):
    upload = SimpleUploadedFile(name, content or blank_forms.letters_two_rows())
    fields = {"sender": "县信访局", "first": "2026-09", "last": "2026-09", "due_on": "2026-12-01"}
    return post(client, "/asked/new", upload=upload, **fields)


def answer_of(client, url):
    seen = told(client.get(url)).partition('name="seen" value="')[2].partition('"')[0]
    return post(client, f"{url}/answer", seen=seen)


def test_a_blank_form_is_taken_in_filled_answered_and_noted_as_sent(office):
    """The whole way, without script: nothing is typed but whose form it is."""
    client = browser(office, "he")
    url = received(client)["Location"]
    page = told(client.get(url))
    assert "群众诉求办理情况月报表" in page
    assert "台账：收到，群众诉求，2026年9月" in page
    assert "缺：没有对应的数据指标（“重复信访”）" in page
    assert answer_of(client, url)["Location"] == url
    file = client.get(f"{url}/answer-file")
    assert file["Content-Disposition"].endswith(".xlsx") or "xlsx" in file["Content-Disposition"]
    assert b"".join(file.streaming_content).startswith(b"PK")
    done = post(client, f"{url}/send", sent_to="县信访局", way="mail", sent_on=f"{now():%Y-%m-%d}")
    assert done["Location"] == url
    form = AskedForm.objects.get()
    assert (form.state, form.sent_to) == (FormState.SENT, "县信访局")
    assert "已报出" in told(client.get("/asked"))


def test_the_same_numbers_asked_again_say_that_they_were_reported(office, desk):
    desk.sent(desk.received(period=SEPTEMBER))
    client = browser(office, "he")
    page = told(client.get(received(client)["Location"]))
    assert "已报县信访局：9" in page


def test_a_cell_is_corrected_with_a_number_typed_from_a_named_source(office, desk):
    form = desk.received(period=SEPTEMBER)
    client, cell = browser(office, "he"), by_label(form)[NEVER]
    url = f"/asked/{form.pk}/cells/{cell.pk}"
    refused = post(client, url, source="typed", text="3", quoted="", reach="one")
    assert refused.status_code == 422
    assert "没有写出处" in told(refused)
    post(client, url, source="typed", text="3", quoted="县信访局9月通报", reach="one")
    assert "引用：县信访局9月通报" in told(client.get(f"/asked/{form.pk}"))
    assert "引用数台账里的这个数" not in told(client.get(url))
    desk.answered(form)
    [record] = Record.objects.filter(book="quoted_numbers")
    assert f'href="/books/quoted_numbers/{record.pk}"' in told(client.get(url))
    assert "县信访局9月通报" in told(client.get(f"/books/quoted_numbers/{record.pk}"))


def test_a_figure_told_for_a_column_leaves_each_row_its_own_group(office, desk):
    form = desk.received(period=SEPTEMBER)
    client, cells = browser(office, "he"), by_label(form)
    fields = {"source": "figure", "figure": "case.closed", "group-kind": "resident_request", "span": "period"}
    url = f"/asked/{form.pk}/cells/{cells[NEVER].pk}"
    assert post(client, url, **fields, style="plain", reach="column").status_code == 302
    cells = by_label(form)
    column = {label: cell for label, cell in cells.items() if "重复信访" in label}
    assert {cell.source for cell in column.values()} == {Source.FIGURE}
    assert {cell.figure for cell in column.values()} == {"case.closed"}


def test_the_records_behind_a_cell_are_as_many_as_its_number(office, desk):
    """U16: of a branch of categories the cases of all its leaves."""
    form = desk.received(period=SEPTEMBER)
    cell = by_label(form)["道路交通｜受理情况（件）／本月"]
    page = told(browser(office, "he").get(f"/asked/{form.pk}/cells/{cell.pk}/records"))
    assert "共 5 件" in page


def test_guesses_are_confirmed_together_and_only_then_an_answer_is_made(office, desk):
    content = blank_forms.with_head("受理（件）", title="涉军信访统计表")
    form = desk.received(content, period=SEPTEMBER)
    client, url = browser(office, "he"), f"/asked/{form.pk}"
    refused = answer_of(client, url)
    assert refused.status_code == 409
    assert "还有1格待核对" in told(refused)
    post(client, f"{url}/confirm")
    assert answer_of(client, url).status_code == 302


def test_numbers_that_moved_after_the_answer_are_shown_beside_it(office, desk):
    form = desk.answered(desk.received(period=SEPTEMBER))
    cell = by_label(form)[SEEN]
    type(cell).objects.filter(pk=cell.pk).update(printed="8")
    page = told(browser(office, "he").get(f"/asked/{form.pk}"))
    assert "填好以后变了的数" in page


def test_another_period_counts_its_own_days_and_a_wrong_one_says_what_to_do(office, desk):
    form = desk.received(period=SEPTEMBER)
    client, url = browser(office, "he"), f"/asked/{form.pk}"
    refused = post(client, f"{url}/period", first="2026-09", last="2026-08")
    assert refused.status_code == 422
    assert "起月在止月之后" in told(refused)
    post(client, f"{url}/period", first="2026-08", last="2026-08", due_on="")
    assert "2026年8月" in told(client.get(url))


def test_a_file_that_is_no_form_comes_back_beside_its_field(office):
    refused = received(browser(office, "he"), b"%PDF-1.4", name="表.pdf")
    assert refused.status_code == 422
    assert "请上传上级发来的 Excel 或 Word 空表" in told(refused)


def test_an_old_doc_waits_for_the_worker_and_the_page_says_so(office):
    """U21: conversion takes longer than a page may."""
    answer = received(browser(office, "he"), blank_forms.old_sheet(), name="表.xls")
    page = told(browser(office, "he").get(answer["Location"]))
    assert "正在读取" in page


def test_a_form_received_by_mistake_is_voided_with_a_reason_and_stays_in_the_list(office, desk):
    """U12: nothing is truly deleted."""
    form = desk.received(period=SEPTEMBER)
    client, url = browser(office, "he"), f"/asked/{form.pk}"
    assert "没有写作废的原因" in told(post(client, f"{url}/void", reason=" "))
    assert post(client, f"{url}/void", reason="收重了").status_code == 302
    assert "收重了" in told(client.get(url))
    assert "已作废" in told(client.get("/asked"))
    assert post(client, f"{url}/void", reason="再来").status_code == 409


def test_a_list_is_filled_from_a_book_that_its_columns_fit(office, desk):
    """U17: a form of rows; without script, and nothing is taken before a person says from where."""
    form = desk.received(blank_forms.roll_in_word(), name="表.docx", period=SEPTEMBER)
    client, url = browser(office, "he"), f"/asked/{form.pk}"
    page = told(client.get(url))
    assert "名册：走访日期、走访对象、走访户数" in page
    assert "走访台账有" not in page
    post(client, f"{url}/fill", list="0:2", book="visits")
    assert "走访台账有 0 条" in told(client.get(url))
    assert post(client, f"{url}/fill", list="0:2", book="duty").status_code == 422
    answer_of(client, url)
    assert client.get(f"{url}/answer-file").status_code == 200
    assert browser(office, "wu").get(f"{url}/answer-file").status_code == 403


def test_who_may_only_read_is_offered_nothing_to_write(office, desk):
    form = desk.received(period=SEPTEMBER)
    assert browser(office, "li").get(f"/asked/{form.pk}").status_code == 403
    assert browser(office, "chen").get("/asked/new").status_code == 403


def test_the_page_of_a_form_takes_the_same_queries_however_many_cells_it_has(
    office, desk, django_assert_max_num_queries
):
    form = desk.received(blank_forms.hotline_by_unit(), period=SEPTEMBER)
    client = browser(office, "he")
    client.get(f"/asked/{form.pk}")
    with django_assert_max_num_queries(45):
        client.get(f"/asked/{form.pk}")
    with django_assert_max_num_queries(14):
        client.get("/asked")
