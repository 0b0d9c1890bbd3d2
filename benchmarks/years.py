"""Two years of cases, multiplied from the sample town by the database itself: rows for scans, without entries."""

from django.db import connection, models

from banjie.cases.models import Case

DAYS = 730
PREFIX = "QZ1999-"
"""How the number of a multiplied case begins."""


def multiply(town: str, cases: int) -> None:
    """Bring the town to `cases` cases: copies of its own, each moved back by some days within two years."""
    missing = cases - Case.objects.filter(town=town).count()
    own = Case.objects.filter(town=town, kind="resident_request").exclude(number__startswith=PREFIX).count()
    if missing <= 0:
        return
    fields = [field for field in Case._meta.concrete_fields if not getattr(field, "generated", False)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    series = _series(missing // own + 1)
    sql = f"""
        WITH {series}, own AS (
            SELECT c.*, s.n AS copy, {_random()} AS moved FROM cases_case c, series s
            WHERE c.town = '{town}' AND c.kind = 'resident_request' AND c.number NOT LIKE '{PREFIX}%%'
            LIMIT {missing}
        ) INSERT INTO cases_case ({columns}) SELECT {values} FROM own
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%%", "%"))
        cursor.execute("ANALYZE")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE cases_case")  # as autovacuum does a minute later


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _series(copies: int) -> str:
    if _is_postgresql():
        return f"series AS (SELECT generate_series(1, {copies}) AS n)"
    return f"RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {copies})"


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
