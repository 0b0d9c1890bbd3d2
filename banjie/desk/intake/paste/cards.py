"""What the page of drafts shows of each: who, when, where, what, and why it was not registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from banjie.desk.intake.counter import Counter
from banjie.desk.intake.paste.forms import PastedForm
from banjie.desk.intake.paste.keeping import PastedDraft
from banjie.desk.intake.paste.pictures import KeptPicture, pictures_of
from banjie.desk.intake.paste.registering import is_back_dated, told_moment
from banjie.places.queries import finder_of
from banjie.residents.queries import ResidentHit, hits_of, visible_to

LONG, LONG_LINES = 200, 6


@dataclass(frozen=True)
class Card:
    """One draft as it is shown."""

    mark: str
    form: PastedForm
    title: str
    text: str
    person: str
    person_note: str
    told_at: datetime | None
    is_back_dated: bool
    outer_number: str
    place_words: str
    problem: str
    pictures: Sequence[KeptPicture] = ()

    @property
    def is_idle(self) -> bool:
        """Tell whether it looks like chatter and is proposed unticked."""
        return not self.form["ticked"].value()

    @property
    def is_long(self) -> bool:
        """Tell whether the text scrolls inside its frame, which then takes the focus."""
        return len(self.text) > LONG or self.text.count("\n") > LONG_LINES


def cards_of(
    counter: Counter,
    drafts: Sequence[PastedDraft],
    *,
    told: QueryDict | None,
    refused: Mapping[str, str],
) -> list[Card]:
    """Return the cards of someone's drafts; whoever was proposed is named covered, in one query."""
    wanted = {UUID(draft.told("resident_id")) for draft in drafts if draft.told("resident_id")}
    rows = list(visible_to(counter.actor).filter(pk__in=wanted))
    hits = {hit.id: hit for hit in hits_of(rows)}
    finder = finder_of(counter.actor.town)
    forms = {draft.mark: PastedForm(counter, draft, told, finder=finder) for draft in drafts}
    pictures = pictures_of(counter.actor.id)
    cards = [_card(counter, forms[draft.mark], hits, refused) for draft in drafts]
    return [
        replace(card, pictures=pictures.get(draft.id, ())) for card, draft in zip(cards, drafts, strict=True)
    ]


def _card(
    counter: Counter, form: PastedForm, hits: Mapping[UUID, ResidentHit], refused: Mapping[str, str]
) -> Card:
    draft = form.draft
    known = hits.get(UUID(draft.told("resident_id"))) if draft.told("resident_id") else None
    person, note = _person(draft, known)
    return Card(
        mark=draft.mark,
        form=form,
        title=draft.told("title") or draft.told("text")[:30],
        text=draft.told("text"),
        person=person,
        person_note=note,
        told_at=told_moment(draft),
        is_back_dated=is_back_dated(counter, draft),
        outer_number=draft.told("outer_number"),
        place_words=draft.told("place_words"),
        problem=refused.get(draft.mark, ""),
    )


def _person(draft: PastedDraft, known: ResidentHit | None) -> tuple[str, str]:
    """Return who may be meant and how sure that is."""
    if known:
        return " ".join(part for part in (known.name, known.phone, known.village) if part), "请人工确认"
    if draft.told("new_name"):
        return f"{draft.told('new_name')} {draft.told('new_phone')}".strip(), "登记时新建"
    named = " ".join(part for part in (draft.told("asker"), draft.told("new_phone")) if part)
    if draft.told("asker_code"):
        return f"{draft.told('asker_code')} {named}".strip(), "外部代号"
    return named, "没有找到这位群众，原话留存" if named else ""
