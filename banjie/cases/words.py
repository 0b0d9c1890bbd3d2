"""What a case is found by: its own words and those of each deed, read from the rows (shelf of `search`)."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from banjie.cases.models import Case
from banjie.cases.vocabulary import ClosingKind
from banjie.cases.workflow import STEPS
from banjie.ledger.queries import words_about
from banjie.search.declared import Piece, Shelf

KIND = "case"
CHUNK = 300
OWN = ("title", "text", "place_words", "outer_number")
"""Columns of a case that it is found by: nothing of whoever asked, who is found by his own keys (T19)."""
TELLING = frozenset({*(step.entry for step in STEPS.values()), "case.imported"})
"""Entries whose words are a person's; what the system says of its own runs nobody looks for."""


def own_words(case: Case) -> list[str]:
    """Return the words of the case itself."""
    return _told([getattr(case, column) for column in OWN])


def _told(own: Sequence[str]) -> list[str]:
    """Return the words of these columns; a title that only repeats how the text begins is left out."""
    title, text, *rest = own
    words = [text, *rest] if text.startswith(title.removesuffix("…")) else own
    return [word for word in words if word]


def pieces(ids: Sequence[UUID]) -> Mapping[UUID, Piece]:
    """Return cases with all their words, in two queries."""
    told: dict[UUID, list[str]] = {}
    keys: list[tuple[UUID, str, str]] = []
    for pk, town, closing_kind, *own in Case.objects.filter(pk__in=ids).values_list(
        "pk", "town", "closing_kind", *OWN
    ):
        told[pk] = _told(own)
        keys.append((pk, town, closing_kind))
    for subject_id, words in words_about(ids, TELLING):
        told.setdefault(subject_id, []).append(words)
    return {
        pk: Piece(pk, town, tuple(dict.fromkeys(told[pk])), closing_kind == ClosingKind.HISTORICAL)
        for pk, town, closing_kind in keys
    }


def chunks() -> Iterator[list[UUID]]:
    """Yield the keys of all cases, oldest first."""
    last: UUID | None = None
    while True:
        rest = Case.objects.filter(pk__gt=last) if last else Case.objects.all()
        chunk = list(rest.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            return
        yield chunk
        last = chunk[-1]


CASES = Shelf(kind=KIND, title="件", chunks=chunks, pieces=pieces)
