"""One town never sees another's data (T13): every route × own and other town × three roles × every method."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from banjie.base.clock import local_day, now
from banjie.books.actions import write
from banjie.cases import actions
from banjie.cases.models import Attachment
from banjie.cases.settings import quotas
from banjie.cases.tests.factories import open_office, registered, set_up
from banjie.desk.tests.test_routes import ALL, SAMPLE
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.files.actions import take_in
from banjie.ledger.actions import record
from banjie.ledger.record import Deed
from banjie.ledger.tests.remade import made_once
from banjie.notices.actions import Telling, tell
from banjie.notices.models import Notice
from banjie.notices.vocabulary import NoticeKind
from banjie.people.actions import take_leave
from banjie.people.models import Post
from banjie.people.queries import actor_for, founder_of
from banjie.reports.models import AskedCell
from banjie.reports.tests.asked_forms import Desk
from banjie.reports.tests.blank_forms import with_head
from banjie.reports.tests.factories import frozen
from banjie.residents.actions import link_house, register_house, register_resident
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import HouseFacts, LinkSource, Living
from banjie.rulebook.actions import ask_replay, start_draft
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section
from banjie.sheets.tests.sheet_files import taken_in, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("other towns")]
OURS, THEIRS = "990011101", "990011102"
CANARIES = ("孤雁飞过", "13912345678", "沙鸥里九号", "*孤雁")
ROLES = ("chen", "li", "he")
EACH_ROLE = [ROLES[0], *(pytest.param(role, marks=pytest.mark.either_database) for role in ROLES[1:])]
"""What a part may see is asked of the same statements: on the second database one part is enough."""
METHODS = ("get", "post")


def furnish(town):
    """Set up a town with one row of everything that a route can name."""
    office = replace(open_office(town=town, name=f"{town[-1]}号镇"), at=now())
    stamp = replace(set_up(), happened_at=office.at, recorded_at=office.at)
    facts = ResidentFacts(
        name="孤雁飞过", phone="13912345678", house="沙鸥里九号", division_code=f"{town}201"
    )
    resident = register_resident(facts, actor=office.chen, stamp=replace(stamp, by=office.chen.id))
    case = registered(office, resident_id=resident.pk, text="孤雁飞过沙鸥里九号", title="孤雁飞过的事")
    upload = SimpleUploadedFile("孤雁飞过.txt", "沙鸥里九号".encode())
    limits = quotas(rules_on(town, local_day(office.at)))
    stored = take_in(upload, town=town, quotas=limits, stamp=replace(stamp, by=office.chen.id))
    actions.attach_file(case, office.occasion("chen"), file=stored)
    founder = founder_of(town)
    later = office.at + timedelta(days=9)
    absence = take_leave(founder, stamp, staff_id=office.wang.id, from_at=later, until_at=None)
    for person in office.people.values():
        with transaction.atomic():
            record(Deed("staff.password_set", person, changes={"must_change_password": False}), stamp)
    return office, {
        "number": case.number,
        "token": case.token,
        "attachment_id": Attachment.objects.get(case=case).pk,
        "resident_id": resident.pk,
        "house_id": _house(office, stamp, resident).pk,
        "enterprise_id": _enterprise(office, stamp).pk,
        "staff_id": office.people["li"].pk,
        "unit_id": office.livelihood,
        "post_id": Post.objects.filter(town=town).first().pk,
        "absence_id": absence.pk,
        "grid_id": office.grid_id,
        "code": f"{town}201",
        "batch_id": _batch(office, town).pk,
        "final_id": frozen(town, stamp, title="孤雁飞过的月报").pk,
        "leader_id": office.people["zhou"].pk,
        "draft_id": _rule_draft(office, stamp).pk,
        "notice_id": _notice(office, town).pk,
        "replay_id": _replay(office, stamp).pk,
        **_asked_form(office),
        "record_id": _record(office, stamp).pk,
    }


def _record(office, stamp):
    """Write a visit that bears a canary in its words."""
    told = {
        "visited_on": local_day(office.at).isoformat(),
        "visitor": str(office.li.id),
        "village": f"{office.li.town}201",
        "purpose": "outreach",
        "heard": "孤雁飞过沙鸥里九号",
    }
    return write("visits", told, actor=office.li, stamp=replace(stamp, by=office.li.id))


def _asked_form(office):
    """Receive a superior's form whose head bears a canary."""
    desk = Desk(office, at=office.at)
    form = desk.received(with_head("收到（件）", title="孤雁飞过的统计表"))
    return {"form_id": form.pk, "cell_id": AskedCell.objects.filter(form=form).first().pk}


def _house(office, stamp, resident):
    """Register the house in which the canary lives."""
    told = HouseFacts(f"{office.chen.town}201", "沙鸥里九号", use="own")
    by = replace(stamp, by=office.chen.id)
    house = register_house(told, actor=office.chen, stamp=by)
    link_house(resident.pk, house.pk, Living(LinkSource.VISIT), actor=office.chen, stamp=by)
    return house


def _enterprise(office, stamp):
    """Register an enterprise that bears a canary in each of its parts."""
    told = Particulars(
        name="孤雁飞过商店",
        division_code=f"{office.chen.town}201",
        contact="孤雁飞过",
        phone="13912345678",
        place_words="沙鸥里九号",
    )
    return register_enterprise(told, actor=office.chen, stamp=replace(stamp, by=office.chen.id))


@made_once
def two_towns():
    """Return our town and theirs, each with its rows."""
    return furnish(OURS), furnish(THEIRS)


@made_once
def our_town():
    """Return our town with its rows while there is no other."""
    return furnish(OURS)


def _notice(office, town):
    """Tell 李 something that only he may open."""
    telling = Telling(town, [office.people["li"].pk], NoticeKind.URGED, "case:1", "孤雁飞过的消息")
    with transaction.atomic():
        tell([telling], at=office.at)
    return Notice.objects.get(town=town)


def _rule_draft(office, stamp):
    """Start a draft whose words hold a canary."""
    he = actor_for(office.people["he"], at=office.at)
    source = '+++\ntitle = "孤雁飞过制"\ntype = "text"\n+++\n第一条　沙鸥里九号。\n'
    return start_draft(
        he, replace(stamp, by=he.id), section=Section.REGULATIONS, key="wild_goose", source=source
    )


def _replay(office, stamp):
    """Try on the past what bears a canary for its title."""
    he = actor_for(office.people["he"], at=office.at)
    source = '+++\ntitle = "孤雁飞过时限"\ntype = "time_limit"\n+++\n第一条　沙鸥里九号。\n'
    day = local_day(office.at) - timedelta(days=2)
    told = {"key": "wild_limits", "source": source, "from_on": day, "to_on": day}
    return ask_replay(he, replace(stamp, by=he.id), **told)


def _batch(office, town):
    """Read a sheet of 何敏's in, so that it waits to be looked at."""
    content = xlsx([["村（社区）", "区划代码"], ["沙鸥里", f"{town}399"]])
    return taken_in(actor_for(office.people["he"], at=office.at), "places.places", content, at=office.at)


def address(name, route, known):
    """Return the address of a route, filled from the rows of one town."""
    wanted = {}
    for argument, converter in route.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        wanted[argument] = known.get(argument) or SAMPLE.get(kind, "none")
    return reverse(name, kwargs=wanted)


def logged_in(person):
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="banjie.people.backends.StaffBackend")
    return client


@pytest.mark.parametrize("role", EACH_ROLE)
def test_no_route_tells_anything_of_another_town(role):
    """A number repeats from town to town, so a case's route answers with our own case of that number, never theirs."""
    (ours, our_rows), (_, their_rows) = two_towns()
    registered(ours)
    only_theirs = {key: value for key, value in their_rows.items() if key != "number"} | {
        "number": "QZ2026-09999"
    }
    nobodys = {
        key: type(value)(int=uuid4().int) if hasattr(value, "int") else "none"
        for key, value in only_theirs.items()
    }
    client = logged_in(ours.people[role])
    for name, route in ALL:
        arguments = set(route.pattern.converters)
        if not arguments & set(only_theirs) - {"token"}:
            continue
        under_ours = {"number": our_rows["number"]} if "attachment_id" in arguments else {}
        under_ours |= {"key": "visits"} if "record_id" in arguments else {}
        for method in METHODS:
            answer = getattr(client, method)(address(name, route, only_theirs | under_ours))
            absent = getattr(client, method)(address(name, route, nobodys | under_ours))
            assert answer.status_code in (403, 404, 405), (name, method)
            assert answer.status_code == absent.status_code, (name, method)
            told = answer.content.decode(errors="replace")
            assert not any(canary in told for canary in CANARIES), (name, method)


@pytest.mark.parametrize("role", EACH_ROLE)
def test_no_list_search_or_count_tells_anything_of_another_town(role):
    ours, _ = our_town()
    clients = {"before": logged_in(ours.people[role])}
    plain = [(name, route) for name, route in ALL if not route.pattern.converters]
    asked = {"q": "孤雁飞过", "phone": "13912345678"}
    before = {name: clients["before"].get(address(name, route, {}), asked).content for name, route in plain}
    other, rows = furnish(THEIRS)
    registered(other, title="只在他镇的事")
    for name, route in plain:
        after = clients["before"].get(address(name, route, {}), asked)
        assert "只在他镇" not in after.content.decode(errors="replace"), name
        assert str(rows["resident_id"]) not in after.content.decode(errors="replace"), name
        assert after.status_code != 500, name
        assert len(before[name]) - 400 < len(after.content) < len(before[name]) + 400, name


@pytest.mark.parametrize("role", ROLES)
def test_the_search_box_finds_no_word_that_only_another_town_wrote(role):
    """U8: neither on the page nor as one types, neither a word nor a number of theirs."""
    (ours, _), (theirs, _) = two_towns()
    for _ in range(2):
        case = registered(theirs, title="芦花荡里的事", text="芦花荡 GD-77", place_words="荡口")
    client = logged_in(ours.people[role])
    for words in ("芦花", "荡", "gd", "荡口", "事 芦花荡", case.number):
        for headers in ({}, {"X-Banjie-Fetch": "1"}):
            told = client.get("/search", {"q": words}, headers=headers).content.decode()
            assert "芦花荡里" not in told, words


def test_our_own_rows_open_so_that_the_matrix_means_something():
    ours, rows = our_town()
    client = logged_in(ours.people["chen"])
    for name in (
        "cases:page",
        "cases:receipt",
        "cases:file",
        "residents:page",
        "enterprises:page",
        "homes:page",
    ):
        route = dict(ALL)[name]
        assert client.get(address(name, route, rows)).status_code == 200, name
    visit = reverse("books:record", args=["visits", rows["record_id"]])
    assert logged_in(ours.people["li"]).get(visit).status_code == 200


def test_a_stranger_with_a_printed_token_learns_only_whom_to_phone():
    """U20: the QR opens the case for a clerk of the town and tells anyone else whom to phone."""
    _, rows = our_town()
    answer = Client().get(f"/q/{rows['token']}")
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "0990-1234567" in told
    assert rows["number"] not in told
    assert not any(canary in told for canary in CANARIES)
