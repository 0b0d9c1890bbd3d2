"""Every read of the index. What comes out are ids of a town: who may see them is for their room to decide."""

from uuid import UUID

from django.db import connection

from banjie.search.bigrams import Wanted, wanted
from banjie.search.declared import SHELVES
from banjie.search.engines import engine_of
from banjie.search.models import Document

MOST = 400
"""So many candidates are fetched at once."""


def matching(kind: str, town: str, words: str | Wanted, *, most: int = MOST) -> list[UUID]:
    """Return the subjects of a town whose texts hold every token of `words`, newest first, for `pk__in=`.

    A term of three characters and more is to be proved on the text (`bigrams.holds`): that all its pairs are there
    does not say that they stand together.
    """
    query = wanted(words) if isinstance(words, str) else words
    if not query:
        return []
    return engine_of().find(connection, kind=kind, town=town, tokens=query.tokens, most=most)


def is_left_empty() -> bool:
    """Tell whether nothing is indexed while there is something to index: a database from before there was an index."""
    if Document.objects.exists():
        return False
    return any(next(iter(shelf.chunks()), ()) for shelf in SHELVES.values())
