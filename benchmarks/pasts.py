"""A past of very many cases with every clock that ran on them, copied from the sample town by the database itself.

For a replay, which reads clocks and cases alone. Ids and moments rise together, as they do in an office's own table.
"""

from django.db import connection, models

from banjie.cases.models import Case, Clock

DAYS = 730
PREFIX = "QZ1998-"
"""How the number of a copied case begins."""
_TABLES = {"case": Case, "clock": Clock}


def past_of(town: str, cases: int) -> None:
    """Bring the town to so many cases, copies of those that were accepted, spread over two years with their clocks."""
    missing = cases - Case.objects.filter(town=town).count()
    if missing <= 0:
        return
    accepted = Case.objects.filter(town=town, clock__name="handle", clock__is_given=False).distinct()
    own = accepted.exclude(number__startswith=PREFIX).count()
    so_far = Case.objects.filter(town=town, number__startswith=PREFIX).count()
    with connection.cursor() as cursor:
        for model in _TABLES.values():
            _drop_indexes(cursor, model)
        cursor.execute(_copies(town, missing, own, so_far))
        cursor.execute(_insert(Case, "copies.own = row.id", "copies.place", key="id"))
        cursor.execute(_insert(Clock, "copies.own = row.case_id", "copies.place, row.id", key="case_id"))
        cursor.execute("DROP TABLE copies")
        cursor.execute("VACUUM ANALYZE cases_clock" if _is_postgresql() else "ANALYZE cases_clock")
        cursor.execute("VACUUM ANALYZE cases_case" if _is_postgresql() else "ANALYZE cases_case")


def _drop_indexes(cursor: object, model: type[models.Model]) -> None:
    """Drop the indexes of lists, which no replay reads: to fill them takes longer than all else."""
    for index in model._meta.indexes:
        if index.name != "clock_standing_due":
            cursor.execute(f"DROP INDEX IF EXISTS {index.name}")  # type: ignore[attr-defined]


def _copies(town: str, missing: int, own: int, so_far: int) -> str:
    turns = missing // own + 1
    series = f"SELECT generate_series(0, {turns - 1}) AS n" if _is_postgresql() else ""
    series = series or f"SELECT 0 AS n UNION ALL SELECT n + 1 FROM series WHERE n < {turns - 1}"
    recursive = "" if _is_postgresql() else "RECURSIVE"
    columns = "" if _is_postgresql() else "(n)"
    return f"""CREATE TEMPORARY TABLE copies AS
        WITH {recursive} series{columns} AS ({series}), owned AS (
            SELECT c.id AS own, ROW_NUMBER() OVER (ORDER BY c.id) - 1 AS seat FROM cases_case c
            WHERE c.town = '{town}' AND c.number NOT LIKE '{PREFIX}%' AND EXISTS (
                SELECT 1 FROM cases_clock k WHERE k.case_id = c.id AND k.name = 'handle' AND NOT k.is_given)
        ) SELECT {so_far} + series.n * {own} + owned.seat AS place, owned.own AS own,
            ({turns} - series.n) * {DAYS} / {turns} AS days
        FROM series, owned ORDER BY 1 LIMIT {missing}"""


def _insert(model: type[models.Model], joined: str, order: str, *, key: str) -> str:
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM copies JOIN {table} row ON {joined} ORDER BY {order}"


def _value(model: type[models.Model], field: "models.Field[object, object]") -> str:
    named = f'row."{field.column}"'
    given = {
        (Case, "id"): _id("copies.place"),
        (Clock, "id"): _id(
            "copies.place * 1000 + ROW_NUMBER() OVER (PARTITION BY copies.place ORDER BY row.id)"
        ),
        (Clock, "case_id"): _id("copies.place"),
        (Case, "token"): _hex("copies.place"),
        (Case, "number"): f"'{PREFIX}' || copies.place",
        (Case, "outer_number"): "''",
        (Case, "due_order"): named,
    }
    if (model, field.column) in given:
        return given[model, field.column]
    if not isinstance(field, models.DateTimeField):
        return named
    if _is_postgresql():
        return f"{named} - copies.days * interval '1 day'"
    return f"strftime('%Y-%m-%d %H:%M:%f', {named}, '-' || copies.days || ' days') || '000'"


def _id(number: str) -> str:
    return f"({_hex(number)})::uuid" if _is_postgresql() else _hex(number)


def _hex(number: str) -> str:
    return f"lpad(to_hex({number}), 32, '0')" if _is_postgresql() else f"printf('%032x', {number})"


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
