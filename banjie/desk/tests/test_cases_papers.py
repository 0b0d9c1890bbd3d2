"""Receipt, registration form, the printed token, and files in and out (U20, U47, T13, T16)."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banjie.cases.models import Attachment
from banjie.cases.slips import slip_code
from banjie.cases.tests.factories import assigned, handled, registered
from banjie.desk.tests.cases_office import browser, open_today, send
from banjie.files.tests.factories import image

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def test_a_receipt_says_whom_to_ask_and_bears_the_code_once():
    office = open_today()
    case = handled(office)
    page = browser(office, "chen").get(f"/cases/{case.number}/receipt").content.decode()
    for words in (
        case.number,
        "路灯不亮",
        "民生办 李建国",
        "0990-1234567",
        "不用再跑",
        "签字或按手印",
        "留痕第",
    ):
        assert page.count(words) >= 2, words
    assert page.count(slip_code(case.pk)) == 1
    assert case.token not in page
    assert page.count("data:image/svg+xml") == 2


def test_whoever_handles_the_case_never_reads_the_askers_code():
    office = open_today()
    case = handled(office)
    response = browser(office, "li").get(f"/cases/{case.number}/receipt")
    assert response.status_code == 200
    assert slip_code(case.pk) not in response.content.decode()


def test_a_leader_prints_no_receipt():
    office = open_today()
    case = handled(office)
    response = browser(office, "zhou").get(f"/cases/{case.number}/receipt")
    assert response.status_code == 403
    assert slip_code(case.pk) not in response.content.decode()


def test_the_registration_form_stands_on_one_sheet():
    office = open_today()
    case = handled(office)
    page = browser(office, "li").get(f"/cases/{case.number}/print").content.decode()
    assert page.count('class="sheet"') == 1
    assert "群众诉求登记表" in page
    assert "签收" in page


def test_an_objection_drafts_the_letter_with_its_ground_and_names_nobody_who_asked():
    """S-039."""
    office = open_today()
    case = assigned(office)
    client = browser(office, "li")
    assert client.get(f"/cases/{case.number}/letter").status_code == 404
    told = {"reason": "电力线路归供电所管", "basis": "履职事项清单第8条", "should_go_to": "供电所"}
    assert send(client, case, "object", **told).status_code == 302
    page = browser(office, "he").get(f"/cases/{case.number}/letter").content.decode()
    for words in ("供电所：", "履职事项清单第8条", case.number, "民生办", "此函"):
        assert words in page
    assert "打商请函" in browser(office, "he").get(f"/cases/{case.number}").content.decode()


def test_the_token_opens_the_case_for_a_clerk_and_tells_others_whom_to_phone():
    office = open_today()
    case = registered(office)
    assert browser(office, "chen").get(f"/q/{case.token}")["Location"] == f"/cases/{case.number}"
    for client in (Client(), browser(office, "zhao")):
        response = client.get(f"/q/{case.token}")
        assert response.status_code == 200
        page = response.content.decode()
        assert "0990-1234567" in page
        assert "工作日" in page
        assert case.number not in page
        assert "路灯" not in page


def test_a_made_up_token_answers_like_a_printed_one():
    office = open_today()
    case = registered(office)
    pages = [
        Client().get(f"/q/{token}").content.decode().replace(token, "") for token in (case.token, "nonsense")
    ]
    assert pages[0] == pages[1]


def test_files_are_taken_in_shown_and_served_as_downloads():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    files = [
        SimpleUploadedFile("现场.png", image("PNG")),
        SimpleUploadedFile("说明.txt", "已修好".encode()),
    ]
    assert send(client, case, "attach", uploads=files).status_code == 302
    picture, note = _by_kind(case)
    page = client.get(f"/cases/{case.number}").content.decode()
    assert "现场.png" in page
    assert f"/files/{picture.pk}/preview" in page
    sent = client.get(f"/cases/{case.number}/files/{note.pk}")
    assert sent["Content-Disposition"].startswith("attachment")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/cases/{case.number}/files/{picture.pk}/preview").status_code == 200
    assert client.get(f"/cases/{case.number}/files/{note.pk}/preview").status_code == 404
    assert browser(office, "zhao").get(f"/cases/{case.number}/files/{note.pk}").status_code == 404


def _by_kind(case):
    found = {a.file.is_inline_safe: a for a in Attachment.objects.filter(case=case).select_related("file")}
    return found[True], found[False]


def test_a_file_of_another_case_is_not_found_under_this_one():
    office = open_today()
    case, other = handled(office), handled(office)
    client = browser(office, "li")
    send(client, other, "attach", uploads=[SimpleUploadedFile("a.txt", "甲".encode())])
    attachment = Attachment.objects.get()
    assert client.get(f"/cases/{case.number}/files/{attachment.pk}").status_code == 404


def test_a_form_with_files_sent_twice_files_once():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    key = str(uuid4())
    for _ in "ab":
        upload = SimpleUploadedFile("a.txt", "甲".encode())
        response = client.post(f"/cases/{case.number}/attach", {"uploads": [upload], "client_key": key})
        assert response.status_code == 302
    assert Attachment.objects.count() == 1


def test_what_bears_a_secrecy_mark_or_is_a_program_is_refused_in_words():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    marked = SimpleUploadedFile("a.txt", "机密★长期\n某文件".encode())
    program = SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)
    for upload in (marked, program):
        response = send(client, case, "attach", uploads=[upload])
        assert response.status_code == 422
        assert "data-error-summary" in response.content.decode()
    assert not Attachment.objects.exists()
    assert send(client, case, "attach").status_code == 422
