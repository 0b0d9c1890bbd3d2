"""合并重复登记: of two rows of one enterprise one stands, and the other leads to it; what it was is kept."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.enterprises.actions.checks import locked, require
from banjie.enterprises.models import Enterprise
from banjie.enterprises.queries import NOT_FOUND, enterprise_for, holders_of
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp

DEED = "enterprises.merge_enterprises"


def merge_enterprises(
    double_id: UUID, *, into_id: UUID, actor: Actor, stamp: Stamp, words: str
) -> Enterprise:
    """合并重复登记: let a double lead to the enterprise that stands, and return the latter.

    Raises InvalidInput for an enterprise merged into itself or without a ground, Conflict where two different credit
    codes say that they are two enterprises.
    """
    require(actor, DEED)
    if double_id == into_id:
        raise InvalidInput("不能并入自己，请选另一家企业", fields={"into_id": "请选另一家企业"})
    if not words.strip():
        raise InvalidInput("请写明怎么知道是同一家企业", fields={"words": "请写明依据"})

    def merge() -> Enterprise:
        first, second = (locked(actor, one) for one in sorted((double_id, into_id)))
        double, kept = (first, second) if first.pk == double_id else (second, first)
        if double.uscc and kept.uscc and double.uscc != kept.uscc:
            raise Conflict(
                f"两家的统一社会信用代码不同（{double.uscc}、{kept.uscc}），是两家企业，不能合并。"
                "代码填错了的，请先变更企业信息。"
            )
        if double.doubles.exists():
            raise Conflict("要并掉的这一家已经并入过别的企业。请反过来合并。")
        changes = {"merged_into_id": kept.pk}
        record(Deed("enterprise.merged", double, changes=changes, words=words.strip()), stamp)
        return kept

    return once(stamp, merge, again=lambda _: enterprise_for(actor, into_id))


def unmerge_enterprise(double_id: UUID, *, actor: Actor, stamp: Stamp, words: str) -> Enterprise:
    """撤销合并: let a double stand by itself again. Raises Conflict where its credit code stands by now."""
    require(actor, DEED)

    def unmerge() -> Enterprise:
        rows = Enterprise.objects.select_for_update(no_key=True).filter(
            town=actor.town, division_code__startswith=actor.scope, is_withdrawn=False
        )
        double = rows.filter(pk=double_id, merged_into__isnull=False).first()
        if double is None:
            raise NotFound(NOT_FOUND)
        if double.uscc and holders_of(actor.town, [double.uscc]):
            raise Conflict("它的统一社会信用代码现在登记在并入的那一家名下，不能分开。请先变更企业信息。")
        changes = {"merged_into_id": None}
        record(Deed("enterprise.unmerged", double, changes=changes, words=words.strip()), stamp)
        return double

    return once(stamp, unmerge, again=lambda earlier: enterprise_for(actor, earlier))
