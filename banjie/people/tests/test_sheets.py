"""Units, accounts and posts from one sheet, taken in by two administrators (三员分立), and taken back (U15)."""

import pytest

from banjie.ledger.verify import verify
from banjie.people.models import Post, Staff, Unit
from banjie.people.rights import Role
from banjie.people.tests.factories import MOMENT, TOWN, VILLAGE, make_actor, make_staff, make_villages
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["单位", "单位类别", "姓名", "办公电话", "岗位", "角色", "B岗"]
ROWS = [
    ["民生办", "内设机构", "李建国", "0990-1", "承办", "承办人", "王芳"],
    ["民生办", "", "王芳", "", "", "", ""],
    ["便民服务中心", "便民服务中心", "陈静", "", "窗口", "窗口人员、党政办调度", ""],
]


@pytest.fixture
def guan():
    make_villages()
    return make_actor(Role.ADMINISTRATOR, name="管信")


@pytest.fixture
def an():
    return make_actor(Role.SECURITY_ADMINISTRATOR, name="安卫")


def office(by, rows, head=("单位", "单位类别", "姓名", "办公电话")):
    return brought_in(by, "people.office", xlsx([list(head), *[row[: len(head)] for row in rows]]), at=MOMENT)


def complaints(by, key, *rows):
    return [finding.words for finding in outcome_of(taken_in(by, key, xlsx(list(rows)), at=MOMENT)).findings]


def posts(by, *rows):
    return brought_in(
        by, "people.posts", xlsx([["单位", "岗位", "角色", "A岗", "B岗", "管辖范围"], *rows]), at=MOMENT
    )


def test_units_and_accounts_come_from_one_sheet(guan):
    batch = office(guan, ROWS)
    assert batch.rows_written == 5
    assert Unit.objects.get(name="民生办").key == "msb"
    person = Staff.objects.get(name="李建国")
    assert (person.login, person.work_phone, person.has_usable_password()) == ("lijianguo", "0990-1", False)


def test_what_stands_is_left_and_namesakes_need_their_log_in(guan):
    make_staff(name="李建国")
    assert office(guan, ROWS[:1]).rows_written == 1
    make_staff(name="王芳")
    make_staff(name="王芳")
    head = ["单位", "姓名"]
    assert complaints(guan, "people.office", head, ["民生办", "王芳"]) == [
        "已有2位“王芳”。请在“登录名”一列写明是哪一位。"
    ]
    (words,) = complaints(guan, "people.office", head, ["民生办", "赵敏"], ["民生办", "赵敏"])
    assert "与第2行同名" in words


def test_a_generated_log_in_never_takes_anothers(guan):
    make_staff(name="李健国", login="lijianguo")
    office(guan, ROWS[:1])
    assert Staff.objects.get(name="李建国").login == "lijianguo2"


def test_posts_are_taken_in_by_the_other_administrator(guan, an):
    office(guan, ROWS)
    batch = posts(
        an, ["民生办", "承办", "承办人", "李建国", "王芳", ""], ["民生办", "驻村", "村干部", "", "", "高山村"]
    )
    assert batch.rows_written == 2
    post = Post.objects.get(title="承办")
    assert (post.holder_a.name, post.holder_b.name, post.roles) == ("李建国", "王芳", [Role.HANDLER])
    assert Post.objects.get(title="驻村").division_code == VILLAGE


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["土管所", "承办", "承办人", "", "", ""], "没有“土管所”这个单位"),
        (["民生办", "承办", "大王", "", "", ""], "没有“大王”这种角色"),
        (["民生办", "承办", "承办人", "某人", "", ""], "没有“某人”这位工作人员"),
        (["民生办", "承办", "安全管理员", "安卫", "", ""], "不能给自己任岗"),
    ],
)
def test_a_post_that_cannot_be_is_told(guan, an, row, words):
    office(guan, ROWS)
    head = ["单位", "岗位", "角色", "A岗", "B岗", "管辖范围"]
    (told,) = complaints(an, "people.posts", head, row)
    assert words in told


def test_three_administrators_never_meet_in_one_person_by_import(guan, an):
    office(guan, ROWS)
    head = ["单位", "岗位", "角色", "A岗"]
    content = xlsx(
        [head, ["民生办", "办件", "承办人", "李建国"], ["民生办", "管账号", "系统管理员", "李建国"]]
    )
    batch = brought_in(an, "people.posts", content, at=MOMENT)
    assert batch.state == State.FAILED
    assert "不办件" in batch.words
    assert not Post.objects.filter(title__in=("办件", "管账号"), valid_until=None).exists()


def test_who_keeps_accounts_may_grant_no_post(guan, an):
    from banjie.sheets.queries import importers_of

    def offered(actor):
        return {importer.key for importer in importers_of(actor) if importer.key.startswith("people.")}

    assert offered(guan) == {"people.office"}
    assert offered(an) == {"people.posts"}


def test_an_office_is_taken_back_and_comes_again(guan):
    batch = taken_back(guan, office(guan, ROWS), at=MOMENT)
    assert batch.state == State.UNDONE
    assert not Staff.objects.filter(name="李建国", is_active=True).exists()
    assert not Unit.objects.filter(name="民生办", valid_until=None).exists()
    again = office(guan, ROWS)
    assert again.rows_written == 5
    assert Staff.objects.get(name="李建国").is_active
    assert verify(TOWN).findings == []


def test_an_office_whose_people_hold_posts_is_not_taken_back(guan, an):
    batch = office(guan, ROWS)
    posts(an, ["民生办", "承办", "承办人", "李建国", "", ""])
    batch = taken_back(guan, batch, at=MOMENT)
    assert batch.state == State.DONE
    assert "民生办" in batch.words
    assert "李建国" in batch.words


def test_posts_are_taken_back_and_come_again(guan, an):
    office(guan, ROWS)
    row = ["民生办", "承办", "承办人", "李建国", "王芳", ""]
    batch = taken_back(an, posts(an, row), at=MOMENT)
    assert batch.state == State.UNDONE
    assert Post.objects.get(title="承办").holder_a is None
    assert posts(an, row).rows_written == 1
    assert Post.objects.get(title="承办").holder_a.name == "李建国"
