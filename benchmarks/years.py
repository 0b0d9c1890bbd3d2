"""Two years of cases, multiplied from the sample town by the database itself: rows for scans, without entries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from banjie.cases.models import Case

DAYS = 730
_ALIKE = ("town", "state", "unit_id", "category", "division_code", "kind", "channel", "closing_kind")
PREFIX = "QZ1999-"
"""How the number of a multiplied case begins."""

_TIDIED = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
"""What PostgreSQL does by itself a minute later, and SQLite at the end of a day."""


@contextmanager
def grown(town: str, cases: int) -> Iterator[None]:
    """Let the town have `cases` cases for a while; afterwards it is as it was, since no entry tells of them."""
    _multiply(town, cases)
    stand_all(town)
    yield
    with connection.cursor() as cursor:
        copies = f"SELECT id FROM cases_case WHERE town = '{town}' AND number LIKE '{PREFIX}%'"
        cursor.execute(f"DELETE FROM cases_casestanding WHERE case_id IN ({copies})")
        cursor.execute(f"DELETE FROM cases_case WHERE id IN ({copies})")
        cursor.execute(_TIDIED)


def _multiply(town: str, cases: int) -> None:
    """Bring the town to `cases` cases: copies of its own, each moved back by some days within two years."""
    missing = cases - Case.objects.filter(town=town).count()
    own = Case.objects.filter(town=town, kind="resident_request").exclude(number__startswith=PREFIX).count()
    if missing <= 0:
        return
    fields = [field for field in Case._meta.concrete_fields if not getattr(field, "generated", False)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    so_far = Case.objects.filter(town=town, number__startswith=PREFIX).count()
    series = _series(so_far, so_far + missing // own + 1)
    sql = f"""
        WITH {series}, own AS (
            SELECT c.*, s.n AS copy, {_random()} AS moved FROM cases_case c, series s
            WHERE c.town = '{town}' AND c.kind = 'resident_request' AND c.number NOT LIKE '{PREFIX}%%'
            LIMIT {missing}
        ) INSERT INTO cases_case ({columns}) SELECT {values} FROM own
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%%", "%"))


def stand_all(town: str) -> None:
    """Give every case of the town that has none its row for figures, as the deeds would have."""
    last = "COALESCE(c.closed_at, c.done_at, c.assigned_at, c.accepted_at, c.registered_at)"
    late = "CASE WHEN c.done_at > c.handle_due_at THEN 1 WHEN c.done_at <= c.handle_due_at THEN 0 END"
    values = {
        **{name: f"c.{name}" for name in _ALIKE},
        "case_id": "c.id",
        "received_on": _day("c.happened_at"),
        "registered_on": _day("c.registered_at"),
        "accepted_on": _day("c.accepted_at"),
        "done_on": _day("c.done_at"),
        "closed_on": _day("c.closed_at"),
        "handle_due_on": _day("c.handle_due_at"),
        "ended_on": f"CASE WHEN c.is_open THEN NULL ELSE {_day(last)} END",
        "is_done_late": late,
    }
    sql = f"""
        INSERT INTO cases_casestanding ({", ".join(values)}) SELECT {", ".join(values.values())} FROM cases_case c
        WHERE c.town = '{town}' AND NOT EXISTS (SELECT 1 FROM cases_casestanding s WHERE s.case_id = c.id)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute(_TIDIED)


def _day(moment: str) -> str:
    if _is_postgresql():
        return f"({moment} AT TIME ZONE INTERVAL '8 hours')::date"
    return f"date({moment}, '+8 hours')"


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _series(first: int, last: int) -> str:
    if _is_postgresql():
        return f"series AS (SELECT generate_series({first}, {last}) AS n)"
    return f"RECURSIVE series(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM series WHERE n < {last})"


def _random() -> str:
    """Return minutes to move by; each case keeps its hour, so that days fall as they do in an office."""
    if _is_postgresql():
        return f"(floor(random() * {DAYS}) * 1440)::int"
    return f"abs(random()) % {DAYS} * 1440"


def _value(field: "models.Field[object, object]") -> str:
    named = f'own."{field.column}"'
    given = {
        "id": "gen_random_uuid()" if _is_postgresql() else "lower(hex(randomblob(16)))",
        "token": "md5(random()::text)" if _is_postgresql() else "lower(hex(randomblob(16)))",
        "number": f"'{PREFIX}' || own.copy || '-' || substr(own.number, 8)",
        "outer_number": "''",
        "due_order": named,
    }
    if field.column in given:
        return given[field.column]
    if not isinstance(field, models.DateTimeField):
        return named
    if _is_postgresql():
        return f"{named} - own.moved * interval '1 minute'"
    return f"strftime('%Y-%m-%d %H:%M:%f', {named}, '-' || own.moved || ' minutes') || '000'"
