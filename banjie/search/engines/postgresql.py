"""A tsvector under GIN: bitmaps know no order, so rows bear the block of neighbours that they stand in (ADR 0036).

The newest block is asked first and alone, and the next only while too few were found: a word that half of a million
rows hold then costs a bitmap of one block, not of all.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from banjie.search.engines.face import Slip

FINE, COARSE = 12, 15
"""Rows of a block, as a power of two: small blocks near the newest row, large ones further back."""
_COLUMN = "ALTER TABLE search_document ADD COLUMN words tsvector"
_INDEX = "CREATE INDEX search_words ON search_document USING gin (words) WITH (gin_pending_list_limit = 512)"
"""What has come in lately waits in a list that every search reads, so it is kept short (kB)."""
_ADD = f"""
WITH place AS (
    SELECT nextval(pg_get_serial_sequence('search_document', 'id')) * %(side)s AS id
)
INSERT INTO search_document (id, kind, town, subject_id, words)
SELECT id, %(kind)s, %(town)s, %(subject)s, array_to_tsvector(
    %(tokens)s::text[] || ARRAY[%(scope)s || '.' || (id >> {FINE}), %(scope)s || ':' || (id >> {COARSE})]
)
FROM place
ON CONFLICT (subject_id, kind) DO UPDATE
SET words = search_document.words || array_to_tsvector(%(tokens)s::text[])
"""  # noqa: S608
_FIND = """
SELECT found.subject_id
FROM unnest(%s::text[]) WITH ORDINALITY AS asked (query, turn),
LATERAL (
    SELECT subject_id FROM search_document WHERE words @@ asked.query::tsquery ORDER BY id + 0 DESC LIMIT %s
) AS found
LIMIT %s
"""
"""The + 0 keeps the planner from walking all rows by their key instead, in the hope of soon meeting enough."""


class Gin:
    """The index on PostgreSQL."""

    def put_up(self, connection: BaseDatabaseWrapper) -> None:
        """Add the column and its index."""
        with connection.cursor() as cursor:
            cursor.execute(_COLUMN)
            cursor.execute(_INDEX)

    def take_down(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the column, and its index with it."""
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE search_document DROP COLUMN words")

    def add(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Put tokens in by one statement a subject; one that stands already keeps its place and blocks."""
        with connection.cursor() as cursor:
            past = [slip for slip in reversed(slips) if slip.is_past]
            new = [slip for slip in slips if not slip.is_past]
            cursor.executemany(_ADD, [_told(slip) for slip in (*new, *past)])

    def remove(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Delete the rows."""
        with connection.cursor() as cursor:
            for slip in slips:
                cursor.execute(
                    "DELETE FROM search_document WHERE subject_id = %s AND kind = %s",
                    [slip.subject_id, slip.kind],
                )

    def squeeze(self, connection: BaseDatabaseWrapper) -> None:
        """Leave it to autovacuum: a row that was taken out bears no tokens that the index still finds."""

    def find(
        self, connection: BaseDatabaseWrapper, *, kind: str, town: str, tokens: Sequence[str], most: int
    ) -> list[UUID]:
        """Return the newest subjects, asking block by block from the newest on."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT MIN(id), MAX(id) FROM search_document")
            first, last = cursor.fetchone()
            if last is None:
                return []
            scope = _scope(kind, town)
            words = " & ".join(f"'{token}'" for token in tokens)
            asked = [f"'{scope}{block}' & {words}" for block in _blocks(first, last)]
            cursor.execute(_FIND, [asked, most, most])
            return [found for (found,) in cursor.fetchall()]

    def clear(self, connection: BaseDatabaseWrapper) -> None:
        """Empty the table."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_document")


def _told(slip: Slip) -> dict[str, int | str | UUID | list[str]]:
    return {
        "side": -1 if slip.is_past else 1,
        "kind": slip.kind,
        "town": slip.town,
        "subject": slip.subject_id,
        "tokens": list(slip.tokens),
        "scope": _scope(slip.kind, slip.town),
    }


def _scope(kind: str, town: str) -> str:
    """Return the beginning of the tokens for a block of a kind and town; no text has a token with such a sign."""
    return f"={kind}{town}"


def _blocks(first: int, last: int) -> list[str]:
    """Return the blocks from the newest row to the oldest: small ones to the end of a large one, then large ones."""
    within = COARSE - FINE
    coarse = last >> COARSE
    lowest = max(coarse << within, first >> FINE)
    small = [f".{block}" for block in range(last >> FINE, lowest - 1, -1)]
    return small + [f":{block}" for block in range(coarse - 1, (first >> COARSE) - 1, -1)]


ENGINE = Gin()
