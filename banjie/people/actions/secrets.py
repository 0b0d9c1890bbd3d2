"""Passwords and PINs: set, and on a village's shared device asked for at each deed (谁在办)."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions.permits import check_in_office, lock_staff
from banjie.people.models import PinTries, Staff
from banjie.people.passwords import PasswordPolicy, PinPolicy, check_password_text, check_pin_text
from banjie.people.queries.actors import StaffActor, actor_on_device
from banjie.people.queries.offices import staff_at_device, staff_for

_WRONG = "姓名或办理码不对。请核对后再输。"


def set_password(
    actor: Actor,
    stamp: Stamp,
    *,
    staff_id: UUID,
    password: str,
    policy: PasswordPolicy,
    old_password: str = "",
) -> Staff:
    """Set one's own password, proving the old one, or as administrator a first one that must be changed.

    All sessions of the person end with it but the one that the desk renews (T14).
    """
    person = staff_for(actor, staff_id)
    is_own = actor.id == staff_id
    _check_may_set(actor, staff_id)
    if is_own and not check_password(old_password, person.password):
        raise InvalidInput("原密码不对。请核对后再输。", fields={"old_password": "原密码不对"})
    own_words = (person.login, person.name, person.pinyin, person.work_phone)
    check_password_text(password, policy=policy, own_words=own_words)
    if check_password(password, person.password):
        raise InvalidInput("新密码与原密码相同。请换一个。", fields={"password": "与原密码相同"})
    hashed = make_password(password)
    with transaction.atomic():
        person = lock_staff(actor, [staff_id])[staff_id]
        Staff.objects.filter(pk=staff_id).update(password=hashed)
        person.password = hashed
        record(Deed("staff.password_set", person, changes={"must_change_password": not is_own}), stamp)
    return person


def set_pin(
    actor: Actor, stamp: Stamp, *, staff_id: UUID, pin: str, policy: PinPolicy | None = None
) -> Staff:
    """Set the PIN by which someone proves himself on a shared device, and forget the wrong ones typed before."""
    _check_may_set(actor, staff_id)
    hashed = make_password(check_pin_text(pin, policy=policy or PinPolicy()))
    with transaction.atomic():
        person = lock_staff(actor, [staff_id])[staff_id]
        check_in_office(person, to_do="设办理码")
        Staff.objects.filter(pk=staff_id).update(pin=hashed)
        PinTries.objects.filter(staff_id=staff_id).delete()
        person.pin = hashed
        record(Deed("staff.pin_set", person), stamp)
    return person


def identify(
    name_or_id: str | UUID, pin: str, *, device: StaffActor, at: datetime, policy: PinPolicy | None = None
) -> StaffActor:
    """Return who is at a village's shared device (谁在办), with what he may do there: the entry's `by` is he.

    Raises NotAllowed for a wrong PIN or too many of them, InvalidInput when several bear the name.
    """
    if not device.is_shared_device:
        raise NotAllowed("只有村级共用设备才用办理码办件。请用自己的账号登录。")
    person = _person_at(device, name_or_id)
    check_pin(person, pin, at=at, policy=policy or PinPolicy())
    return actor_on_device(person, device=device, at=at)


def check_pin(staff: Staff, pin: str, *, at: datetime, policy: PinPolicy) -> None:
    """Raise NotAllowed unless `pin` is this person's; each try is counted before it is looked at, so none is free.

    After `tries` wrong ones each further one waits; after `spoilt_after` the PIN is void until it is set anew.
    """
    _take_a_try(staff, at=at, policy=policy)
    if not check_password(pin, staff.pin):
        raise NotAllowed(_WRONG)
    PinTries.objects.filter(staff=staff).update(failed_count=0, last_failed_at=None)


def _take_a_try(staff: Staff, *, at: datetime, policy: PinPolicy) -> None:
    with transaction.atomic():
        PinTries.objects.bulk_create([PinTries(staff=staff)], ignore_conflicts=True)
        tries = PinTries.objects.select_for_update(no_key=True).get(staff=staff)
        if tries.failed_count >= policy.spoilt_after:
            raise NotAllowed(
                f"{staff.name}的办理码输错太多次，已经作废。请用自己的账号登录重设，或联系系统管理员。"
            )
        waits = tries.last_failed_at is not None and at - tries.last_failed_at < policy.wait
        if tries.failed_count >= policy.tries and waits:
            minutes = int(policy.wait.total_seconds() // 60)
            raise NotAllowed(f"{staff.name}的办理码连续输错{tries.failed_count}次。请{minutes}分钟后再试。")
        PinTries.objects.filter(staff=staff).update(failed_count=F("failed_count") + 1, last_failed_at=at)


def _person_at(device: StaffActor, name_or_id: str | UUID) -> Staff:
    here = staff_at_device(device)
    if isinstance(name_or_id, UUID):
        found = list(here.filter(pk=name_or_id))
    else:
        found = list(here.filter(name="".join(name_or_id.split())))
    if len(found) > 1:
        raise InvalidInput("本村有几位同名，请从列表中点选。", fields={"name": "有几位同名"})
    if not found:
        raise NotAllowed(_WRONG)
    if not found[0].pin:
        raise Conflict(f"{found[0].name}还没有设办理码。请用自己的账号登录设置，或联系系统管理员。")
    return found[0]


def _check_may_set(actor: Actor, staff_id: UUID) -> None:
    if isinstance(actor, StaffActor) and actor.device_id:
        raise NotAllowed("共用设备上不能改密码和办理码。请用自己的账号登录。")
    if actor.id != staff_id and not actor.may("people.manage_staff"):
        raise NotAllowed("只能改自己的密码和办理码。忘记了请联系系统管理员。")
