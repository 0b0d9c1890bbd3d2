"""不是重复件 and its undoing: what a person said of a pair of likely doubles stands, and is not asked again (U4)."""

from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case, Distinction
from banjie.cases.occasion import Occasion
from banjie.cases.queries import NOT_THERE, visible_to
from banjie.ledger.record import Deed

BESIDE = {"distinguish_case": "case.told_apart", "undistinguish_case": "case.told_alike"}
"""The entry on the other case of the pair, beside the one of the deed."""


def distinguish_case(case: Case, occasion: Occasion, *, other: Case) -> Case:
    """不是重复件: say that the two are not one matter; neither is proposed for the other from now on.

    The pair is filed under the earlier of the two, so that it stands once. Raises InvalidInput for the case itself,
    NotFound for one out of sight, Conflict when it has been said already.
    """
    return _on_pair(case, "distinguish_case", occasion, other=other, stands=True)


def undistinguish_case(case: Case, occasion: Occasion, *, other: Case) -> Case:
    """撤销不是重复件: let the pair be proposed again. Raises Conflict when nobody has said that they are two."""
    return _on_pair(case, "undistinguish_case", occasion, other=other, stands=False)


def _on_pair(case: Case, deed: str, occasion: Occasion, *, other: Case, stands: bool) -> Case:
    if case.pk == other.pk:
        problem = "这就是它自己。请填另一件的编号。"
        raise InvalidInput(problem, fields={"other": problem})
    earlier, later = sorted((case, other), key=lambda one: one.pk)

    def act(underway: Underway) -> None:
        beside = visible_to(occasion.acting).filter(pk=later.pk, town=underway.case.town).first()
        if beside is None:
            raise NotFound(NOT_THERE)
        row = _row(underway.case, beside, stands=stands)
        underway.touch(row, {"is_standing": stands, "told_at": occasion.told_at, "by": occasion.acting.id})
        told = "不是一件事" if stands else "可能是一件事，再作提示"
        number = underway.case.number
        underway.finish(
            words=f"与{beside.number}{told}。",
            besides=[Deed(BESIDE[deed], beside, words=f"与{number}{told}。")],
        )

    return on_case(earlier, deed, occasion, content=later.pk, act=act, also=[later.pk])


def _row(case: Case, other: Case, *, stands: bool) -> Distinction:
    """Return the row of the pair, which both are locked for; a new one where nobody has said anything yet."""
    row = Distinction.objects.filter(case=case, other=other).first()
    if (row is not None and row.is_standing) == stands:
        said = "已经说过不是重复件了" if stands else "没有说过不是重复件"
        raise Conflict(f"{case.number}与{other.number}{said}，可能已被他人处理。请刷新后再看。")
    return row or Distinction(town=case.town, case=case, other=other)
