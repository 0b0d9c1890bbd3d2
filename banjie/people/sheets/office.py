"""Units and the accounts of their staff from a sheet: a line for each person, or for a unit without any."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.fields.names import initials_of, pinyin_of
from banjie.fields.spec import FieldSpec
from banjie.ledger.record import Stamp
from banjie.people.actions import (
    add_unit,
    deactivate,
    give_up_unit,
    hire_staff,
    reactivate,
    restore_unit,
)
from banjie.people.actions.staff import DEED, check_login
from banjie.people.models import Post, Staff, Unit, UnitKind
from banjie.people.queries import belongings_of
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
"""Each line is a deed or two of its own; so many keep a chunk well below a second."""
NEXT_STEP = "账号开好后还不能登录：请在“工作人员”页逐个给初始密码。岗位由安全管理员用“岗位任职”导入。"
KINDS = tuple((str(value), str(label)) for value, label in UnitKind.choices)


@dataclass(frozen=True)
class Account:
    """An account to open; an empty place of work is the town."""

    login: str
    name: str
    work_phone: str
    division_code: str


@dataclass(frozen=True)
class Plan:
    """What one line sets up: a unit, an account, or both; what was given up before comes back."""

    unit_name: str
    unit: dict[str, str] | None = None
    unit_back: UUID | None = None
    person: Account | None = None
    person_back: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether all of it stands already."""
        return not (self.unit or self.unit_back or self.person or self.person_back)


@dataclass
class _Office:
    """Units and staff as they stand, and as the lines so far would leave them."""

    units: dict[str, Unit]
    gone_units: dict[str, Unit]
    keys: set[str]
    staff: list[Staff]
    logins: set[str]
    told_units: set[str] = field(default_factory=set)
    told_people: dict[str, int] = field(default_factory=dict)


def columns(setting: Setting) -> tuple[Column, ...]:
    """Return the columns, with this town's villages to pick the place of work from."""
    return (
        Column("unit", "单位", FieldSpec("unit", "单位", longest=60),
               ("单位名称", "部门", "科室", "所在单位", "工作单位", "办公室"), True, "民生办"),
        Column("kind", "单位类别", None, ("机构类别", "单位性质"), options=KINDS, example="内设机构"),
        Column("key", "单位代号", FieldSpec("key", "单位代号", longest=40), ("单位编码",),
               help="制度里称呼这个单位的代号，小写字母开头；空着就用拼音首字母"),
        Column("name", "姓名", FieldSpec("name", "姓名", longest=40),
               ("人员", "工作人员", "职工姓名", "干部姓名"), example="周禾", help="只登记单位的，空着"),
        Column("login", "登录名", FieldSpec("login", "登录名", longest=40), ("用户名", "账号"),
               help="小写字母和数字；空着就用姓名拼音"),
        Column("phone", "办公电话", FieldSpec("phone", "办公电话", longest=30),
               ("电话", "联系电话", "座机", "联系方式"), example="0990-1234567"),
        Column("place", "工作地", None, ("驻地", "驻村", "所在村"), example="",
               options=(((setting.town, "镇机关"), *village_names(setting.town))), help="空着就是镇机关"),
    )  # fmt: skip


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Plan the units and accounts that are not there yet."""
    office = _office(setting.by)
    prepared = planned(rows, lambda row: _planned(row, office))
    hires = any(isinstance(plan, Plan) and plan.person for plan in prepared.plans)
    return replace(prepared, notes=[NEXT_STEP] if hires else [])


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Set up the units and accounts of a chunk, each by its own deed."""
    actor, stamp = setting.by, stamp_of(setting, batch_id)
    ids: list[UUID] = []
    for plan in plans:
        if not isinstance(plan, Plan):
            continue
        if plan.unit:
            kind = UnitKind(plan.unit["kind"])
            ids.append(add_unit(actor, stamp, key=plan.unit["key"], name=plan.unit_name, kind=kind).pk)
        if plan.unit_back:
            ids.append(restore_unit(actor, stamp, unit_id=plan.unit_back).pk)
        if plan.person:
            ids.append(_hired(actor, stamp, plan.person))
        if plan.person_back:
            ids.append(reactivate(actor, stamp, staff_id=plan.person_back).pk)
    return ids


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name the units and persons that were changed since, hold a post, or own anything."""
    changed = touched_since(batch_id, ids)
    units = Unit.objects.filter(pk__in=ids)
    held = set(
        Post.objects.filter(unit__in=units, valid_until__isnull=True).values_list("unit_id", flat=True)
    )
    names = [unit.name for unit in units if unit.pk in changed | held]
    people = Staff.objects.filter(pk__in=ids)
    return names + [p.name for p in people if p.pk in changed or belongings_of(p.pk, at=setting.at)]


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Disable the accounts of a chunk and give up its units; both come back when imported again."""
    if names := touched(setting, batch_id, ids):
        raise Conflict(f"{'、'.join(names[:5])}刚被改动。")
    actor, stamp, on = setting.by, stamp_of(setting, batch_id), local_day(setting.at)
    for person in Staff.objects.filter(pk__in=ids, is_active=True):
        deactivate(actor, stamp, staff_id=person.pk)
    for unit in Unit.objects.filter(pk__in=ids, valid_until__isnull=True):
        give_up_unit(actor, stamp, unit_id=unit.pk, on=on)


def _office(actor: Actor) -> _Office:
    units = list(Unit.objects.filter(town=actor.town))
    standing = [unit for unit in units if unit.valid_until is None]
    named = {unit.short_name: unit for unit in standing if unit.short_name}
    return _Office(
        units=named | {unit.name: unit for unit in standing},
        gone_units={unit.name: unit for unit in units if unit.valid_until and not unit.successor_id},
        keys={unit.key for unit in units},
        staff=list(Staff.objects.filter(town=actor.town, is_shared_device=False)),
        logins=set(Staff.objects.values_list("login", flat=True)),
    )


def _planned(row: Row, office: _Office) -> Plan | None:
    name = row.name("unit")
    plan_unit, back = _unit(name, row, office)
    person, person_back = _person(row, office)
    plan = Plan(name, plan_unit, back, person, person_back)
    return None if plan.is_empty else plan


def _unit(name: str, row: Row, office: _Office) -> tuple[dict[str, str] | None, UUID | None]:
    if name in office.units or name in office.told_units:
        return None, None
    office.told_units.add(name)
    if gone := office.gone_units.get(name):
        return None, gone.pk
    key = row.text("key") or _free(initials_of(name)[:30] or "unit", office.keys, joint="_")
    if row.text("key") in office.keys:
        raise wrong_cell("key", f"代号“{key}”已经用于另一个单位。请换一个，或空着。")
    office.keys.add(key)
    return {"key": key, "kind": row.text("kind") or UnitKind.OFFICE}, None


def _person(row: Row, office: _Office) -> tuple[Account | None, UUID | None]:
    name, login = row.name("name"), row.text("login").lower()
    if not name:
        return None, None
    if login:
        known = next((person for person in office.staff if person.login == login), None)
        if known and known.name != name:
            raise wrong_cell("login", f"登录名“{login}”是{known.name}的。请换一个。")
    else:
        known = _alone(name, row, office)
    if known:
        return None, None if known.is_active else known.pk
    if login and login in office.logins:
        raise wrong_cell("login", f"登录名“{login}”已经有人使用。请换一个。")
    login = check_login(login) if login else _free(pinyin_of(name)[:36], office.logins)
    office.logins.add(login)
    return Account(login, name, work_phone=row.text("phone"), division_code=row.text("place")), None


def _alone(name: str, row: Row, office: _Office) -> Staff | None:
    """Return the colleague of this name, if there is one; raises InvalidInput where a name does not decide."""
    same = [person for person in office.staff if person.name == name]
    if len(same) > 1:
        raise wrong_cell("name", f"已有{len(same)}位“{name}”。请在“登录名”一列写明是哪一位。")
    if not same and office.told_people.setdefault(name, row.line_no) != row.line_no:
        line = office.told_people[name]
        raise wrong_cell(
            "name", f"“{name}”与第{line}行同名。是两个人的，请各写登录名；是一个人的，请只留一行。"
        )
    return same[0] if same else None


def _hired(actor: Actor, stamp: Stamp, account: Account) -> UUID:
    person = hire_staff(
        actor,
        stamp,
        login=account.login,
        name=account.name,
        work_phone=account.work_phone,
        division_code=account.division_code,
    )
    return person.pk


def _free(wanted: str, taken: set[str], *, joint: str = "") -> str:
    """Return `wanted`, with a number behind it when someone has it already."""
    plain = "".join(sign for sign in wanted.lower() if sign.isascii() and sign.isalnum()) or "unit"
    numbered = (f"{plain}{joint}{n}" for n in range(2, 10_000))
    return plain if plain not in taken else next(word for word in numbered if word not in taken)


OFFICE = declare(
    Importer(
        key="people.office",
        title="单位和工作人员",
        permission=DEED,
        columns=columns,
        prepare=prepare,
        write=write,
        undo=undo,
        touched=touched,
        help="一人一行。先由系统管理员导入单位、账号；同一张表再由安全管理员导入岗位任职。",
        chunk_rows=CHUNK,
    )
)
