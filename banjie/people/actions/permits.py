"""What every deed of the office asks first: may he, do the persons stand, is the name usable."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.people.models import Staff
from banjie.people.queries.offices import staff_for

Row = TypeVar("Row")


def require(actor: Actor, deed: str, *, message: str) -> None:
    """Raise NotAllowed with `message` unless one of the actor's posts carries the right to `deed`."""
    if not actor.may(deed):
        raise NotAllowed(message, ground=deed)


def lock_staff(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Staff]:
    """Lock members of the actor's town's staff, always in one order. Raises NotFound for any other."""
    wanted = sorted(set(ids))
    for staff_id in wanted:
        staff_for(actor, staff_id)
    return {
        row.pk: row
        for row in Staff.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    }


def check_in_office(person: Staff, *, to_do: str) -> None:
    """Raise Conflict unless `person` is a person in office who can be given `to_do`."""
    if not person.is_active:
        raise Conflict(f"{person.name}的账号已停用，不能{to_do}。请另选一人。")
    if person.is_shared_device:
        raise Conflict(f"“{person.name}”是共用设备，不能{to_do}。请选一位工作人员。")


def tidy_name(name: str, *, limit: int, field: str = "name") -> str:
    """Return a name without blanks. Raises InvalidInput when it is empty or longer than `limit` characters."""
    tidy = "".join(name.split())
    if not tidy or len(tidy) > limit:
        raise InvalidInput(f"名称要填1至{limit}个字。", fields={field: f"请填1至{limit}个字"})
    return tidy


def or_conflict(message: str, act: Callable[[], Row]) -> Row:
    """Run `act`, turning a broken uniqueness into Conflict with `message`."""
    try:
        return act()
    except IntegrityError as error:
        raise Conflict(message) from error
