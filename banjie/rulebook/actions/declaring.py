"""Changing what a draft declares besides values and words: the matters of a category text."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput
from banjie.ledger.record import Stamp
from banjie.rulebook.actions.drafting import change_draft, parsed
from banjie.rulebook.categories import read_categories
from banjie.rulebook.category_rows import Matter, with_matter, with_matter_changed
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.text import Section


def add_matter(actor: Actor, stamp: Stamp, *, draft_id: UUID, matter: Matter, under: str = "") -> RuleDraft:
    """Add a category to a draft of a category text, under another or on the first level.

    Raises InvalidInput without a title, BadText where unit, duty or basis are neither its own nor those above it.
    """
    _want_title(matter)

    def change(draft: RuleDraft) -> str:
        return _checked(draft, with_matter(draft.read, matter, under=under))

    return change_draft(actor, stamp, draft_id, change, words=f"加事项{matter.title}")


def change_matter(actor: Actor, stamp: Stamp, *, draft_id: UUID, key: str, matter: Matter) -> RuleDraft:
    """Change or close a category of a draft; cases that bear it keep it. Raises as `add_matter`."""
    _want_title(matter)

    def change(draft: RuleDraft) -> str:
        return _checked(draft, with_matter_changed(draft.read, key, matter))

    deed = "停用事项" if matter.is_closed else "改事项"
    return change_draft(actor, stamp, draft_id, change, words=f"{deed}{matter.title}")


def _want_title(matter: Matter) -> None:
    if not matter.title.strip():
        raise InvalidInput("没有写名称。请写上事项的名称。", fields={"title": "请写名称"})


def _checked(draft: RuleDraft, source: str) -> str:
    if draft.section != Section.CATEGORIES:
        raise InvalidInput("这份草案不是事项分类。请回到草案核对。")
    read_categories(parsed(Section.CATEGORIES, draft.key, source))
    return source
