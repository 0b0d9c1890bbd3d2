"""Accounts of staff: hired, changed, disabled once nothing is owned any more."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.fields.names import initials_of, pinyin_of
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions.permits import lock_staff, or_conflict, require, tidy_name
from banjie.people.models import Staff
from banjie.people.passwords import PasswordPolicy, check_password_text
from banjie.people.queries.belongings import belongings_of
from banjie.places.codes import VILLAGE_DIGITS, check_code, lies_in

DEED = "people.manage_staff"
REFUSED = "您的岗位不能维护账号。请联系系统管理员。"
SEEN_EVERY = timedelta(minutes=1)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def hire_staff(
    actor: Actor,
    stamp: Stamp,
    *,
    login: str,
    name: str,
    password: str | None = None,
    policy: PasswordPolicy | None = None,
    work_phone: str = "",
    division_code: str = "",
    is_shared_device: bool = False,
) -> Staff:
    """Open an account without any right; the first password is changed at the first log-in. None: cannot log in yet.

    A shared device names its village. Raises InvalidInput, NotFound outside the town, Conflict for a log-in in use.
    """
    require(actor, DEED, message=REFUSED)
    account = check_login(login)
    named = tidy_name(name, limit=40)
    pinyin, initials = pinyin_of(named), initials_of(named)
    if password is not None:
        check_password_text(password, policy=policy or PasswordPolicy(), own_words=(account, named, pinyin))
    place = _place(actor, division_code, is_shared_device=is_shared_device)
    person = Staff(
        town=actor.town, login=account, name=named, work_phone=work_phone.strip(), division_code=place
    )
    person.pinyin, person.initials, person.password = pinyin[:120], initials[:20], make_password(password)
    person.is_shared_device = is_shared_device

    def act() -> Staff:
        record(Deed("staff.hired", person), stamp)
        return person

    taken = f"登录名“{account}”已经有人使用。请换一个。"
    return or_conflict(taken, lambda: once(stamp, act, again=lambda staff_id: Staff.objects.get(pk=staff_id)))


def change_staff(
    actor: Actor, stamp: Stamp, *, staff_id: UUID, name: str, work_phone: str, division_code: str = ""
) -> Staff:
    """Change someone's name, office phone and place of work; the log-in stays."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        person = lock_staff(actor, [staff_id])[staff_id]
        named = tidy_name(name, limit=40)
        pinyin, initials = pinyin_of(named), initials_of(named)
        changes = {
            "name": named,
            "pinyin": pinyin[:120],
            "initials": initials[:20],
            "work_phone": work_phone.strip(),
            "division_code": _place(actor, division_code, is_shared_device=person.is_shared_device),
        }
        record(Deed("staff.changed", person, changes=changes), stamp)
    return person


def deactivate(actor: Actor, stamp: Stamp, *, staff_id: UUID) -> Staff:
    """Disable an account; it is refused at its next request (T14).

    Raises Conflict while the person owns anything (U50), NotAllowed for oneself.
    """
    require(actor, DEED, message=REFUSED)
    if staff_id == actor.id:
        raise NotAllowed("不能停用自己的账号。请由另一位系统管理员办理。")
    with transaction.atomic():
        person = lock_staff(actor, [staff_id])[staff_id]
        if not person.is_active:
            raise Conflict(f"{person.name}的账号已经停用。")
        owned = belongings_of(staff_id, at=stamp.recorded_at)
        if owned:
            listed = "；".join(line.words for line in owned)
            raise Conflict(f"{person.name}名下还有{listed}。请先办“换人移交”，再停用账号。", ground="U50")
        record(Deed("staff.deactivated", person, changes={"is_active": False}), stamp)
    return person


def reactivate(actor: Actor, stamp: Stamp, *, staff_id: UUID) -> Staff:
    """Open a disabled account again; it must take a new password at its next log-in."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        person = lock_staff(actor, [staff_id])[staff_id]
        if person.is_active:
            raise Conflict(f"{person.name}的账号本来就在用。")
        changes = {"is_active": True, "must_change_password": True}
        record(Deed("staff.reactivated", person, changes=changes), stamp)
    return person


def touch_last_seen(staff: Staff, *, at: datetime) -> bool:
    """Note that someone is at work, once a minute at most and outside the ledger; tell whether it was written."""
    if staff.last_seen_at and at - staff.last_seen_at < SEEN_EVERY:
        return False
    stale = Q(last_seen_at__isnull=True) | Q(last_seen_at__lte=at - SEEN_EVERY)
    staff.last_seen_at = at
    return bool(Staff.objects.filter(stale, pk=staff.pk).update(last_seen_at=at))


def check_login(login: str) -> str:
    """Return a log-in as accounts keep it; raises InvalidInput."""
    account = login.strip().lower()
    if not _LOGIN.fullmatch(account):
        message = "登录名用2至40个小写字母、数字或 . _ -，以字母或数字开头。"
        raise InvalidInput(message, fields={"login": message})
    return account


def _place(actor: Actor, division_code: str, *, is_shared_device: bool) -> str:
    code = check_code(division_code) if division_code else actor.town
    if not lies_in(code, actor.town):
        raise NotFound(f"“{code}”不在本乡镇范围内。请选择本乡镇或所辖村（社区）。")
    if is_shared_device and len(code) != VILLAGE_DIGITS:
        message = "共用设备要指明是哪个村（社区）的。请选择村（社区）。"
        raise InvalidInput(message, fields={"division_code": message})
    return code
