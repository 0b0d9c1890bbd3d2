"""Writing the text of a paper: a new one, and that of a draft; each checked before it is kept."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput
from banjie.ledger.record import Stamp
from banjie.reports.queries import findings_of
from banjie.reports.rules import PAPER, Rhythm
from banjie.rulebook.actions import start_draft
from banjie.rulebook.actions.drafting import change_draft
from banjie.rulebook.findings import BadText
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.text import Section, Text, parse_text
from banjie.rulebook.writing import written_text


def draft_paper(actor: Actor, stamp: Stamp, *, key: str, title: str, rhythm: Rhythm, prose: str) -> RuleDraft:
    """Start a draft of a paper that there was none of. Raises BadText for marks that name nothing."""
    items = {"title": title, "type": PAPER.name, "period": rhythm.value}
    source = written_text(items, prose)
    _checked(actor, stamp, key, source)
    return start_draft(actor, stamp, section=Section.PAPERS, key=key, source=source)


def write_paper(actor: Actor, stamp: Stamp, *, draft_id: UUID, rhythm: Rhythm, prose: str) -> RuleDraft:
    """Put the words of a draft of a paper anew, and how often it comes out. Raises BadText as above."""

    def change(draft: RuleDraft) -> str:
        if draft.section != Section.PAPERS:
            raise InvalidInput("这份草案不是文稿。请回到草案核对。")
        source = written_text({**draft.read.items, "period": rhythm.value}, prose)
        _checked(actor, stamp, draft.key, source)
        return source

    return change_draft(actor, stamp, draft_id, change, words="改文稿正文")


def _checked(actor: Actor, stamp: Stamp, key: str, source: str) -> Text:
    text = parse_text(Section.PAPERS, key, source=source, file=f"{Section.PAPERS}/{key}.md")
    if findings := findings_of(actor.town, text, local_day(stamp.recorded_at)):
        raise BadText(findings)
    return text
