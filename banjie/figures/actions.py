"""Every write of the catalogue: figures are added to a draft of its text, put anew and taken out."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.figures.catalogue import Figure
from banjie.figures.queries import catalogue_on
from banjie.figures.writing import figures_of, table_of, with_figure, without_figure
from banjie.ledger.record import Stamp
from banjie.rulebook.actions import start_draft
from banjie.rulebook.actions.drafting import change_draft
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import drafts_of, starting_point
from banjie.rulebook.text import Section, Text, parse_text

OWN = "本镇数据指标"
HEAD = f'+++\ntitle = "{OWN}"\ntype = "figures"\n+++\n# {OWN}\n\n本镇自己定的数据指标，口径写在每一项里。\n'


def draft_own_figure(actor: Actor, stamp: Stamp, *, figure: Figure) -> RuleDraft:
    """Add a figure to the open draft of the town's own catalogue; a draft is started where none is open.

    Raises Conflict for a key or a title that another figure in force has.
    """
    _check_free(actor, stamp, figure)
    standing = drafts_of(actor).filter(section=Section.FIGURES, key=OWN).first()
    if standing is not None:
        return add_figure(actor, stamp, draft_id=standing.pk, figure=figure)
    base = starting_point(actor.town, Section.FIGURES, OWN, on=local_day(stamp.recorded_at))
    text = _text(OWN, base.text if base else HEAD)
    source = with_figure(text, figure.key, table_of(figure))
    return start_draft(actor, stamp, section=Section.FIGURES, key=OWN, source=source)


def add_figure(actor: Actor, stamp: Stamp, *, draft_id: UUID, figure: Figure) -> RuleDraft:
    """Add a figure to a draft of the catalogue. Raises Conflict for a key or title that is taken."""
    _check_free(actor, stamp, figure)

    def change(draft: RuleDraft) -> str:
        text = _own(draft)
        if figure.key in figures_of(text):
            raise Conflict(f"草案里已经有“{figure.title}”。请打开它修改，或者换个名称。")
        return with_figure(text, figure.key, table_of(figure))

    return change_draft(actor, stamp, draft_id, change, words=f"加指标{figure.title}")


def change_figure(actor: Actor, stamp: Stamp, *, draft_id: UUID, figure: Figure) -> RuleDraft:
    """Put a figure of a draft anew; its key stays, papers name it by that."""

    def change(draft: RuleDraft) -> str:
        text = _own(draft)
        if figure.key not in figures_of(text):
            raise NotFound("草案里没有这个指标。请回到指标列表重新选。")
        return with_figure(text, figure.key, table_of(figure))

    return change_draft(actor, stamp, draft_id, change, words=f"改指标{figure.title}")


def drop_figure(actor: Actor, stamp: Stamp, *, draft_id: UUID, key: str) -> RuleDraft:
    """Take a figure out of a draft; a paper that names it is refused when the draft is sent to review."""

    def change(draft: RuleDraft) -> str:
        return without_figure(_own(draft), key)

    return change_draft(actor, stamp, draft_id, change, words=f"删指标 {key}")


def _check_free(actor: Actor, stamp: Stamp, figure: Figure) -> None:
    taken = catalogue_on(actor.town, local_day(stamp.recorded_at)).figures.values()
    if any(figure.title == one.title or figure.key == one.key for one in taken):
        message = f"已经有叫“{figure.title}”的指标。请换个名称，或者起草修改那一个。"
        raise InvalidInput(message, fields={"title": message})


def _own(draft: RuleDraft) -> Text:
    if draft.section != Section.FIGURES:
        raise InvalidInput("这份草案不是数据指标。请回到草案核对。")
    return draft.read


def _text(key: str, source: str) -> Text:
    return parse_text(Section.FIGURES, key, source=source, file=f"{Section.FIGURES}/{key}.md")
