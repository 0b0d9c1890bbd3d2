"""Posts with their holders from a sheet: a line for each post, or for each person who holds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import BanjieError, Conflict
from banjie.fields.spec import FieldSpec
from banjie.people.actions import add_post, give_up_post, restore_post
from banjie.people.actions.posts import DEED
from banjie.people.models import Post, Staff, Unit
from banjie.people.rights import Role
from banjie.places.queries import village_names
from banjie.sheets.declared import (
    Column,
    Importer,
    Prepared,
    Row,
    Setting,
    declare,
    planned,
    wrong_cell,
)
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of

CHUNK = 40
_BETWEEN = re.compile(r"[、，,；;/／|\s]+")
ROLES = {role.label: role for role in Role}


@dataclass(frozen=True)
class Plan:
    """A post to set up; one that was given up before comes back under its old title."""

    unit_id: UUID
    title: str
    roles: tuple[str, ...]
    division_code: str
    holder_a: UUID | None
    holder_b: UUID | None
    back: UUID | None = None


@dataclass
class _Office:
    """Units, staff and posts as they stand."""

    units: dict[str, Unit]
    staff: dict[str, list[Staff]]
    posts: dict[tuple[UUID, str], Post]
    told: dict[tuple[UUID, str], int] = field(default_factory=dict)


def columns(setting: Setting) -> tuple[Column, ...]:
    """Return the columns, with this town's units and villages to pick from."""
    units = Unit.objects.filter(town=setting.town, valid_until__isnull=True).order_by("kind", "key")
    return (
        Column("unit", "单位", FieldSpec("unit", "单位", longest=60),
               ("单位名称", "部门", "科室", "所在单位", "工作单位"), True,
               next((unit.name for unit in units[:1]), "民生办")),
        Column("title", "岗位", FieldSpec("title", "岗位", longest=40),
               ("岗位名称", "职务", "岗位职务", "职责岗位"), True, "承办"),
        Column("roles", "角色", FieldSpec("roles", "角色", longest=80), ("系统角色", "权限"), True,
               Role.HANDLER.label, f"几个的用顿号隔开：{'、'.join(ROLES)}"),
        Column("a", "A岗", FieldSpec("a", "A岗", longest=40),
               ("姓名", "A岗人员", "任职人", "责任人", "人员"), help="姓名或登录名；空着就是空岗"),
        Column("b", "B岗", FieldSpec("b", "B岗", longest=40), ("B岗人员", "替岗人")),
        Column("place", "管辖范围", None, ("所在村", "范围", "包联村"),
               options=((setting.town, "全镇"), *village_names(setting.town)), help="空着就是全镇"),
    )  # fmt: skip


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Plan the posts that are not there yet."""
    office = _office(setting.town)
    return planned(rows, lambda row: _planned(row, office, setting))


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Set up the posts of a chunk, each by its own deed."""
    ids: list[UUID] = []
    for plan in plans:
        if not isinstance(plan, Plan):
            continue
        try:
            ids.append(_set_up(plan, setting, batch_id))
        except BanjieError as refusal:
            raise Conflict(f"岗位“{plan.title}”：{refusal.message}") from refusal
    return ids


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name the posts that were changed, or given to others, since."""
    changed = Post.objects.filter(pk__in=touched_since(batch_id, ids)).select_related("unit")
    return [f"{post.unit.name}{post.title}" for post in changed]


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Give up the posts of a chunk, which releases their holders."""
    if names := touched(setting, batch_id, ids):
        raise Conflict(f"{'、'.join(names[:5])}刚被改动。")
    stamp, on = stamp_of(setting, batch_id), local_day(setting.at)
    for post_id in ids:
        give_up_post(setting.by, stamp, post_id=post_id, on=on)


def _set_up(plan: Plan, setting: Setting, batch_id: UUID) -> UUID:
    actor, stamp = setting.by, stamp_of(setting, batch_id)
    if plan.back:
        restored = restore_post(
            actor,
            stamp,
            post_id=plan.back,
            roles=plan.roles,
            division_code=plan.division_code,
            holder_a=plan.holder_a,
            holder_b=plan.holder_b,
        )
        return restored.pk
    post = add_post(
        actor,
        stamp,
        unit_id=plan.unit_id,
        title=plan.title,
        roles=plan.roles,
        division_code=plan.division_code,
        holder_a=plan.holder_a,
        holder_b=plan.holder_b,
    )
    return post.pk


def _office(town: str) -> _Office:
    units = Unit.objects.filter(town=town, valid_until__isnull=True)
    named = {unit.short_name: unit for unit in units if unit.short_name}
    staff: dict[str, list[Staff]] = {}
    for person in Staff.objects.filter(town=town, is_active=True, is_shared_device=False):
        for word in {person.name, person.login}:
            staff.setdefault(word, []).append(person)
    posts = {(post.unit_id, post.title): post for post in Post.objects.filter(town=town)}
    return _Office(units=named | {unit.name: unit for unit in units}, staff=staff, posts=posts)


def _planned(row: Row, office: _Office, setting: Setting) -> Plan | None:
    unit = office.units.get(row.name("unit"))
    if unit is None:
        raise wrong_cell("unit", f"没有“{row.text('unit')}”这个单位。请先由系统管理员导入单位，或核对名称。")
    title = row.name("title")
    here = (unit.pk, title)
    if office.told.setdefault(here, row.line_no) != row.line_no:
        raise wrong_cell(
            "title", f"与第{office.told[here]}行是同一个岗位。A岗、B岗写在一行；不同的岗位请换名称。"
        )
    plan = Plan(
        unit_id=unit.pk,
        title=title,
        roles=_roles(row.text("roles")),
        division_code=row.text("place"),
        holder_a=_holder("a", row, office, setting),
        holder_b=_holder("b", row, office, setting),
    )
    stood = office.posts.get(here)
    if stood is None:
        return plan
    if stood.valid_until is not None:
        return replace(plan, back=stood.pk)
    if (stood.holder_a_id, stood.holder_b_id) != (plan.holder_a, plan.holder_b):
        raise wrong_cell(
            "title", f"“{title}”岗已经设了，任职的人与表中不同。换人请到“岗位”页办任免，再导入其余的。"
        )
    return None


def _roles(told: str) -> tuple[str, ...]:
    words = [word for word in _BETWEEN.split(told) if word]
    unknown = [word for word in words if word not in ROLES]
    if unknown:
        raise wrong_cell("roles", f"没有“{'、'.join(unknown)}”这种角色，可填：{'、'.join(ROLES)}。")
    return tuple(ROLES[word].value for word in words)


def _holder(column: str, row: Row, office: _Office, setting: Setting) -> UUID | None:
    word = row.name(column)
    if not word:
        return None
    found = office.staff.get(word, [])
    if not found:
        raise wrong_cell(column, f"没有“{word}”这位工作人员。请先由系统管理员开账号，或核对姓名。")
    if len(found) > 1:
        raise wrong_cell(
            column, f"有{len(found)}位“{word}”。请改写登录名：{'、'.join(p.login for p in found)}。"
        )
    if found[0].pk == setting.by.id:
        raise wrong_cell(column, "不能给自己任岗。请由另一位安全管理员导入这一行。")
    return found[0].pk


POSTS = declare(
    Importer(
        key="people.posts",
        title="岗位任职",
        permission=DEED,
        columns=columns,
        prepare=prepare,
        write=write,
        undo=undo,
        touched=touched,
        help="一个岗位一行，写明A岗、B岗和角色。人和单位要先由系统管理员导入。",
        chunk_rows=CHUNK,
    )
)
