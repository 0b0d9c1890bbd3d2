"""粘贴即登记 through HTTP (U41): drafts sealed and complete, registered one by one, nothing lost."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from banjie.base.clock import local
from banjie.cases.models import Case
from banjie.cases.tests.clipboard import copied
from banjie.cases.tests.factories import TOWN, XIGOU, open_office
from banjie.desk.intake.paste.keeping import pasted_of
from banjie.desk.models import Draft
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_intake import make_resident
from banjie.residents.models import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
OFFICE = ZoneInfo("Asia/Shanghai")
DATA = os.environ.get("BANJIE_TRIAL_DATA", "")

CHAIN = """张三 2026/11/20 9:12:03
西沟村三组路灯坏了三天

李四 2026/11/20 9:13:10
自来水停水了，电话13900005678

何敏 2026/11/20 9:14:00
收到

单小梅 2026/11/20 9:15:44
垃圾没人清运

王五 2026/11/20 9:16:00
[图片]
"""


@pytest.fixture
def office():
    return open_office()


def ticked_form(client, office, **changes):
    """Return the form of drafts as the page shows it, what is ticked ticked."""
    form = {"place": TOWN, **changes}
    for draft in pasted_of(office.people["chen"].pk):
        if draft.told("ticked"):
            form[f"{draft.mark}-ticked"] = "on"
        form[f"{draft.mark}-kind"] = draft.told("kind")
        form[f"{draft.mark}-place"] = draft.told("place")
        form[f"{draft.mark}-category"] = draft.told("category")
    return form


def test_a_chain_of_five_becomes_five_drafts_with_what_it_tells(office):
    """U41: person found, place and category proposed, chatter unticked; kept sealed (T19)."""
    resident = make_resident(office)
    client = browser(office, "chen")
    assert client.post("/paste", {"pasted": CHAIN})["Location"] == "/paste"
    drafts = pasted_of(office.people["chen"].pk)
    assert [draft.told("ticked") for draft in drafts] == ["1", "1", "", "1", ""]
    assert (drafts[0].told("place"), drafts[0].told("category")) == (XIGOU, "street_lamp")
    assert drafts[0].told("happened_at") == "2026-11-20T09:12:03"
    assert drafts[1].told("new_phone") == "13900005678"
    assert drafts[3].told("resident_id") == str(resident.pk)
    assert not any("路灯" in row.sealed or "张三" in row.sealed for row in Draft.objects.all())
    page = client.get("/paste").content.decode()
    assert page.count("请人工确认") >= 3
    assert "单小梅" not in page.replace("（转述人：单小梅）", "").replace("（诉求人自称：单小梅）", "")
    assert not Case.objects.exists()


def test_a_namesakes_beginning_finds_nobody_and_a_phone_finds_its_holder(office):
    """U3: 张三丰 is not 张三; a phone finds whoever bears it, under whatever name he writes."""
    make_resident(office, "张三丰", "13800001111")
    holder = make_resident(office, "李秀英", "13800002222")
    text = "张三 2026/11/20 9:12:03\n路灯坏了\n小李 2026/11/20 9:13:03\n水管坏了，打13800002222"
    browser(office, "chen").post("/paste", {"pasted": text})
    lamp, water = pasted_of(office.people["chen"].pk)
    assert (lamp.told("resident_id"), lamp.told("asker")) == ("", "张三")
    assert water.told("resident_id") == str(holder.pk)


def test_the_ticked_are_registered_at_once_and_the_rest_stays(office):
    make_resident(office)
    client = browser(office, "chen")
    client.post("/paste", {"pasted": CHAIN})
    form = ticked_form(client, office)
    assert client.post("/paste/register", form).status_code == 302
    assert Case.objects.count() == 3
    lamp = Case.objects.get(category="street_lamp")
    assert (lamp.division_code, lamp.channel) == (XIGOU, "wechat")
    assert "（诉求人自称：张三）" in lamp.text
    assert Resident.objects.count() == 2
    assert [draft.told("text")[:4] for draft in pasted_of(office.people["chen"].pk)] == ["收到\n（", "[图片]"]
    client.post("/paste/register", form)
    assert Case.objects.count() == 3
    client.post("/paste/discard", {"which": "unticked"})
    assert not Draft.objects.exists()


def test_a_draft_opens_in_the_register_form_and_goes_with_its_case(office):
    client = browser(office, "chen")
    client.post("/paste", {"pasted": "张三 2026/11/20 9:12:03\n西沟村三组路灯坏了三天"})
    draft = pasted_of(office.people["chen"].pk)[0]
    page = client.get("/register", {"draft": draft.mark}).content.decode()
    assert "西沟村三组路灯坏了三天" in page
    assert "2026-11-20T09:12:03" in page
    assert f'data-draft-url="/drafts/register:{draft.mark}"' in page
    form = {name: value for name, value in draft.fields.dict().items()} | {
        "draft": draft.mark,
        "sensitivity": "ordinary",
    }
    assert client.post("/register", form | {"asker": ""}).status_code == 302
    assert not Draft.objects.exists()


ROWS = [
    ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数"),
    (
        "188006",
        "A000102948",
        "路灯不亮",
        "2019/4/25 9:32:09",
        '\n\t\t\t\n\t\t　　西沟村的路灯\n坏了，说"明天"修\n\t\t',
        "3",
    ),
    ("188031", "U0084085", "自来水到户", "2019/06/20 23:38:47", "水管\t一直没接", "0"),
]


@pytest.mark.parametrize("first", [0, 1])
def test_cells_become_drafts_with_code_time_and_text_in_place(office, first):
    client = browser(office, "chen")
    client.post("/paste", {"pasted": copied(*ROWS[first:], ends="\r\n")})
    lamp, water = pasted_of(office.people["chen"].pk)
    assert (lamp.told("asker_code"), lamp.told("outer_number")) == ("A000102948", "188006")
    assert lamp.told("text").startswith('西沟村的路灯\n坏了，说"明天"修')
    assert water.told("happened_at") == "2019-06-20T23:38:47"
    page = client.get("/paste").content.decode()
    assert "2件早于规定的补录期限" in page
    client.post("/paste/register", ticked_form(client, office, ground="整理旧来信补录"))
    case = Case.objects.get(asker_code="U0084085")
    assert local(case.happened_at) == datetime(2019, 6, 20, 23, 38, 47, tzinfo=OFFICE)
    assert case.text.startswith("水管\t一直没接")
    assert case.outer_number == "188031"


def test_old_rows_without_a_reason_stay_with_their_complaint_and_others_go(office):
    client = browser(office, "chen")
    client.post(
        "/paste", {"pasted": copied(*ROWS, ("9", "U0084086", "垃圾", "", "没人清", "0"), ends="\r\n")}
    )
    answer = client.post("/paste/register", ticked_form(client, office, ground=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("属于补录") >= 2
    assert Case.objects.get().asker_code == "U0084086"
    assert len(pasted_of(office.people["chen"].pk)) == 2


def test_a_draft_without_a_place_waits_for_one(office):
    """U3: nothing is set silently; one choice does for all."""
    client = browser(office, "chen")
    client.post("/paste", {"pasted": copied(*ROWS, ends="\r\n")})
    assert (
        client.post("/paste/register", ticked_form(client, office, place="", ground="旧信")).status_code
        == 422
    )
    assert list(Case.objects.values_list("division_code", flat=True)) == [XIGOU]
    assert client.post("/paste/register", ticked_form(client, office, ground="旧信")).status_code == 302
    assert Case.objects.get(asker_code="U0084085").division_code == TOWN


def test_two_hundred_at_once_and_the_rest_stays_in_the_box(office):
    client = browser(office, "chen")
    rows = [
        ROWS[0],
        *((str(n), f"U{n:07d}", f"第{n}件", "2026/11/20 9:00", f"说的第{n}件事", "0") for n in range(1, 206)),
    ]
    answer = client.post("/paste", {"pasted": copied(*rows, ends="\r\n")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "前200件已成草稿，其余5件还留在框里" in page
    assert "留言编号\t留言用户" in page
    assert "U0000205" in page.split("</textarea>")[0]
    assert len(pasted_of(office.people["chen"].pk)) == 200


def test_a_secrecy_mark_stops_the_whole_paste_and_nothing_is_kept(office):
    answer = browser(office, "chen").post(
        "/paste", {"pasted": f"{CHAIN}\n赵六 2026/11/20 9:20:00\n机密★10年 部署"}
    )
    assert answer.status_code == 422
    assert "本系统为非涉密系统" in answer.content.decode()
    assert not Draft.objects.exists()


def test_an_empty_box_and_a_flood_are_refused_with_a_sentence(office):
    client = browser(office, "chen")
    assert "框里还没有内容" in client.post("/paste", {"pasted": " \n"}).content.decode()
    assert "一次最多粘贴40万字" in client.post("/paste", {"pasted": "水" * 400_001}).content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "\t\t\t",
        '"',
        "\0\0",
        "<script>alert(1)</script>",
        "：" * 999,
        "[图片]" * 50,
        "\ud7ff\u202e路灯",
        "1、a\n2、b",
    ],
)
def test_hostile_pastes_are_answered(office, text):
    client = browser(office, "chen")
    assert client.post("/paste", {"pasted": text}).status_code in (302, 422)
    assert "<script>alert" not in client.get("/paste").content.decode()


def test_a_draft_of_another_is_neither_shown_nor_registered(office):
    """T13."""
    browser(office, "chen").post("/paste", {"pasted": CHAIN})
    draft = pasted_of(office.people["chen"].pk)[0]
    other = browser(office, "he")
    assert "坏了三天" not in other.get("/paste").content.decode()
    assert "坏了三天" not in other.get("/register", {"draft": draft.mark}).content.decode()
    other.post("/paste/register", {f"{draft.mark}-ticked": "on", f"{draft.mark}-kind": "resident_request"})
    assert not Case.objects.exists()


def test_a_proposal_that_was_tampered_with_is_refused(office):
    client = browser(office, "chen")
    client.post("/paste", {"pasted": "西沟村路灯坏了"})
    mark = pasted_of(office.people["chen"].pk)[0].mark
    form = {f"{mark}-ticked": "on", f"{mark}-kind": "resident_request", f"{mark}-place": "990011102201"}
    answer = client.post("/paste/register", form)
    assert answer.status_code == 422
    assert "已不在列表里" in answer.content.decode()
    assert len(pasted_of(office.people["chen"].pk)) == 1


@pytest.mark.skipif(not DATA, reason="set BANJIE_TRIAL_DATA to the folder of real petitions to try them")
@pytest.mark.parametrize("has_heads", [True, False])
def test_forty_real_petitions_pass_through_the_box(office, has_heads):
    table = CalamineWorkbook.from_path(str(Path(DATA) / "petitions.xlsx")).get_sheet_by_index(0).to_python()
    rows = [[str(value) for value in row] for row in table]
    chosen = rows[1:21] + sorted(rows[21:], key=lambda row: -len(row[4]))[:20]
    client = browser(office, "chen")
    client.post("/paste", {"pasted": copied(*(rows[:1] if has_heads else []), *chosen, ends="\r\n")})
    drafts = pasted_of(office.people["chen"].pk)
    assert len(drafts) == 40
    for row, draft in zip(chosen, drafts, strict=True):
        told_at = datetime.strptime(row[3].replace("-", "/"), "%Y/%m/%d %H:%M:%S")
        assert (draft.told("asker_code"), draft.told("outer_number")) == (row[1], row[0])
        assert draft.told("happened_at") == told_at.isoformat()
        assert draft.told("text").startswith(row[4].strip().replace("\r\n", "\n"))
    answer = client.post("/paste/register", ticked_form(client, office, ground="整理旧来信补录"))
    assert answer.status_code == 302
    for row in chosen:
        case = Case.objects.get(outer_number=row[0])
        assert local(case.happened_at).strftime("%Y-%m-%d %H:%M:%S") == str(
            datetime.strptime(row[3].replace("-", "/"), "%Y/%m/%d %H:%M:%S")
        )
        assert case.text.startswith(row[4].strip())
        assert case.asker_code == row[1]
