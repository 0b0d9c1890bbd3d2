"""Drafts that go into force together: a kind of case with its limits, or every value that waited for the town."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.base.ids import new_id
from banjie.ledger.actions import once, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.actions.drafting import MANAGE, parsed, require, want_paper
from banjie.rulebook.editing import with_confirmed
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import starting_point
from banjie.rulebook.shelf import file_name, is_key
from banjie.rulebook.text import Section


@dataclass(frozen=True)
class Drafted:
    """A text to start a draft of: where it stands, and its words."""

    section: Section
    key: str
    source: str


def start_together(actor: Actor, stamp: Stamp, *, texts: Sequence[Drafted]) -> RuleDraft:
    """Start drafts of several texts that are reviewed, decided and taken back as one (ADR 0079); return the first.

    Raises Conflict while another draft of one of them is open, InvalidInput for a law or a name that cannot be filed.
    """
    require(actor, MANAGE, to_do="起草制度")
    for text in texts:
        if text.section is Section.LAWS:
            raise InvalidInput("上位法不由镇里起草。请联系县里，或等程序升级。")
        if not is_key(text.key):
            raise InvalidInput("名称只用字母、数字、下划线或汉字。", fields={"title": "请换一个名称"})

    def act() -> RuleDraft:
        batch_id = new_id()
        drafts = [_draft(actor, stamp, text, batch_id=batch_id) for text in texts]
        deeds = [Deed("rulebook.draft_started", one, words=f"起草{one.title}") for one in drafts]
        record_all(deeds, stamp)
        return drafts[0]

    try:
        return once(stamp, act, again=lambda draft_id: RuleDraft.objects.get(pk=draft_id))
    except IntegrityError:
        raise Conflict("其中一个制度已有一份没有了结的草案。请先办完或者撤回那一份。") from None


def confirm_everywhere(
    actor: Actor, stamp: Stamp, *, places: Sequence[tuple[Section, str]], meeting: str, document: str
) -> RuleDraft:
    """Start one batch of drafts in which each value that waits for the town is confirmed as it stands.

    Raises InvalidInput without meeting, document number or a text to confirm.
    """
    want_paper(meeting, document)
    texts = []
    for section, key in places:
        base = starting_point(actor.town, section, key, on=local_day(stamp.recorded_at))
        source, count = with_confirmed(
            base.text if base else "",
            meeting=meeting.strip(),
            document=document.strip(),
            file=file_name(section, key),
        )
        if count:
            texts.append(Drafted(section, key, source))
    if not texts:
        raise InvalidInput("没有选要确认的制度。请至少选一篇。", fields={"texts": "请至少选一篇"})
    return start_together(actor, stamp, texts=texts)


def _draft(actor: Actor, stamp: Stamp, text: Drafted, *, batch_id: UUID) -> RuleDraft:
    base = starting_point(actor.town, text.section, text.key, on=local_day(stamp.recorded_at))
    read = parsed(text.section, text.key, text.source)
    return RuleDraft(
        town=actor.town,
        section=text.section,
        key=text.key,
        title=read.title,
        text=read.source,
        base_id=base.pk if base else None,
        author_id=actor.id,
        started_at=stamp.recorded_at,
        batch_id=batch_id,
    )
