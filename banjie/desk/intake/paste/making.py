"""From a piece of a paste to a draft of the register form: person, place, category and time proposed, nothing set."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from banjie.base.clock import local
from banjie.base.errors import InvalidInput
from banjie.cases.pasting import Pasted, Piece, Source, plain_lines, read_pasted
from banjie.cases.vocabulary import Channel
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.forms import MOMENTS, PLACE_LENGTH
from banjie.desk.intake.paste.keeping import MOST_PASTED
from banjie.desk.intake.proposals import categories_in, places_in
from banjie.files.checks.secrecy import secrecy_mark_in, stopped
from banjie.places.finding import PlaceFinder
from banjie.places.queries import finder_of
from banjie.residents.models import Resident
from banjie.residents.queries import (
    find_residents,
    resident_for,
    resident_of_outer_code,
    visible_to,
)

LONGEST = 400_000
"""Characters of one paste: two thousand rows of a petition board are about so many."""
NOTHING = "框里还没有内容。请把微信、短信或表格里复制的内容粘贴进来。"
NAMESAKES = 8
CHANNELS = {Source.CHAT: Channel.WECHAT, Source.CELLS: Channel.ONLINE, Source.NOTES: Channel.WECHAT}


@dataclass(frozen=True)
class Maker:
    """Makes drafts for one person at the counter; places and colleagues are read once for the whole paste."""

    counter: Counter

    @cached_property
    def finder(self) -> PlaceFinder:
        """Return what finds the town's places."""
        return finder_of(self.counter.actor.town)

    @cached_property
    def colleague_names(self) -> frozenset[str]:
        """Return the names of who works here: such a sender passes on what others ask."""
        return frozenset(name for _, name in self.counter.colleagues)

    def draft_of(self, piece: Piece, source: Source) -> dict[str, str]:
        """Return the fields of the register form that the piece fills or proposes."""
        kind = self.counter.kind("resident_request")
        place_text = f"{piece.place_words}\n{piece.text}"
        place = next(iter(places_in(self.counter, place_text, finder=self.finder)), None)
        category = self._category(piece)
        return {
            "kind": kind.key if kind else "",
            "title": piece.title,
            "text": self._text(piece),
            "channel": CHANNELS[source],
            "place": place.value if place else self.counter.default_place,
            "place_words": piece.place_words[:PLACE_LENGTH],
            "category": category,
            "category_words": self.counter.rules.categories.find(category).title if category else "",
            "happened_at": local(piece.told_at).strftime(MOMENTS[0]) if piece.told_at else "",
            "outer_number": piece.outer_number[:60],
            "ticked": "" if piece.is_chatter else "1",
            **self._person(piece),
        }

    def _category(self, piece: Piece) -> str:
        text = f"{piece.category_words}\n{piece.text}".strip()
        found = categories_in(self.counter, title=piece.title, text=text)
        return next((one.value for one in found), "")

    def _text(self, piece: Piece) -> str:
        """Return the text, with what no field takes: a place too long for its field, a colleague who passed it on."""
        lines = [piece.text or piece.title]
        if len(piece.place_words) > PLACE_LENGTH:
            lines.append(f"（地点：{piece.place_words}）")
        is_passed_on = piece.sender != piece.name or piece.sender in self.colleague_names
        if piece.sender and is_passed_on:
            lines.append(f"（转述人：{piece.sender}）")
        return "\n".join(lines)

    def _person(self, piece: Piece) -> dict[str, str]:
        """Return who may be meant: whom phone, code or name find alone; else what was said of him."""
        name = "" if piece.name in self.colleague_names else piece.name
        told = {"asker_code": piece.code[:40], "new_phone": piece.phone, "new_id_number": piece.id_number}
        actor = self.counter.actor
        if not actor.may("residents.find_resident"):
            return {**told, "new_name": name}
        known = self._known(piece, name)
        if known:
            return {"resident_id": str(known.pk), "asker": known.masked_name, "asker_code": piece.code[:40]}
        if piece.phone or piece.id_number:
            return {**told, "new_name": name}
        return {"asker": name, "asker_code": piece.code[:40]}

    def _known(self, piece: Piece, name: str) -> Resident | None:
        """Return whom ID number, phone, code or the whole name find alone; two of them find nobody."""
        actor = self.counter.actor
        both = f"{name} {piece.phone}".strip() if piece.phone else ""
        for words in filter(None, (piece.id_number, both, piece.phone)):
            hits = find_residents(actor, words, limit=2)
            if len(hits) == 1:
                return resident_for(actor, hits[0].id)
        if piece.code and (coded := resident_of_outer_code(actor, piece.code)):
            return coded
        hits = find_residents(actor, name, limit=NAMESAKES) if name else []
        named = [row for row in visible_to(actor).filter(pk__in=[hit.id for hit in hits]) if row.name == name]
        return named[0] if len(named) == 1 else None


def read_box(counter: Counter, text: str) -> tuple[Pasted, str]:
    """Return what was pasted, read, and the text as it was read.

    Raises InvalidInput when there is nothing, too much, or a 密级 mark: then nothing at all is kept.
    """
    plain = plain_lines(text)
    if not plain.strip():
        raise InvalidInput(NOTHING, fields={"pasted": NOTHING})
    if len(plain) > LONGEST:
        problem = f"一次最多粘贴{LONGEST // 10_000}万字，现在有{len(plain)}字。请分几次粘贴。"
        raise InvalidInput(problem, fields={"pasted": problem})
    pasted = read_pasted(plain, at=local(counter.at))
    marks = (secrecy_mark_in(f"{piece.title}\n{piece.text}") for piece in pasted.pieces)
    if mark := secrecy_mark_in(plain) or next((found for found in marks if found), None):
        raise InvalidInput(stopped(mark), fields={"pasted": stopped(mark)})
    return pasted, plain


def drafts_of_paste(counter: Counter, pasted: Pasted) -> Sequence[dict[str, str]]:
    """Return the drafts of a paste in its order, no more than one person may have waiting."""
    maker = Maker(counter)
    return [maker.draft_of(piece, pasted.source) for piece in pasted.pieces[:MOST_PASTED]]
