"""Three voices: a word, checked for the mark that it bears, becomes a row of the case."""

from dataclasses import dataclass
from hmac import compare_digest

from banjie.base.errors import InvalidInput
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Voice
from banjie.cases.slips import slip_code
from banjie.cases.vocabulary import Mark, Said, Speaker

TAKEN_DOWN = frozenset(Mark.values) - {Mark.LINK, Mark.TABLET}
"""Marks that staff can take down; a link and a tablet make their own."""


@dataclass(frozen=True)
class Word:
    """What the asker says of the result, and the mark that his word bears."""

    said: str
    words: str = ""
    mark: str = Mark.NONE
    witness: str = ""
    slip_code: str = ""


def voice_of(underway: Underway, word: Word, *, speaker: Speaker) -> Voice:
    """Return the voice to keep for this round. Raises InvalidInput for a wrong slip code or a nameless witness."""
    if word.said not in Said.values:
        raise InvalidInput("请选择评价。", fields={"said": "请选择评价。"})
    if word.mark not in TAKEN_DOWN:
        problem = "链接和平板由诉求人自己填写，不能代填。请选择别的凭据。"
        raise InvalidInput(problem, fields={"mark": problem})
    if word.mark == Mark.SLIP_CODE and not compare_digest(
        word.slip_code.strip(), slip_code(underway.case.pk)
    ):
        problem = "回执码不对。请核对诉求人回执上的六位数字。"
        raise InvalidInput(problem, fields={"slip_code": problem})
    if word.mark == Mark.WITNESS and not word.witness.strip():
        problem = "请填写见证人姓名。"
        raise InvalidInput(problem, fields={"witness": problem})
    return Voice(
        town=underway.case.town,
        case=underway.case,
        speaker=speaker,
        round=underway.case.round,
        said=word.said,
        words=word.words,
        mark=word.mark if speaker is Speaker.ASKER else Mark.NONE,
        witness=word.witness,
        by=underway.occasion.acting.id,
        heard_at=underway.occasion.told_at,
    )
