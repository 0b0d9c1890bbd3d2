"""Every route of the url table (T13): who may open it, what strangers get, what other towns' ids answer."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from banjie.base.clock import now
from banjie.desk.tests.factories import OTHER_TOWN, TOWN, client_of, make_person, make_town
from banjie.ledger.record import Stamp
from banjie.people.actions import take_leave
from banjie.people.queries import founder_of
from banjie.people.rights import DEEDS, RIGHTS, Role
from banjie.people.tests.factories import make_post, make_unit
from banjie.places.actions import add_grid

pytestmark = pytest.mark.either_database

ROOMS = ("asked:", "desk:", "drafts:", "office:", "town:", "rulebook:", "design:", "sheets:", "reports:")
"""The rooms whose ids are tried here; cases, residents and the workbench try their own."""


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


ALL = sorted(routes(), key=lambda route: route[0])
NAMES = [name for name, _ in ALL]
SAMPLE = {
    "uuid": uuid4(), "int": 1, "slug": "none", "str": "none", "draft_key": "register", "path": "none",
}  # fmt: skip


def address(route: URLPattern, name: str, **known) -> str:
    wanted = {
        arg: known.get(arg) or SAMPLE.get(type(converter).__name__.removesuffix("Converter").lower(), "none")
        for arg, converter in route.pattern.converters.items()
    }
    return reverse(name, kwargs=wanted)


@pytest.mark.parametrize(("name", "route"), ALL, ids=NAMES)
def test_every_view_says_who_may_open_it(name, route):
    view = route.callback
    assert hasattr(view, "permission"), f"{name} bears neither needs nor public"
    assert view.permission is None or view.permission in DEEDS
    assert view.permission or view.public_reason or view.scope, f"{name} says neither right, reason nor scope"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), ALL, ids=NAMES)
def test_strangers_are_asked_to_log_in_and_told_nothing(name, route):
    if route.callback.public_reason:
        pytest.skip("open to anyone: " + route.callback.public_reason)
    client, where = Client(), address(route, name)
    answers = [client.get(where), client.post(where)]
    assert {answer.status_code for answer in answers} <= {302, 405}
    assert all(a.status_code == 405 or a["Location"].startswith("/login?next=") for a in answers)
    fetched = [
        client.get(where, headers={"X-Banjie-Fetch": "1"}),
        client.post(where, headers={"HX-Request": "true"}),
    ]
    assert {answer.status_code for answer in fetched} <= {401, 405}


@pytest.mark.django_db
def test_every_unsafe_method_asks_for_the_token_against_forgery():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(Role.DISPATCHER), backend="banjie.people.backends.StaffBackend")
    for name, route in ALL:
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(address(route, name)).status_code == 403, name


@pytest.mark.django_db
def test_ids_of_another_town_are_not_found_whatever_the_role():
    make_town(OTHER_TOWN, "黑石镇")
    zhao = make_person(Role.HANDLER, name="赵强", town=OTHER_TOWN)
    theirs = _rows_of(OTHER_TOWN, zhao)
    for role in (Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.DISPATCHER, Role.UNIT_HEAD):
        client = client_of(make_person(role, town=TOWN))
        for name, route in ALL:
            if not name.startswith(ROOMS) or not set(route.pattern.converters) & set(theirs):
                continue
            for method in (client.get, client.post):
                answer = method(address(route, name, **theirs))
                assert answer.status_code in (404, 403, 405), name
                if answer.status_code == 403:
                    assert not _may(role, route), f"{name} tells a {role} that another town's row exists"
                assert "赵强" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_exactly_the_pages_that_its_column_grants(role):
    make_town()
    person = make_person(role)
    client = client_of(person)
    ours = _rows_of(TOWN, person)
    for name, route in ALL:
        if not name.startswith(ROOMS):
            continue
        status = client.get(address(route, name, **ours)).status_code
        if route.callback.permission and not _may(role, route):
            assert status in (403, 405), name
        else:
            assert status in (200, 204, 302, 404, 405), (name, status)


def _may(role, route):
    return route.callback.permission is None or route.callback.permission in RIGHTS[role]


def _rows_of(town, person):
    founder, at = founder_of(town), now()
    stamp = Stamp(by=founder.id, happened_at=at, recorded_at=at)
    unit = make_unit(town=town)
    grid = add_grid(founder, stamp, division_code=f"{town}201", name="第一网格")
    absence = take_leave(founder, stamp, staff_id=person.pk, from_at=at + timedelta(days=9), until_at=None)
    return {
        "staff_id": person.pk,
        "unit_id": unit.pk,
        "post_id": make_post(unit=unit, town=town).pk,
        "absence_id": absence.pk,
        "grid_id": grid.pk,
        "code": f"{town}201",
    }
