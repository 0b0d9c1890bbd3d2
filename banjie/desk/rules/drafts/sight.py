"""A draft as its page shows it: how far it is, what it changes, its values, and what the reader may do next."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from banjie.base.clock import local
from banjie.base.declarations import REGISTRY
from banjie.desk.rules.adding.choosing import addables
from banjie.desk.rules.differing import Change, Used, changes_in, declared_in, order_of, used_in
from banjie.ledger.queries import Told, entries_of, told
from banjie.ledger.record import SYSTEM
from banjie.people.queries import StaffActor, names_of
from banjie.rulebook.categories import cells_of
from banjie.rulebook.diffing import ProseLine, TextDiff
from banjie.rulebook.marks import provision_of
from banjie.rulebook.models import UNDER_WORK, DraftState, RuleDraft, TextVersion
from banjie.rulebook.queries import base_of, changes_of, mates_of
from banjie.rulebook.saying import said_parameter
from banjie.rulebook.text import SECTION_WORDS, Section, Text

MANAGE, REVIEW, DECIDE = "rulebook.manage_rules", "rulebook.review_rules", "rulebook.decide_rules"
REPLAY = "rulebook.replay_draft"
DEED_WORDS = {
    "rulebook.draft_started": "起草",
    "rulebook.draft_changed": "修改",
    "rulebook.draft_submitted": "送合法性审查",
    "rulebook.draft_reviewed": "审查通过",
    "rulebook.draft_sent_back": "退回修改",
    "rulebook.draft_decided": "登记决定",
    "rulebook.draft_withdrawn": "撤回",
}
_CODED = re.compile(r"(改|删|加)参数 (\S+)")
"""How an entry names a value that was changed: by a code, which a page says by its sentence."""
_WAY = ("起草", "合法性审查", "会议决定", "施行")
_PLACE = {
    DraftState.DRAFTING: 0,
    DraftState.SENT_BACK: 0,
    DraftState.IN_REVIEW: 1,
    DraftState.REVIEWED: 2,
    DraftState.DECIDED: 4,
}


@dataclass(frozen=True)
class Value:
    """One value of a draft: where it is printed, in which sentence, and what it is now."""

    name: str
    used: Used
    provision: str
    said: str
    basis: str
    is_undecided: bool
    is_changed: bool


@dataclass(frozen=True)
class DraftSight:
    """One draft for one reader."""

    actor: StaffActor
    draft: RuleDraft

    @cached_property
    def text(self) -> Text:
        """Return the text as drafted."""
        return self.draft.read

    @cached_property
    def state(self) -> DraftState:
        """Return where it stands."""
        return DraftState(self.draft.state)

    @cached_property
    def diff(self) -> TextDiff:
        """Return what it changes of the version it was started from."""
        return changes_of(self.draft)

    @cached_property
    def base(self) -> TextVersion | None:
        """Return the version it was started from."""
        return base_of(self.draft)

    @cached_property
    def version(self) -> TextVersion | None:
        """Return the version that it became."""
        return TextVersion.objects.filter(draft_id=self.draft.pk).first() if self.draft.version_id else None

    @property
    def shelf(self) -> str:
        """Return the word for its section."""
        return SECTION_WORDS[Section(self.draft.section)]

    @property
    def is_under_work(self) -> bool:
        """Tell whether its words may change."""
        return self.state in UNDER_WORK

    @property
    def may_change(self) -> bool:
        """Tell whether this reader may change its words now."""
        return self.is_under_work and self.actor.may(MANAGE)

    @property
    def may_add(self) -> bool:
        """Tell whether this reader may add values now: what the type's schema names, or any where it names none."""
        return self.may_change and bool(addables(self.text))

    @property
    def may_confirm(self) -> bool:
        """Tell whether values wait for the town that this reader may confirm at once."""
        return self.may_change and any(one.until_decided for one in self.text.parameters.values())

    @cached_property
    def mates(self) -> list[RuleDraft]:
        """Return the other drafts of its batch, which go the same way."""
        return mates_of(self.draft)[1:]

    @property
    def may_submit(self) -> bool:
        """Tell whether it may be sent to review now: only what changes something."""
        return self.may_change and not self.diff.is_empty

    @property
    def may_review(self) -> bool:
        """Tell whether this reader may review it himself; its author never does."""
        return self._waits(DraftState.IN_REVIEW, REVIEW) and self.draft.author_id != self.actor.id

    @property
    def may_record_advice(self) -> bool:
        """Tell whether this reader may put down what an adviser's paper says (代录)."""
        return self._waits(DraftState.IN_REVIEW, MANAGE)

    @property
    def may_decide(self) -> bool:
        """Tell whether this reader may write down the decision."""
        return self._waits(DraftState.REVIEWED, DECIDE)

    @property
    def may_withdraw(self) -> bool:
        """Tell whether this reader may take it back."""
        return self.draft.is_open and self.actor.may(MANAGE)

    @property
    def replay_href(self) -> str:
        """Return where it is tried on the past; "" for a type that judges no past, or without that page."""
        declared = REGISTRY.rule_types.get(self.text.type)
        if declared is None or not declared.replays:
            return ""
        try:
            href = reverse("replay:draft", args=[self.draft.pk])
        except NoReverseMatch:
            return ""
        return href if self.actor.may(REPLAY) else ""

    @cached_property
    def steps(self) -> list[dict[str, str]]:
        """Return the way into force as steps.html takes it."""
        here = _PLACE.get(self.state, -1)
        notes = ("", self.reviewer, self.version.meeting if self.version else "", self._from_words())
        states = ["done" if place < here else "now" if place == here else "ahead" for place in range(4)]
        return [
            {"label": label, "note": note, "state": state}
            for label, note, state in zip(_WAY, notes, states, strict=True)
        ]

    @cached_property
    def reviewer(self) -> str:
        """Return who reviewed it: the adviser whose paper was put down, else the person."""
        if not self.draft.reviewed_by:
            return ""
        return self.draft.adviser or self._name(self.draft.reviewed_by)

    @property
    def author(self) -> str:
        """Return who drafts it."""
        return self._name(self.draft.author_id)

    @cached_property
    def changes(self) -> list[Change]:
        """Return the values that it changes, in the order of the prose."""
        old = self.base.edition.text if self.base else None
        return changes_in(self.diff, old=old, new=self.text)

    @cached_property
    def lines(self) -> list[ProseLine]:
        """Return the lines of the prose that differ, as they were and as they are to be; of a table the cells."""
        return [replace(line, words=_without_bars(line.words)) for line in self.diff.changed_lines]

    @cached_property
    def declared(self) -> list[str]:
        """Return in words what the head declares otherwise than before."""
        old = self.base.edition.text if self.base else None
        return declared_in(self.diff, old=old, new=self.text)

    @cached_property
    def values(self) -> list[Value]:
        """Return every value in the order of the prose."""
        changed, order = {one.name for one in self.diff.parameters}, order_of(self.text)
        return [
            Value(
                name=one.name,
                used=used_in(self.text, one.name),
                provision=provision_of(self.text.prose, one.name),
                said=said_parameter(self.text, one),
                basis=one.basis,
                is_undecided=one.until_decided,
                is_changed=one.name in changed,
            )
            for one in sorted(self.text.parameters.values(), key=lambda one: order.get(one.name, len(order)))
        ]

    @cached_property
    def entries(self) -> list[dict[str, object]]:
        """Return what was done to it, the newest first, as entry.html takes it."""
        return [self._entry(one) for one in reversed(told(entries_of(self.draft)))]

    def _waits(self, state: DraftState, deed: str) -> bool:
        return self.state is state and self.actor.may(deed)

    def _name(self, staff_id: UUID) -> str:
        return "系统" if staff_id == SYSTEM else self._names.get(staff_id, "已离任人员")

    @cached_property
    def _names(self) -> Mapping[UUID, str]:
        return names_of(self.draft.town).staff

    def _from_words(self) -> str:
        return f"{self.version.from_on}起" if self.version else ""

    def _entry(self, one: Told) -> dict[str, object]:
        entry = one.entry
        return {
            "deed": DEED_WORDS.get(entry.deed, "系统记录"),
            "who": self._name(entry.by),
            "moment": f"{local(entry.recorded_at):%Y-%m-%d %H:%M}",
            "iso": entry.recorded_at.isoformat(),
            "words": _CODED.sub(lambda found: f"{found[1]}数值：{used_in(self.text, found[2])}", one.words),
            "seq": entry.seq,
        }


def _without_bars(words: str) -> str:
    if not words.startswith("|"):
        return words
    return "，".join(cell for cell in cells_of(words) if cell)


@dataclass(frozen=True)
class DraftLine:
    """One draft of the list."""

    draft: RuleDraft
    state: str
    tone: str
    author: str
    started_at: datetime


def draft_lines(drafts: Iterable[RuleDraft], names: Mapping[UUID, str]) -> Iterator[DraftLine]:
    """Yield drafts as a list shows them."""
    tones = {DraftState.SENT_BACK: "amber", DraftState.DECIDED: "green", DraftState.WITHDRAWN: ""}
    for one in drafts:
        state = DraftState(one.state)
        author = names.get(one.author_id, "已离任人员")
        yield DraftLine(one, str(state.label), tones.get(state, "blue"), author, one.started_at)
