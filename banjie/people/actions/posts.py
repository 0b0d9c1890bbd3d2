"""Posts and who holds them: A and B (S-006), kept apart from accounts and from the log (三员分立, GB/T 22239)."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.actions import once, record
from banjie.ledger.record import SYSTEM, Deed, Stamp
from banjie.people.actions.permits import check_in_office, lock_staff, or_conflict, require, tidy_name
from banjie.people.models import Post
from banjie.people.queries.offices import post_for, posts_of, unit_for
from banjie.people.rights import Role, clash_of, read_roles
from banjie.places.codes import VILLAGE_DIGITS, check_code, lies_in
from banjie.places.queries import grid_for

DEED = "people.manage_posts"
REFUSED = "您的岗位不能设岗和任免。请联系安全管理员。"


def add_post(
    actor: Actor,
    stamp: Stamp,
    *,
    unit_id: UUID,
    title: str,
    roles: Sequence[str],
    division_code: str = "",
    grid_id: UUID | None = None,
    holder_a: UUID | None = None,
    holder_b: UUID | None = None,
) -> Post:
    """Set up a post of a unit, bounded by the town, a village or a grid, with its holders if they are known.

    Raises InvalidInput, NotFound outside the town, NotAllowed and Conflict as `appoint` does.
    """
    require(actor, DEED, message=REFUSED)

    def act() -> Post:
        unit = unit_for(actor, unit_id)
        if unit.valid_until is not None:
            raise Conflict(f"{unit.name}已经撤销，不能再设岗位。请选择承接单位。")
        post = Post(town=actor.town, unit=unit, title=tidy_name(title, limit=40, field="title"))
        post.roles = [role.value for role in read_roles(roles)]
        post.division_code, post.grid_id = _bounds(actor, division_code, grid_id)
        _check_holders(actor, post, holder_a=holder_a, holder_b=holder_b)
        post.holder_a_id, post.holder_b_id = holder_a, holder_b
        record(Deed("post.added", post), stamp)
        return post

    taken = f"这个单位已经有“{title.strip()}”。请换一个名称，或在列表中查找它。"
    return or_conflict(taken, lambda: once(stamp, act, again=lambda post_id: Post.objects.get(pk=post_id)))


def change_post(
    actor: Actor,
    stamp: Stamp,
    *,
    post_id: UUID,
    title: str,
    roles: Sequence[str],
    division_code: str = "",
    grid_id: UUID | None = None,
) -> Post:
    """Change what a post is called, makes of its holders and is bounded by; it takes effect at the next request."""
    require(actor, DEED, message=REFUSED)

    def act() -> Post:
        with transaction.atomic():
            post_roles = [role.value for role in read_roles(roles)]
            bounds, grid = _bounds(actor, division_code, grid_id)
            holders = [h for h in _holders(post_for(actor, post_id)) if h]
            lock_staff(actor, holders)
            post = _lock_post(actor, post_id)
            if [h for h in _holders(post) if h] != holders:
                raise Conflict(f"“{post.title}”岗刚刚换了人。请刷新页面，看过新的内容再办。")
            _check_own_rights(actor, holders)
            for holder in holders:
                _check_clash(holder, post, roles=post_roles)
            changes = {
                "title": tidy_name(title, limit=40, field="title"),
                "roles": post_roles,
                "division_code": bounds,
                "grid_id": grid,
            }
            record(Deed("post.changed", post, changes=changes), stamp)
        return post

    return or_conflict(f"这个单位已经有“{title.strip()}”。请换一个名称。", act)


def appoint(
    actor: Actor, stamp: Stamp, *, post_id: UUID, holder_a: UUID | None, holder_b: UUID | None
) -> Post:
    """Put A and B on a post, replacing whoever held it.

    Raises Conflict when A is B, someone is not in office, or the three administrators would meet in one person;
    NotAllowed for appointing oneself.
    """
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        lock_staff(actor, [h for h in (holder_a, holder_b) if h])
        post = _lock_post(actor, post_id)
        new = [h for h in (holder_a, holder_b) if h not in _holders(post)]
        _check_own_rights(actor, new)
        _check_holders(actor, post, holder_a=holder_a, holder_b=holder_b)
        changes = {"holder_a_id": holder_a, "holder_b_id": holder_b}
        record(Deed("post.appointed", post, changes=changes), stamp)
    return post


def give_up_post(actor: Actor, stamp: Stamp, *, post_id: UUID, on: date) -> Post:
    """Give up a post from a day and release its holders. Raises Conflict when it was given up before."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        post = _lock_post(actor, post_id)
        changes = {"valid_until": on, "holder_a_id": None, "holder_b_id": None}
        record(Deed("post.given_up", post, changes=changes), stamp)
    return post


def restore_post(
    actor: Actor,
    stamp: Stamp,
    *,
    post_id: UUID,
    roles: Sequence[str],
    division_code: str,
    holder_a: UUID | None,
    holder_b: UUID | None,
) -> Post:
    """Set up a post again under its old title. Raises as `add_post` does, and Conflict while it stands."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        post = Post.objects.select_for_update(no_key=True).get(pk=post_for(actor, post_id).pk)
        if post.valid_until is None:
            raise Conflict(f"“{post.title}”岗在设，不必恢复。")
        post.roles = [role.value for role in read_roles(roles)]
        _check_own_rights(actor, [holder_a, holder_b])
        _check_holders(actor, post, holder_a=holder_a, holder_b=holder_b)
        bounds, grid = _bounds(actor, division_code, None)
        changes = {
            "roles": post.roles,
            "division_code": bounds,
            "grid_id": grid,
            "holder_a_id": holder_a,
            "holder_b_id": holder_b,
            "valid_until": None,
        }
        fresh = Post.objects.get(pk=post.pk)
        record(Deed("post.restored", fresh, changes=changes), stamp)
    return fresh


def check_takes(person_id: UUID, post: Post) -> None:
    """Raise Conflict when holding `post` beside his other posts would join what 三员分立 keeps apart."""
    _check_clash(person_id, post, roles=post.roles)


def _check_holders(actor: Actor, post: Post, *, holder_a: UUID | None, holder_b: UUID | None) -> None:
    if holder_a and holder_a == holder_b:
        message = "A岗和B岗要由两个人担任。请另选一人。"
        raise InvalidInput(message, fields={"holder_b": message})
    _check_own_rights(actor, [h for h in (holder_a, holder_b) if post._state.adding])
    people = lock_staff(actor, [holder for holder in (holder_a, holder_b) if holder])
    for person in people.values():
        check_in_office(person, to_do="任岗")
        check_takes(person.pk, post)


def _check_clash(staff_id: UUID, post: Post, *, roles: Iterable[str]) -> None:
    others = posts_of(staff_id).exclude(pk=post.pk)
    held = {Role(value) for other in others for value in other.roles} | {Role(value) for value in roles}
    clash = clash_of(held)
    if clash:
        raise Conflict(clash, ground="GB/T 22239 三员分立")


def _check_own_rights(actor: Actor, holders: Iterable[UUID | None]) -> None:
    if actor.id != SYSTEM and actor.id in holders:
        raise NotAllowed("不能给自己设权任岗。请由另一位安全管理员或县级办理。", ground="GB/T 22239 三员分立")


def _bounds(actor: Actor, division_code: str, grid_id: UUID | None) -> tuple[str, UUID | None]:
    """Return the division and grid that bound a post; a grid brings its village along."""
    if grid_id:
        grid = grid_for(actor, grid_id)
        return grid.division_code, grid.pk
    code = check_code(division_code) if division_code else actor.town
    if not lies_in(code, actor.town) or len(code) > VILLAGE_DIGITS:
        raise NotFound(f"“{code}”不在本乡镇范围内。请选择本乡镇或所辖村（社区）。")
    return code, None


def _holders(post: Post) -> tuple[UUID | None, UUID | None]:
    return post.holder_a_id, post.holder_b_id


def _lock_post(actor: Actor, post_id: UUID) -> Post:
    post = Post.objects.select_for_update(no_key=True).get(pk=post_for(actor, post_id).pk)
    if post.valid_until is not None:
        raise Conflict(f"“{post.title}”岗已经撤销。请选择在设的岗位。")
    return post
