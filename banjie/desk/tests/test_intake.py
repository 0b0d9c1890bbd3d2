"""登记 through HTTP (U1, U2, U3, U5, U31, U32): happy, refused, wrong, repeated, hostile."""

from uuid import uuid4

import pytest

from banjie.base.clock import now
from banjie.cases.models import Case, Voice
from banjie.cases.tests.factories import DONGPO, TOWN, XIGOU, open_office
from banjie.desk.models import Draft
from banjie.desk.tests.cases_office import browser
from banjie.fields.citizen import check_digit
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.people.actions import hire_staff, set_pin
from banjie.people.queries import actor_for, founder_of
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.residents.models import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def office():
    return open_office()


def typed(**changes):
    told = {
        "kind": "resident_request",
        "text": "西沟组的路灯坏了三天",
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "client_key": str(uuid4()),
    }
    return {**told, **changes}


def make_resident(office, name="单小梅", phone="13800005678", division_code=XIGOU):
    actor = office.chen
    stamp = Stamp(by=actor.id, happened_at=now(), recorded_at=now())
    return register_resident(
        ResidentFacts(name=name, division_code=division_code, phone=phone), actor=actor, stamp=stamp
    )


def test_three_values_register_a_case_and_lead_to_its_page(office):
    """U1: kind, place and text; channel and sensitivity have values."""
    answer = browser(office, "chen").post("/register", typed())
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.number}")
    assert (case.title, case.division_code, case.channel, case.state) == (
        "西沟组的路灯坏了三天",
        XIGOU,
        "window",
        "registered",
    )


def test_the_form_asks_for_six_values_at_most_and_needs_no_script(office):
    """U1."""
    page = browser(office, "chen").get("/register").content.decode()
    assert page.count("（选填）") >= 8
    for word in (
        "类型",
        "内容",
        "村（社区）、网格",
        "登记并受理",
        "当场办结",
        "从目录里选类别",
        "noscript",
    ):
        assert word in page


def test_a_resident_found_as_one_types_is_taken_with_his_village(office):
    """U2: a polyphonic surname by its initials; the row says village and covered phone and fills the place."""
    resident = make_resident(office)
    client = browser(office, "chen")
    for words in ("sxm", "shanxm", "单小梅", "5678", "单x"):
        rows = client.get("/residents/options", {"q": words}).content.decode()
        assert str(resident.pk) in rows, words
        assert "138****5678" in rows
        assert "13800005678" not in rows
        assert "单小梅" not in rows
        assert f'data-fill-place="{XIGOU}"' in rows
    client.post("/register", typed(asker="*小梅", resident_id=resident.pk))
    assert Case.objects.get().resident_id == resident.pk


def test_a_name_that_was_not_picked_is_asked_about_and_nothing_is_set(office):
    """U3: without a script the same page offers whom the words may mean."""
    resident = make_resident(office)
    client = browser(office, "chen")
    answer = client.post("/register", typed(asker="sxm"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有选定“sxm”是哪一位" in page
    assert f'name="resident_hit" value="{resident.pk}"' in page
    assert not Case.objects.exists()
    assert client.post("/register", typed(asker="sxm", resident_hit=resident.pk)).status_code == 302
    assert Case.objects.get().resident_id == resident.pk


def test_a_new_resident_is_registered_in_the_same_breath(office):
    client = browser(office, "chen")
    form = typed(new_name="阿依古丽·买买提", new_phone="0990-6234567转801", place=f"grid:{office.grid_id}")
    for _ in range(2):
        assert client.post("/register", form).status_code == 302
    case, resident = Case.objects.get(), Resident.objects.get()
    assert (case.resident_id, resident.name, resident.division_code) == (
        resident.pk,
        "阿依古丽·买买提",
        XIGOU,
    )
    assert case.grid_id == office.grid_id


def test_a_wrong_new_resident_leaves_neither_him_nor_a_case(office):
    answer = browser(office, "chen").post(
        "/register", typed(new_name="张三", new_id_number="340011198807041234")
    )
    assert answer.status_code == 422
    assert "身份证号第18位校验不符" in answer.content.decode()
    assert not Case.objects.exists()
    assert not Resident.objects.exists()


def test_a_refused_case_takes_its_new_resident_back(office):
    answer = browser(office, "chen").post("/register", typed(new_name="张三", text="密级：机密 某事"))
    assert answer.status_code == 422
    assert "本系统为非涉密系统" in answer.content.decode()
    assert not Resident.objects.exists()


def test_an_id_number_that_stands_offers_who_bears_it(office):
    client = browser(office, "chen")
    number = "34001119880704123" + check_digit("34001119880704123")
    client.post("/register", typed(new_name="张三", new_id_number=number))
    answer = client.post("/register", typed(new_name="张山", new_id_number=number))
    assert answer.status_code == 409
    assert "已登记在本镇" in answer.content.decode()
    assert f'name="resident_hit" value="{Resident.objects.get().pk}"' in answer.content.decode()


def test_accepting_and_settling_follow_in_the_same_deed(office):
    client = browser(office, "chen")
    client.post("/register", typed(then="accept"))
    client.post(
        "/register",
        typed(then="settle", said="satisfied", mark="witness", witness="王老师", result="现场换了灯泡"),
    )
    states = Case.objects.order_by("registered_at").values_list("state", flat=True)
    assert list(states) == ["accepted", "closed"]
    assert Voice.objects.get().witness == "王老师"


def test_settling_without_a_mark_keeps_what_was_typed_and_registers_nothing(office):
    answer = browser(office, "chen").post(
        "/register", typed(then="settle", said="satisfied", result="换了灯泡")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "当场办结要有诉求人签字、手印，或见证人。" in page
    assert "换了灯泡" in page
    assert not Case.objects.exists()


def test_a_double_submit_registers_once_and_other_content_under_its_key_does_not_pass(office):
    client = browser(office, "chen")
    form = typed()
    first, second = client.post("/register", form), client.post("/register", form)
    assert first["Location"] == second["Location"]
    assert client.post("/register", {**form, "text": "另一件事"}).status_code == 409
    assert Case.objects.count() == 1


def test_an_empty_form_says_what_to_do_and_keeps_what_was_typed(office):
    """U32."""
    answer = browser(office, "chen").post("/register", typed(text="", place="", title="𠮷家的事" + "长" * 90))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有填内容，请填好再提交。" in page
    assert "还没有选村（社区）、网格，请选好再提交。" in page
    assert "𠮷家的事" in page
    assert 'id="error-summary"' in page


def test_two_different_categories_are_not_chosen_between(office):
    client = browser(office, "chen")
    form = typed(category="street_lamp", category_words="路灯", category_listed="garbage")
    assert "类别选了两个不一样的" in client.post("/register", form).content.decode()
    assert client.post("/register", typed(category_words="路灯")).status_code == 422
    assert client.post("/register", typed(category_proposed="street_lamp")).status_code == 302
    assert Case.objects.get().category == "street_lamp"


def test_the_text_proposes_and_sets_nothing(office):
    """U3."""
    client = browser(office, "chen")
    answer = client.post(
        "/register/propose", {"text": "西沟村一组的路灯不亮"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "请人工确认" in page
    assert 'name="category_proposed" value="street_lamp"' in page
    assert f'name="place_proposed" value="{XIGOU}"' in page
    assert "checked" not in page
    form = {"text": "西沟村一组的路灯不亮", "place": XIGOU, "category": "street_lamp"}
    assert "请人工确认" not in client.post("/register/propose", form).content.decode()
    assert not Case.objects.exists()


def test_categories_are_found_by_their_words(office):
    rows = browser(office, "chen").get("/register/categories", {"q": "照明"}).content.decode()
    assert 'data-value="street_lamp"' in rows
    assert "村建办" in rows


def test_another_kind_brings_its_own_fields_and_keeps_the_text(office):
    client = browser(office, "chen")
    part = client.get(
        "/register",
        {"kind": "leader_instruction"},
        headers={"HX-Request": "true", "HX-Target": "kind-fields"},
    )
    assert "交办领导" in part.content.decode()
    assert "<html" not in part.content.decode()
    page = client.post("/register", typed(kind="leader_instruction", then="kind")).content.decode()
    assert "交办领导" in page
    assert "西沟组的路灯坏了三天" in page
    form = typed(kind="leader_instruction", channel="leader")
    assert client.post("/register", form).status_code == 422
    form |= {
        "x-instructed_by": office.people["zhou"].pk,
        "x-instruction_ground": "spoken",
        "x-given_due_at": "2027-01-15 17:30",
    }
    assert client.post("/register", form).status_code == 302
    case = Case.objects.get()
    assert case.asker_staff_id == office.people["zhou"].pk
    assert case.given_due_at is not None


def test_written_down_for_another_takes_a_ground(office):
    client = browser(office, "chen")
    form = typed(for_whom=office.people["zhou"].pk)
    assert "代录要写明凭据" in client.post("/register", form).content.decode()
    assert client.post("/register", {**form, "ground": "电话"}).status_code == 302
    entry = Entry.objects.get(deed="case.registered")
    assert (entry.by, entry.on_behalf_of) == (office.people["chen"].pk, office.people["zhou"].pk)


def test_what_was_said_long_ago_takes_a_ground_and_keeps_its_time(office):
    client = browser(office, "chen")
    form = typed(happened_at="2019-04-25T09:32:09")
    assert "属于补录" in client.post("/register", form).content.decode()
    client.post("/register", {**form, "ground": "整理旧来信"})
    assert Case.objects.get().happened_at.isoformat() == "2019-04-25T01:32:09+00:00"


def test_a_draft_comes_back_and_goes_with_the_case(office):
    """U5: kept sealed, refilled, dropped."""
    client = browser(office, "chen")
    client.post("/drafts/register", typed(text="写到一半的字，王老五"))
    assert "王老五" not in Draft.objects.get().sealed
    page = client.get("/register").content.decode()
    assert "写到一半的字，王老五" in page
    assert 'data-draft-url="/drafts/register"' in page
    client.post("/register", typed())
    assert not Draft.objects.exists()


def test_number_only_keeps_nothing_but_the_number(office):
    client = browser(office, "chen")
    assert client.post("/register", typed(text="", sensitivity="number_only")).status_code == 302
    assert Case.objects.get().title == "线外办理件"


def test_a_village_registers_for_itself_and_not_for_another(office):
    client = browser(office, "zhao")
    page = client.get("/register").content.decode()
    assert "东坡村" in page
    assert "西沟" not in page
    assert client.post("/register", typed()).status_code == 422
    assert client.post("/register", typed(place=DONGPO)).status_code == 302
    assert "领导" not in page.split("</fieldset>")[0]


def village_device(office):
    """Return a browser on 东坡村's shared device, and 赵 with a PIN for it."""
    founder, at = founder_of(TOWN), now()
    stamp = Stamp(by=founder.id, happened_at=at, recorded_at=at)
    office.people["device"] = hire_staff(
        founder, stamp, login="device1", name="东坡村电脑", division_code=DONGPO, is_shared_device=True
    )
    zhao = office.people["zhao"]
    set_pin(
        actor_for(zhao, at=at),
        Stamp(by=zhao.pk, happened_at=at, recorded_at=at),
        staff_id=zhao.pk,
        pin="583920",
    )
    return browser(office, "device"), {"acting_person": str(zhao.pk), "acting_pin": "583920"}


def test_on_a_shared_device_whoever_proves_himself_registers(office):
    """谁在办: the form and the drafts ask for name and PIN; the deed is his, not the device's."""
    client, proof = village_device(office)
    assert "谁在办" in client.get("/register").content.decode()
    assert client.post("/register", typed(place=DONGPO)).status_code == 422
    assert client.post("/register", typed(place=DONGPO) | proof | {"acting_pin": "000000"}).status_code == 403
    assert client.post("/register", typed(place=DONGPO, new_name="张三") | proof).status_code == 302
    assert Case.objects.get().first_asker_id == office.people["zhao"].pk
    client.post("/paste", {"pasted": "东坡村三组路灯坏了"})
    mark = Draft.objects.get().key.partition(":")[2]
    form = {
        f"{mark}-ticked": "on",
        f"{mark}-kind": "resident_request",
        f"{mark}-place": DONGPO,
        f"{mark}-category": "",
    }
    assert client.post("/paste/register", form | proof).status_code == 302
    assert Case.objects.count() == 2


def test_an_administrator_may_not_register(office):
    client = browser(office, "guan")
    assert client.get("/register").status_code == 403
    assert client.post("/register", typed()).status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing"},
        {"place": "990011102201"},
        {"place": "grid:x"},
        {"place": TOWN[:6]},
        {"resident_id": "x"},
        {"resident_id": str(uuid4())},
        {"category": "<script>"},
        {"happened_at": "0000-00-00"},
        {"happened_at": "2999-01-01T00:00"},
        {"channel": "'; drop"},
        {"for_whom": str(uuid4())},
        {"text": "\0"},
        {"title": "长" * 5000},
        {"x-people_count": "-1"},
        {"client_key": "x", "text": ""},
        {"draft": "../../etc", "text": ""},
    ],
)
def test_hostile_values_are_refused_with_a_sentence(office, wrong):
    answer = browser(office, "chen").post("/register", typed(**wrong))
    assert answer.status_code in (404, 422)
    assert not Case.objects.exists()


def test_a_huge_text_is_registered_whole(office):
    text = "路灯" * 40_000
    assert browser(office, "chen").post("/register", typed(text=text)).status_code == 302
    assert Case.objects.get().text == text


def test_markup_in_a_text_is_shown_as_text(office):
    page = (
        browser(office, "chen")
        .post("/register", typed(text="<script>alert(1)</script>", place=""))
        .content.decode()
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_form_opens_with_what_residents_ask_for_most(office):
    kinds = browser(office, "chen").get("/register").context["form"].counter.kinds
    assert kinds[0].key == "resident_request"
