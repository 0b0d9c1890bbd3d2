"""Posts: list by unit, set up, change, appoint A and B, give up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.choices import bound_choices, bounds_of, staff_choices, unit_choices
from banjie.desk.office.pages import FormPage, answer_form
from banjie.desk.office.posts.forms import AddPost, Appoint, ChangePost, GiveUpPost, labels_of
from banjie.people.actions import add_post, change_post, give_up_post
from banjie.people.actions import appoint as appoint_holders
from banjie.people.models import Post
from banjie.people.queries import post_for, posts_visible_to
from banjie.places.queries import place_names

DEED = "people.manage_posts"
OWN_TOWN = "the actor's own town"


@require_safe
@needs("desk.use", scope=OWN_TOWN)
def posts(request: HttpRequest) -> HttpResponseBase:
    """List the posts that stand, unit by unit, with A, B, roles and reach."""
    actor = at_work(request)
    rows = list(
        posts_visible_to(actor).filter(valid_until__isnull=True).order_by("unit__kind", "unit__key", "title")
    )
    names = place_names(post.division_code for post in rows)
    told = [(post, labels_of(post.roles), names[post.division_code]) for post in rows]
    return page(request, "desk/office/posts.html", {"rows": told, "may_change": actor.may(DEED)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def add(request: HttpRequest) -> HttpResponseBase:
    """Set up a post of a unit."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    people = staff_choices(actor.town)
    offered = {
        "unit_id": unit_choices(actor.town),
        "bound": bound_choices(actor.town),
        "holder_a": people,
        "holder_b": people,
    }
    form = AddPost(posted(request), choices=offered, initial={"bound": actor.town})
    return answer_form(
        request,
        form,
        lambda typed: add_post(actor, stamp, **_with_bounds(typed)),
        FormPage("设岗位", "设立", reverse("office:posts"), done="岗位已设立，任岗的人下一次操作就有权限。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def change(request: HttpRequest, post_id: UUID) -> HttpResponseBase:
    """Change a post's name, roles and reach."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    post = post_for(actor, post_id)
    bound = f"grid:{post.grid_id}" if post.grid_id else post.division_code
    form = ChangePost(
        posted(request),
        choices={"bound": bound_choices(actor.town)},
        initial={"title": post.title, "roles": post.roles, "bound": bound},
    )
    return answer_form(
        request,
        form,
        lambda typed: change_post(actor, stamp, post_id=post_id, **_with_bounds(typed)),
        FormPage(
            _called(post),
            "保存",
            reverse("office:posts"),
            note="保存后马上生效：任岗的人下一次操作就按新的权限。",
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def appoint(request: HttpRequest, post_id: UUID) -> HttpResponseBase:
    """Put A and B on a post."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    post = post_for(actor, post_id)
    people = staff_choices(actor.town)
    form = Appoint(
        posted(request),
        choices={"holder_a": people, "holder_b": people},
        initial={"holder_a": post.holder_a_id, "holder_b": post.holder_b_id},
    )
    return answer_form(
        request,
        form,
        lambda typed: appoint_holders(actor, stamp, post_id=post_id, **typed),
        FormPage(
            f"任免：{_called(post)}",
            "任免",
            reverse("office:posts"),
            note="只换岗位上的人。原来的人手上还有件的，请先办“换人移交”。",
            done="已任免，马上生效。",
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def give_up(request: HttpRequest, post_id: UUID) -> HttpResponseBase:
    """Give up a post and release its holders."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    post = post_for(actor, post_id)
    return answer_form(
        request,
        GiveUpPost(posted(request), initial={"on": local_day(now())}),
        lambda typed: give_up_post(actor, stamp, post_id=post_id, **typed),
        FormPage(
            f"撤销岗位：{_called(post)}",
            "撤销岗位",
            reverse("office:posts"),
            note="撤销后A岗、B岗同时免去这个岗位的权限。",
            kind="danger",
            done="岗位已撤销。",
        ),
    )


def _with_bounds(typed: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed with the chosen reach told apart into division and grid."""
    code, grid_id = bounds_of(str(typed["bound"]))
    rest = {name: value for name, value in typed.items() if name != "bound"}
    return {**rest, "division_code": code, "grid_id": grid_id}


def _called(post: Post) -> str:
    return f"{post.unit.name} {post.title}"
