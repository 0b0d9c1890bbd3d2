"""导入导出 through its pages (U15, U21): choose, send, match, look, import, watch, undo; and who may not."""

from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from banjie.base.clock import now
from banjie.desk.sheets import sight
from banjie.desk.sheets.tasks import advance
from banjie.desk.tests.cases_office import browser, open_today
from banjie.desk.tests.factories import OTHER_TOWN, TOWN, client_of, make_person, make_town
from banjie.people.rights import Role
from banjie.places.models import Division
from banjie.sheets import actions
from banjie.sheets.models import Batch, State
from banjie.sheets.tests.sheet_files import upload, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
HEAD = ["村（社区）", "区划代码", "网格"]


@pytest.fixture
def guan():
    make_town()
    return client_of(make_person(Role.ADMINISTRATOR, name="管信"))


def rows(count, *, first=300):
    return [HEAD, *([f"村{n}", f"{TOWN}{first + n}", "第一网格"] for n in range(count))]


def send(client, content, name="地名.xlsx", **told):
    posted = {"client_key": str(uuid4()), "upload": upload(content, name), **told}
    return client.post("/sheets/new/places.places", posted, follow=True)


def press(client, batch, word, **told):
    return client.post(f"/sheets/{batch.pk}/{word}", {"client_key": str(uuid4()), **told}, follow=True)


def said(answer):
    return answer.content.decode()


def the_batch():
    return Batch.objects.order_by("-made_at").first()


def test_a_sheet_goes_from_the_first_page_to_the_rows_and_back(guan):
    assert "村（社区）和网格" in said(guan.get("/sheets"))
    seen = send(guan, xlsx(rows(3)))
    assert "导入 3 行" in said(seen)
    assert not Division.objects.filter(name="村1").exists()
    done = press(guan, the_batch(), "start")
    assert "写入 6 条" in said(done)
    assert Division.objects.filter(name="村1", valid_until=None).exists()
    undone = press(guan, the_batch(), "undo")
    assert "已整批撤销" in said(undone)
    assert not Division.objects.filter(name="村1", valid_until=None).exists()
    assert "已撤销" in said(guan.get("/sheets"))


def test_bad_cells_are_told_with_line_cell_and_remedy_and_the_marked_file_comes_back(guan):
    told = rows(3)
    told[2][1] = "99"
    seen = said(send(guan, xlsx(told)))
    assert "一行也没有写入" in seen
    assert "B3" in seen
    assert "应为2、4、6、9或12位" in seen or "不属于本乡镇" in seen or "这里要填村" in seen
    marked = guan.get(f"/sheets/{the_batch().pk}/marked")
    assert "no-store" in marked["Cache-Control"]
    again = send(guan, b"".join(marked.streaming_content))
    assert "一行也没有写入" in said(again)


def test_an_office_s_own_heads_are_asked_about_once(guan):
    told = [["辖区", "编码", "天气"], ["新村", f"{TOWN}301", "晴"]]
    seen = send(guan, xlsx(told))
    assert seen.redirect_chain[-1][0].endswith("/columns")
    assert "必须有的还没有找到" in said(seen)
    refused = press(guan, the_batch(), "columns", **{"column-0": "", "column-1": "code"})
    assert refused.status_code == 422
    assert "还没有对应的列" in said(refused)
    seen = press(guan, the_batch(), "columns", **{"column-0": "village", "column-1": "code", "column-2": ""})
    assert "导入 1 行" in said(seen)
    assert "不导入的列" in said(seen)
    assert "导入 1 行" in said(send(guan, xlsx(told)))


def test_a_block_of_cells_is_pasted(guan):
    pasted = f"村（社区）\t区划代码\r\n新村\t{TOWN}301\r\n"
    seen = guan.post("/sheets/new/places.places", {"client_key": str(uuid4()), "pasted": pasted}, follow=True)
    assert "导入 1 行" in said(seen)


def test_a_large_sheet_is_left_to_the_worker_with_progress_and_can_be_stopped(guan):
    """U21."""
    seen = said(send(guan, xlsx(_many(310))))
    batch = the_batch()
    assert "正在逐行核对" in seen
    assert 'id="batch-state"' in seen
    assert DBTaskResult.objects.count() == 1
    advance.call(str(batch.pk))
    assert "导入 310 行" in said(guan.get(f"/sheets/{batch.pk}"))
    polled = guan.get(f"/sheets/{batch.pk}", headers={"HX-Request": "true", "HX-Target": "batch-state"})
    assert polled["HX-Refresh"] == "true"
    seen = said(press(guan, batch, "start"))
    assert "正在导入" in seen
    assert "停止" in seen
    press(guan, batch, "stop")
    advance.call(str(batch.pk))
    batch.refresh_from_db()
    assert batch.state == State.STOPPED
    assert "没有留下任何数据" in said(guan.get(f"/sheets/{batch.pk}"))


def test_while_a_sheet_is_checked_no_count_stands_still(guan):
    """U21: lines are counted while cells are read; nobody can tell how far the comparing is."""
    batch = Batch(state=State.CHECKING, rows=1408, moved_at=now())
    told = {done: sight.progress_of(replaced(batch, done), at=now()) for done in (0, 500, 1408)}
    assert (told[0].total, told[0].words) == (0, "共 1,408 行")
    assert (told[500].done, told[500].words) == (500, "500 / 1,408 行")
    assert (told[1408].total, told[1408].label) == (0, "正在与系统里已有的比对")


def replaced(batch, done):
    batch.rows_done = done
    return batch


def test_a_question_of_an_import_must_be_answered():
    office = open_today()
    client = browser(office, "chen")
    told = {"client_key": str(uuid4()), "pasted": "标题\t内容\t诉求时间\n路灯\t坏了\t2026-03-05\n"}
    refused = client.post("/sheets/new/cases.open_requests", told)
    assert refused.status_code == 422
    assert "还没有选“没有写明村（社区）的算在哪里”" in said(refused)
    assert Batch.objects.count() == 0
    assert (
        client.post("/sheets/new/cases.open_requests", {**told, "ask-where": office.town}).status_code == 302
    )


def _many(count):
    """Return so many grids of one village: codes of villages end before a large sheet does."""
    return [HEAD, *(["青山村", f"{TOWN}201", f"网格{n}"] for n in range(count))]


def test_a_bug_in_the_worker_is_told_and_leaves_nothing(guan, monkeypatch):
    send(guan, xlsx(_many(301)))
    batch = the_batch()
    advance.call(str(batch.pk))
    press(guan, batch, "start")
    with monkeypatch.context() as broken:
        broken.setattr("banjie.places.sheets.take_in_places", None)
        with pytest.raises(TypeError):
            advance.call(str(batch.pk))
    advance.call(str(batch.pk))
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert "程序出了错" in said(guan.get(f"/sheets/{batch.pk}"))


def test_what_is_no_sheet_comes_back_beside_its_field(guan):
    seen = send(guan, b"%PDF-1.4", name="通知.pdf")
    assert seen.status_code == 422
    assert "请上传 Excel 或 WPS" in said(seen)
    assert guan.post("/sheets/new/places.places", {"client_key": str(uuid4())}).status_code == 422


def test_the_template_can_be_had(guan):
    answer = guan.get("/sheets/template/places.places")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "filename*=UTF-8''" in answer["Content-Disposition"]


def test_who_may_import_nothing_is_told_so_and_finds_no_importer():
    make_town()
    clerk = client_of(make_person(Role.AUDIT_ADMINISTRATOR, name="纪慎"))
    assert "您的岗位没有可以导入的表" in said(clerk.get("/sheets"))
    assert clerk.get("/sheets/new/places.places").status_code == 404
    assert clerk.get("/sheets/template/places.places").status_code == 404


def test_a_colleague_sees_where_a_batch_stands_and_nothing_of_its_content(guan):
    told = rows(2)
    told[1][1] = "12"
    send(guan, xlsx(told))
    batch = the_batch()
    wang = client_of(make_person(Role.DISPATCHER, name="王芳"))
    seen = said(wang.get(f"/sheets/{batch.pk}"))
    assert "内容只有上传的人能看" in seen
    assert "村0" not in seen
    for word in ("marked", "columns"):
        assert wang.get(f"/sheets/{batch.pk}/{word}").status_code == 404


def test_a_batch_of_another_town_is_not_found(guan):
    send(guan, xlsx(rows(1)))
    batch = the_batch()
    make_town(OTHER_TOWN, "黑石镇")
    zhao = client_of(make_person(Role.ADMINISTRATOR, name="赵强", town=OTHER_TOWN))
    assert zhao.get(f"/sheets/{batch.pk}").status_code == 404
    for word in ("start", "stop", "undo", "again", "sheet"):
        assert press(zhao, batch, word).status_code == 404


def test_the_list_of_batches_takes_the_same_queries_however_long_it_is(guan, django_assert_max_num_queries):
    for _ in range(3):
        send(guan, xlsx(rows(1)))
    with django_assert_max_num_queries(12):
        guan.get("/sheets")


def test_content_that_was_forgotten_is_said_to_be_gone(guan):
    send(guan, xlsx(rows(1)))
    actions.expire_batches(TOWN, before=now(), at=now())
    assert "内容已清除" in said(guan.get(f"/sheets/{the_batch().pk}"))
