"""Database guards: an entry can be added, never changed or removed, whoever holds the connection (等保 8.1.4.3)."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSALS = (
    ("ledger_entry", "UPDATE"),
    ("ledger_entry", "DELETE"),
    ("ledger_entrybody", "UPDATE"),
    ("ledger_seal", "UPDATE"),
    ("ledger_seal", "DELETE"),
)
"""A body may be removed (erase), not rewritten; an entry and a seal neither."""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""


def raise_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def lower_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration backwards or a test database that is emptied."""
    with connection.cursor() as cursor:
        for table, deed in _REFUSALS:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}{on_table}")


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _POSTGRES_FUNCTION
    for table, deed in _REFUSALS:
        head = f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} FOR EACH ROW"
        if vendor == "postgresql":
            yield f"{head} EXECUTE FUNCTION ledger_refuse()"
        else:
            yield f"{head} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed.lower()}"
