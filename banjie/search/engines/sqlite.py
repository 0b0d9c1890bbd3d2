"""FTS5: an inverted list per token, walked from its newest end, so that a common word costs no more than a rare one."""

from collections.abc import Sequence
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from banjie.search.engines.face import Slip

_TABLE = """
CREATE VIRTUAL TABLE search_words USING fts5
(tokens, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")
"""
"""No token of ours may be cut again there: M* are letters that were marks in the Unicode that SQLite knows."""
_MERGING = (("automerge", 8), ("crisismerge", 16))
"""Segments of a level that are merged at once: at the default of four, each deed writes twice as much."""
MERGED_AT_ONCE = 500
"""Pages of the index that one step writes: some two megabytes, well under a second."""
_TAKE_PLACE = """
INSERT INTO search_document (kind, town, subject_id) VALUES (%s, %s, %s)
ON CONFLICT (subject_id, kind) DO UPDATE SET town = excluded.town RETURNING id
"""
_TAKE_PAST_PLACE = """
INSERT INTO search_document (kind, town, subject_id, id) VALUES (%s, %s, %s, %s)
ON CONFLICT (subject_id, kind) DO UPDATE SET town = excluded.town RETURNING id
"""
_FIND = """
SELECT document.subject_id FROM search_words JOIN search_document AS document ON document.id = search_words.rowid
WHERE search_words MATCH %s ORDER BY search_words.rowid DESC LIMIT %s
"""


class Fts5:
    """The index on SQLite. Tokens given to a row again join those that it has: only the set of a row counts."""

    def put_up(self, connection: BaseDatabaseWrapper) -> None:
        """Make the virtual table."""
        with connection.cursor() as cursor:
            cursor.execute(_TABLE)
            for setting, value in _MERGING:
                cursor.execute(
                    "INSERT INTO search_words (search_words, rank) VALUES (%s, %s)", [setting, value]
                )

    def take_down(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the virtual table."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE search_words")

    def add(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Put tokens in, in the order of rows: FTS5 writes a segment of its own whenever a row goes back."""
        past = [slip for slip in slips if slip.is_past]
        with connection.cursor() as cursor:
            if past:
                cursor.execute("SELECT MIN(0, COALESCE(MIN(id), 0)) FROM search_document")
                first = cursor.fetchone()[0] - len(past)
                for place, slip in enumerate(past, start=first):
                    _put(cursor, slip, _TAKE_PAST_PLACE, [*_key(slip), place])
            for slip in slips:
                if not slip.is_past:
                    _put(cursor, slip, _TAKE_PLACE, _key(slip))

    def remove(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Take the rows out; a contentless index has to be told what stood in them."""
        with connection.cursor() as cursor:
            for slip in slips:
                if (row := _row_of(cursor, slip)) is None:
                    continue
                cursor.execute(
                    "INSERT INTO search_words (search_words, rowid, tokens) VALUES ('delete', %s, %s)",
                    [row, _written(slip)],
                )
                cursor.execute("DELETE FROM search_document WHERE id = %s", [row])

    def squeeze(self, connection: BaseDatabaseWrapper) -> None:
        """Merge the segments of the index until there is one: a row taken out is only crossed out in older ones."""
        steps = -MERGED_AT_ONCE
        with connection.cursor() as cursor:
            while True:
                before = _changes(cursor)
                cursor.execute("INSERT INTO search_words (search_words, rank) VALUES ('merge', %s)", [steps])
                if _changes(cursor) - before < 2:
                    return
                steps = MERGED_AT_ONCE

    def find(
        self, connection: BaseDatabaseWrapper, *, kind: str, town: str, tokens: Sequence[str], most: int
    ) -> list[UUID]:
        """Return the newest subjects; each token is quoted, so that none is read as an operator."""
        words = " AND ".join(f'"{token}"' for token in (_scope(kind, town), *tokens))
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [words, most])
            return [UUID(found) for (found,) in cursor.fetchall()]

    def clear(self, connection: BaseDatabaseWrapper) -> None:
        """Empty the index and the table of documents."""
        self.take_down(connection)
        self.put_up(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_document")


def _changes(cursor: CursorWrapper) -> int:
    """Return how many rows this connection ever changed; a merge that had nothing to do changes fewer than two."""
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def _put(cursor: CursorWrapper, slip: Slip, take_place: str, key: Sequence[str | int]) -> None:
    cursor.execute(take_place, key)
    row = cursor.fetchone()[0]
    cursor.execute("INSERT INTO search_words (rowid, tokens) VALUES (%s, %s)", [row, _written(slip)])


def _key(slip: Slip) -> list[str | int]:
    return [slip.kind, slip.town, slip.subject_id.hex]


def _row_of(cursor: CursorWrapper, slip: Slip) -> int | None:
    cursor.execute(
        "SELECT id FROM search_document WHERE subject_id = %s AND kind = %s", [slip.subject_id.hex, slip.kind]
    )
    found = cursor.fetchone()
    return found[0] if found else None


def _written(slip: Slip) -> str:
    return " ".join((_scope(slip.kind, slip.town), *slip.tokens))


def _scope(kind: str, town: str) -> str:
    """Return the token that every row of a kind and town bears."""
    return f"{kind}{town}"


ENGINE = Fts5()
