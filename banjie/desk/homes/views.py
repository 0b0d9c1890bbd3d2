"""List houses, show one with who lives in it, register and correct it, say who moves in and out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.keyset import count_to
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.homes.forms import (
    DwellerForm,
    EndForm,
    HomeForm,
    HouseCorrectForm,
    HouseForm,
    house_places,
)
from banjie.desk.homes.meant import person_meant
from banjie.desk.homes.sight import asked_in, house_looks
from banjie.desk.intake.counter import GRID, Counter
from banjie.desk.office.pages import FormPage, answer_form, counted
from banjie.desk.residents.looks import register_tabs
from banjie.places.queries import place_name
from banjie.residents import actions
from banjie.residents.actions.homes import house_for_address
from banjie.residents.home_words import USES, HouseFacts, LinkSource, Living
from banjie.residents.models import House
from banjie.residents.queries import (
    hits_of,
    house_for,
    houses_asked,
    list_houses,
    people_in,
    resident_for,
)

MOST_COUNTED = 10_000
SCOPE = "the actor's villages"


@never_cache
@require_safe
@needs("residents.find_resident", scope=SCOPE)
def houses(request: HttpRequest) -> HttpResponseBase:
    """List the houses of a village or grid, narrowed by what is asked."""
    actor = at_work(request)
    places = house_places(Counter(actor, now()))
    asked, chosen = asked_in(request.GET, places)
    shown, lines = list_houses(actor, asked, after=request.GET.get("after", ""))
    total = count_to(houses_asked(actor, asked), MOST_COUNTED)
    context = {
        "asked": asked,
        "chosen": chosen,
        "lines": lines,
        "pager": counted(request, shown, total=total),
        "places": places,
        "uses": [(key.value, title) for key, title in USES.items()],
        "tabs": register_tabs("houses"),
        "may_register": actor.may("residents.register_house"),
        "query": request.GET.urlencode(),
        "is_narrowed": bool(chosen or asked.use or asked.address),
    }
    return page(request, "desk/homes/list.html", context)


@never_cache
@require_safe
@needs("residents.find_resident", scope=SCOPE)
def house_page(request: HttpRequest, house_id: UUID) -> HttpResponseBase:
    """Show a house with who lives in it and who did, covered."""
    actor = at_work(request)
    house = house_for(actor, house_id)
    context = {
        "house": house,
        "village": place_name(house.division_code),
        "people": people_in(house),
        "past": people_in(house, is_past=True),
        "looks": house_looks(house),
        "may_register": actor.may("residents.register_house"),
        "may_link": actor.may("residents.link_house"),
    }
    return page(request, "desk/homes/page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.register_house", scope=SCOPE)
def new(request: HttpRequest) -> HttpResponseBase:
    """Register a house."""
    actor = at_work(request)
    counter = Counter(actor, now())
    places = house_places(counter)
    first = {"place": counter.default_place}
    return answer_form(
        request,
        HouseForm(posted(request), choices={"place": places}, initial=first),
        lambda told: actions.register_house(
            _facts(counter, told), actor=actor, stamp=stamp_of(request, actor)
        ),
        FormPage(
            title="登记房屋",
            submit="登记",
            back=reverse("homes:list"),
            note="门牌加密保存。",
            done="房屋已登记。",
            leads=lambda house: reverse("homes:page", args=[house.pk]),
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.register_house", scope=SCOPE)
def correct(request: HttpRequest, house_id: UUID) -> HttpResponseBase:
    """Correct the address, use or grid of a house; its village stays."""
    actor = at_work(request)
    counter, house = Counter(actor, now()), house_for(actor, house_id)
    form = HouseCorrectForm(
        posted(request),
        choices={"place": _within(counter, house)},
        initial={"place": _place_of(house), "address": house.address, "use": house.use},
    )
    back = reverse("homes:page", args=[house.pk])
    return answer_form(
        request,
        form,
        lambda told: actions.correct_house(
            house.pk, _facts(counter, told), actor=actor, stamp=stamp_of(request, actor), words=told["why"]
        ),
        FormPage(title="更正房屋", submit="更正", back=back, done="已更正。"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.link_house", scope=SCOPE)
def move_in(request: HttpRequest, house_id: UUID) -> HttpResponseBase:
    """Say who lives in a house."""
    actor = at_work(request)
    house = house_for(actor, house_id)
    return answer_form(
        request,
        DwellerForm(posted(request)),
        lambda told: actions.link_house(
            person_meant(actor, told["person_id"], told["person"]),
            house.pk,
            _living(told),
            actor=actor,
            stamp=stamp_of(request, actor),
            words=told["words"],
        ),
        FormPage(
            title=f"登记住户 {house.address}",
            submit="登记",
            back=reverse("homes:page", args=[house.pk]),
            note="在别处有登记的，那边到这一天为止；记录都保留。",
            done="住户已登记。",
            template="desk/homes/with_person.html",
        ),
        find_label="谁住在这里",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.link_house", scope=SCOPE)
def home(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Say in which house a resident lives; a house that is not registered yet is registered with it."""
    actor = at_work(request)
    counter, resident = Counter(actor, now()), resident_for(actor, resident_id)
    first = f"{GRID}{resident.grid_id}" if resident.grid_id else resident.division_code
    form = HomeForm(
        posted(request), places=house_places(counter), initial={"place": first, "address": resident.house}
    )
    back = reverse("residents:page", args=[resident.pk])

    def link(told: dict[str, Any]) -> object:
        stamp = stamp_of(request, actor)
        house = house_for_address(_facts(counter, told), actor=actor, stamp=stamp)
        return actions.link_house(
            resident.pk, house.pk, _living(told), actor=actor, stamp=stamp, words=told["words"]
        )

    note = "在别处有登记的，那边到这一天为止；记录都保留。"
    words = FormPage(
        title=f"登记住处 {hits_of([resident])[0].name}",
        submit="登记",
        back=back,
        done="住处已登记。",
        note=note,
    )
    return answer_form(request, form, link, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.link_house", scope=SCOPE)
def leave_house(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Say that a resident moved out."""
    actor = at_work(request)
    resident = resident_for(actor, resident_id)
    form = EndForm(posted(request), initial={"on": local_day(now())})
    back = reverse("residents:page", args=[resident.pk])
    return answer_form(
        request,
        form,
        lambda told: actions.move_out(
            resident.pk, on=told["on"], actor=actor, stamp=stamp_of(request, actor), words=told["words"]
        ),
        FormPage(
            title=f"搬出 {hits_of([resident])[0].name}", submit="登记搬出", back=back, done="已登记搬出。"
        ),
    )


def _facts(counter: Counter, told: dict[str, Any]) -> HouseFacts:
    division_code, grid_id = counter.division_of(told["place"])
    return HouseFacts(division_code, told["address"], use=told["use"], grid_id=grid_id)


def _living(told: dict[str, Any]) -> Living:
    return Living(LinkSource(told["source"]), tenure=told["tenure"], from_on=told["from_on"])


def _place_of(house: House) -> str:
    return f"{GRID}{house.grid_id}" if house.grid_id else house.division_code


def _within(counter: Counter, house: House) -> list[tuple[str, str]]:
    """Return the village of a house and its grids."""
    return [
        (place, name)
        for place, name in house_places(counter)
        if counter.division_of(place)[0] == house.division_code
    ]
