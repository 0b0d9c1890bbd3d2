"""By what a record is found where its values lie sealed: keyed hashes of the whole value and of the ends of numbers."""

from collections.abc import Iterator
from functools import partial

from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.fields.crypto import blind_within
from banjie.fields.phone import digits_of, last_four, local_part
from banjie.fields.plain_text import without_blanks
from banjie.fields.spec import FieldType

PURPOSE = "books.keys"
LONGEST = 40
"""Longer personal texts are told, not looked up."""
ENDING = 4


digest_of = partial(blind_within, purpose=PURPOSE)
"""Return the look-up number of a key's text within a town."""


def digests_of(town: str, typed: str) -> list[int]:
    """Return the look-up numbers of what was typed into a search: all of it together, and each piece."""
    pieces = {_bare(typed), *(_bare(piece) for piece in typed.split())}
    return [digest_of(town, piece) for piece in sorted(pieces) if len(piece) > 1]


def digests_in(book: Book, record: Record) -> list[int]:
    """Return the look-up numbers under which a record is found."""
    texts = {
        text
        for spec in book.fields
        if spec.is_sealed and record.sealed.get(spec.key)
        for text in _texts(spec, record.opened_value(spec.key))
    }
    return [digest_of(record.town, text) for text in sorted(texts)]


def _texts(spec: BookField, value: str) -> Iterator[str]:
    if spec.type is FieldType.PHONE:
        yield from (_bare(part) for part in (digits_of(value), local_part(value), last_four(value)))
    elif spec.type is FieldType.ID_NUMBER:
        yield from (_bare(value), _bare(value[-ENDING:]))
    elif spec.type in (FieldType.TEXT, FieldType.PLACE) and len(value) <= LONGEST:
        yield _bare(value)


def _bare(text: str) -> str:
    return without_blanks(text).upper()
