"""What every deed on an enterprise asks first: the right, the reach, and the row locked as it stands."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput, NotAllowed, NotFound
from banjie.enterprises.models import Enterprise
from banjie.enterprises.queries import NOT_FOUND

FOREIGN = "所在村（社区）不在您的管辖范围内，请从列表中选择；确要登记，请联系党政办"


def require(actor: Actor, deed: str) -> None:
    """Raise NotAllowed without the right to a deed."""
    if not actor.may(deed):
        raise NotAllowed("您的岗位不能办这件事。需要时请联系党政办或系统管理员。", ground=deed)


def refuse_foreign(actor: Actor, division_code: str) -> None:
    """Raise InvalidInput for a village outside the actor's scope."""
    if not (division_code.startswith(actor.town) and division_code.startswith(actor.scope)):
        raise InvalidInput(FOREIGN, fields={"division_code": FOREIGN})


def locked(actor: Actor, enterprise_id: UUID) -> Enterprise:
    """Return an enterprise of the actor's scope that stands, locked until the transaction ends. Raises NotFound."""
    rows = Enterprise.objects.select_for_update(no_key=True).filter(
        town=actor.town, division_code__startswith=actor.scope, is_withdrawn=False, merged_into=None
    )
    found = rows.filter(pk=enterprise_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found
