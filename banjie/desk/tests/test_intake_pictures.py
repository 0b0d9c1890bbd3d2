"""Pictures pasted into the box (U41): sealed with their draft (T19), checked like any upload (T16), gone with the case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from banjie.cases.models import Attachment, Case
from banjie.cases.tests.factories import XIGOU, open_office
from banjie.desk.intake.paste.keeping import pasted_of
from banjie.desk.models import Draft, DraftPicture
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_intake_paste import ticked_form
from banjie.files.models import StoredFile
from banjie.files.tests.factories import image

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
CHAIN = """张三 2026/11/20 9:12:03
西沟村三组路灯坏了三天[图片2]

李四 2026/11/20 9:13:10
自来水停水了[图片1]
"""


@pytest.fixture
def office():
    return open_office()


def photo(name="粘贴图片.png", content=None):
    return SimpleUploadedFile(name, content or image("PNG"), content_type="image/png")


def pasted(client, text, *pictures):
    return client.post("/paste", {"pasted": text, "pictures": list(pictures)})


def test_each_picture_belongs_to_the_draft_in_which_it_was_pasted_and_goes_with_its_case(office):
    client = browser(office, "chen")
    assert pasted(client, CHAIN, photo("水表.png"), photo("路灯.png", image("PNG"))).status_code == 302
    rows = DraftPicture.objects.all()
    assert rows.count() == 2
    assert not StoredFile.objects.exists(), "a draft is no record"
    assert not any(b"PNG" in bytes(row.sealed) or "水表" in row.name_sealed for row in rows)
    page = client.get("/paste").content.decode()
    assert "[图片" not in page
    assert page.index("路灯.png") < page.index("水表.png")
    shown = client.get(f"/paste/pictures/{rows[0].pk}")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert client.post("/paste/register", ticked_form(client, office)).status_code == 302
    told = {one.case.text.partition("\n")[0]: one.name for one in Attachment.objects.select_related("case")}
    assert told == {"西沟村三组路灯坏了三天": "路灯.png", "自来水停水了": "水表.png"}
    assert not DraftPicture.objects.exists()


def test_a_picture_is_crossed_out_and_another_is_added_by_the_upload_field(office):
    client = browser(office, "chen")
    pasted(client, "路灯坏了三天没人修", photo("错的.png"))
    draft, row = pasted_of(office.people["chen"].pk)[0], DraftPicture.objects.get()
    form = ticked_form(client, office) | {"drop_picture": str(row.pk)}
    form[f"{draft.mark}-pictures"] = [photo("对的.png")]
    assert client.post("/paste/register", form).status_code == 302
    assert [one.name for one in Attachment.objects.all()] == ["对的.png"]


def test_a_draft_opened_in_the_register_form_takes_its_pictures_along(office):
    client = browser(office, "chen")
    pasted(client, "", photo())
    draft = pasted_of(office.people["chen"].pk)[0]
    assert "1张图片随件登记" in client.get("/register", {"draft": draft.mark}).content.decode()
    form = draft.fields.dict() | {
        "draft": draft.mark,
        "sensitivity": "ordinary",
        "text": "路灯坏了",
        "asker": "",
        "place": XIGOU,
    }
    assert client.post("/register", form).status_code == 302
    assert Attachment.objects.get().case == Case.objects.get()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("图.png", b"<svg onload=alert(1)>", "内容却不是"),
        ("说明.txt", "路灯坏了".encode(), "不是图片"),
        ("机密★10年.png", None, "非涉密系统"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(office, name, content, words):
    answer = pasted(browser(office, "chen"), "路灯坏了", photo(name, content))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_colleague_sees_no_picture_of_another_s_draft(office):
    """T13: drafts are their writer's alone."""
    pasted(browser(office, "chen"), "路灯坏了三天", photo())
    where = f"/paste/pictures/{DraftPicture.objects.get().pk}"
    assert browser(office, "he").get(where).status_code == 404
    other = open_office(town="990011102", name="他镇")
    assert browser(other, "chen").get(where).status_code == 404


def test_a_draft_that_is_discarded_takes_its_pictures_with_it(office):
    client = browser(office, "chen")
    pasted(client, "路灯坏了三天没人修", photo())
    client.post("/paste/discard", ticked_form(client, office) | {"which": "ticked"})
    assert not DraftPicture.objects.exists()
