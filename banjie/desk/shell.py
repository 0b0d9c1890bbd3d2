"""What stands around every page: town, navigation, who is logged in. A context processor hands it to the templates."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from banjie.base.actor import Actor
from banjie.base.clock import local_day, now
from banjie.desk.access import actor_of
from banjie.desk.manual.chapters import chapter_of
from banjie.notices.queries import MOST_UNREAD, unread_count
from banjie.worktime.queries import notice_warning


@dataclass(frozen=True)
class Place:
    """A room of the desk: its word, its first page, the right it takes, the key that leads there after g."""

    label: str
    url_name: str
    deed: str
    key: str
    also_under: tuple[str, ...] = ()


PLACES = (
    Place("工作台", "workbench:home", "desk.use", "w"),
    Place("件", "cases:list", "cases.list_cases", "j"),
    Place("登记", "intake:register", "cases.register_case", "d", also_under=("/paste",)),
    Place("台账", "books:home", "books.see_records", "l"),
    Place("群众", "residents:find", "residents.find_resident", "q", also_under=("/houses",)),
    Place("企业", "enterprises:list", "enterprises.find_enterprise", "e"),
    Place("数据", "figures:figures", "figures.read_figures", "t"),
    Place("文稿", "reports:home", "reports.read_paper", "b", also_under=("/asked",)),
    Place("制度", "rulebook:home", "rulebook.read_rules", "z"),
    Place("设置", "office:home", "desk.use", "s", also_under=("/town/", "/sheets")),
)


@dataclass(frozen=True)
class Link:
    """One word of the navigation."""

    label: str
    href: str
    key: str
    is_current: bool


@dataclass(frozen=True)
class Shell:
    """The frame of a page; an empty address means that the page does not exist in this installation."""

    town_name: str
    places: tuple[Link, ...]
    home: str
    search: str
    login: str
    renew: str
    logout: str
    alive: str
    account: str
    inbox: str
    unread: str
    help: str
    person_id: str
    person_name: str
    idle_seconds: int
    warning: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of the page that `request` asks for."""
    actor = actor_of(request)
    frame = Shell(
        town_name=getattr(request, "town_name", ""),
        places=tuple(_links(request)),
        home=home_of(actor),
        search=_address("desk:search"),
        login=str(settings.LOGIN_URL),
        renew=_address("desk:renew"),
        logout=_address("desk:logout"),
        alive=_address("desk:alive"),
        account=_address("desk:account"),
        inbox=_address("notices:inbox") if actor else "",
        unread=_unread(request),
        help=help_of(request),
        person_id=str(actor.id) if actor else "",
        person_name=getattr(actor, "name", ""),
        idle_seconds=getattr(request, "idle_seconds", 0),
        warning=_warning(request),
    )
    return {"shell": frame}


def home_of(actor: Actor | None) -> str:
    """Return the first page: the workbench, or 设置 where no room with a workbench is installed."""
    return _address("workbench:home") or (_address("office:home") if actor else "") or "/"


def help_of(request: HttpRequest) -> str:
    """Return the chapter of the manual for the page that is shown (U39)."""
    match = request.resolver_match
    chapter = chapter_of(match.view_name) if match else ""
    return reverse("desk:chapter", args=[chapter]) if chapter else _address("desk:help")


def _warning(request: HttpRequest) -> str:
    """Return the missing notice of next year's days off to those who can enter it, from 1 November until it stands."""
    actor = actor_of(request)
    if actor is None or request.headers.get("HX-Request") or not actor.may("worktime.manage_calendar"):
        return ""
    return notice_warning(actor.town, local_day(now())) or ""


def _unread(request: HttpRequest) -> str:
    """Return how many notices the person has not read: one short look at an index, none for a part of a page."""
    actor = actor_of(request)
    if actor is None or request.headers.get("HX-Request") or getattr(actor, "is_shared_device", False):
        return ""
    count = unread_count(actor.id)
    return f"{MOST_UNREAD}+" if count > MOST_UNREAD else str(count or "")


def _links(request: HttpRequest) -> list[Link]:
    actor = actor_of(request)
    if actor is None:
        return []
    known = [(place, _address(place.url_name)) for place in PLACES if actor.may(place.deed)]
    found = [(place, href) for place, href in known if href]
    here = _longest([href for _, href in found], request.path)
    return [
        Link(place.label, href, place.key, is_current=href == here or _lies_also_under(place, request.path))
        for place, href in found
    ]


def _lies_also_under(place: Place, path: str) -> bool:
    return bool(place.also_under) and path.startswith(place.also_under)


def _longest(hrefs: list[str], path: str) -> str:
    """Return the address that `path` lies deepest under, so that 登记 under 件 lights only 登记."""
    return max((href for href in hrefs if path.startswith(href) and href != "/"), key=len, default=path)


@cache
def _address(url_name: str) -> str:
    """Return the address of a page, or "" where this installation has none: a room may be switched off."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
