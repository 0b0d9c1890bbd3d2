"""Entered once: what is asked in more than one book or kind of case, and what explains it. No Django here.

Two fields ask the same when their `means` is the same, or when label and type are and no `means` tells them apart.
It is explained where one note fills both, where a reference fills one of them in, where `asked_again` says why, or
where the label names each record's own thing (备注, 地点), which a setting of the rulebook lists.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from banjie.books.book import Book
from banjie.fields.spec import REFERENCES, FieldSpec
from banjie.rulebook.kinds import Kind


@dataclass(frozen=True)
class Asking:
    """One field of a book or kind, as far as it matters whether another asks the same."""

    where: str
    spec: FieldSpec
    note: str = ""
    is_filled_in: bool = False

    @property
    def is_explained(self) -> bool:
        """Tell whether it says itself why it asks again."""
        return self.is_filled_in or bool(self.spec.asked_again)


@dataclass(frozen=True)
class Overlap:
    """What is asked in several places; `why` is empty where nothing explains it."""

    said: str
    places: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        told = f"{self.said}：{'、'.join(self.places)}"
        return f"{told}（{self.why}）" if self.why else f"{told}（没有说明）"


def overlaps(books: Iterable[Book], kinds: Iterable[Kind], *, own_labels: Collection[str]) -> list[Overlap]:
    """Return everything that is asked in more than one place, what is unexplained first."""
    asked = [*_of_books(books), *_of_kinds(kinds)]
    found = [*_by_meaning(asked), *_by_label(asked, own_labels)]
    return sorted(found, key=lambda one: (bool(one.why), one.said))


def _of_books(books: Iterable[Book]) -> Iterator[Asking]:
    for book in books:
        known = {book.day, *book.columns.values(), *([book.states.field] if book.states else [])}
        for spec in book.fields:
            if spec.until is None:
                is_filled = spec.default.startswith("from.") or spec.type in REFERENCES or spec.key in known
                yield Asking(f"{book.title}.{spec.key}", spec, book.note, is_filled)


def _of_kinds(kinds: Iterable[Kind]) -> Iterator[Asking]:
    for kind in kinds:
        for spec in kind.fields:
            if spec.until is None:
                is_filled = spec.type in REFERENCES or spec.key in kind.fills
                yield Asking(f"{kind.title}.{spec.key}", spec, is_filled_in=is_filled)


def _by_meaning(asked: Sequence[Asking]) -> Iterator[Overlap]:
    groups: dict[str, list[Asking]] = defaultdict(list)
    for one in asked:
        if one.spec.means:
            groups[one.spec.means].append(one)
    for means, places in groups.items():
        if len(places) > 1:
            notes = {one.note for one in places if not one.is_explained}
            why = "一次记录填好" if len(notes) == 1 and "" not in notes else _why(places)
            yield Overlap(means, tuple(one.where for one in places), why)


def _by_label(asked: Sequence[Asking], own_labels: Collection[str]) -> Iterator[Overlap]:
    groups: dict[tuple[str, str], list[Asking]] = defaultdict(list)
    for one in asked:
        groups[one.spec.label, one.spec.type].append(one)
    for (label, kind), places in groups.items():
        meanings = [one.spec.means for one in places]
        if len(places) < 2 or all(meanings):
            continue
        why = "各记各的事" if label in own_labels else _why(places)
        yield Overlap(f"{label}（{kind}）", tuple(one.where for one in places), why)


def _why(places: Sequence[Asking]) -> str:
    """Return what explains that a fact is asked in these places: all but one of them say so themselves."""
    open_ones = [one for one in places if not one.is_explained]
    if len(open_ones) > 1:
        return ""
    return next((one.spec.asked_again for one in places if one.spec.asked_again), "从登记的对象带出")
