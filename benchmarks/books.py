"""The list page of one town's book among a million records of a hundred towns, with every declared filter."""

import gc
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from django.db import connection, transaction

from banjie.base.clock import local_day, now
from banjie.base.ids import new_id
from banjie.books import queries
from banjie.books.actions.checking import Checked, day_of
from banjie.books.actions.rows import columns_of
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries import Asked
from banjie.books.queries.words import KIND, texts_of
from banjie.fields.spec import FieldType, Stored
from banjie.ledger.rows import insert
from banjie.people.models import Post
from banjie.people.queries import StaffActor, actor_for, names_of
from banjie.places.queries import village_names
from banjie.sample.town import TOWN
from banjie.search.actions import index_many
from banjie.search.declared import Piece
from benchmarks.report import Line

TOWNS, OF_A_TOWN = 100, 10_000
SHARES = {"visits": 6_000, "documents": 2_000, "livelihood_projects": 500, "meetings": 500, "duty": 1_000}
TURNS = 20
GOAL = "p99 under 80 ms"
WORDS = ("水管", "路灯", "低保", "道路", "噪声", "邻里", "垃圾", "屋顶", "灌溉", "电线")


def lists() -> list[Line]:
    """Fill a hundred towns and measure the list of two books of one of them, for the office and for a village."""
    chance = random.Random(5)
    started = time.perf_counter()
    with transaction.atomic():
        _fill(chance)
        _copy()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE books_record")
    took = time.perf_counter() - started
    lines = [Line(f"making {Record.objects.count():,} records of {TOWNS} towns", f"{took:.0f} s")]
    for who, actor in _readers():
        for key in ("visits", "documents"):
            lines.append(_measured(who, actor, key, chance))
    return lines


@dataclass(frozen=True)
class _Reader:
    """One way of asking for a list."""

    said: str
    asked: Asked


def _measured(who: str, actor: StaffActor, key: str, chance: random.Random) -> Line:
    book = queries.books_of(TOWN, local_day(now())).book(key)
    ways = list(_ways(book, actor, chance))
    told: list[tuple[float, str]] = []
    busy: list[float] = []
    for turn in range(TURNS + 1):
        for way in ways:
            begun = time.process_time()
            took = _page(actor, book, way.asked)
            if turn:
                told.append((took * 1000, way.said))
                busy.append((time.process_time() - begun) * 1000)
        if not turn:
            gc.freeze()  # as the server does, once it has answered for a while
    cuts = quantiles([took for took, _ in told], n=100)
    slowest = max(ways, key=lambda way: sorted(took for took, said in told if said == way.said)[TURNS // 2])
    worst = sorted(took for took, said in told if said == slowest.said)[TURNS // 2]
    count = queries.count_of(actor, book)
    return Line(
        f"list page of {key}, {who}, {len(ways)} filters",
        f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms",
        GOAL,
        f"{count:,} records seen; slowest filter {slowest.said} {worst:.0f} ms; names, count and totals included; "
        f"CPU of this process p99 {quantiles(busy, n=100)[98]:.0f} ms",
    )


def _page(actor: StaffActor, book: Book, asked: Asked) -> float:
    """Return how long a page takes: rows, names, cells, count and totals."""
    started = time.perf_counter()
    rows = queries.page_of(actor, book, asked, size=25).rows
    names = queries.names_for(actor, book, rows)
    for row in rows:
        queries.say_record(actor, book, row, names)
    return time.perf_counter() - started


def _ways(book: Book, actor: StaffActor, chance: random.Random) -> Iterator[_Reader]:
    rows = list(Record.objects.filter(town=TOWN, book=book.key)[:200])
    yield _Reader("none", queries.ALL)
    yield _Reader("words", Asked(words=chance.choice(WORDS)))
    yield _Reader("a year", Asked(from_on=date(2025, 1, 1), to_on=date(2025, 12, 31)))
    yield _Reader("mine", Asked(is_mine=True))
    if book.states:
        yield _Reader("open", Asked(is_open=True))
    for spec in queries.filterable(book, actor):
        values = [row.values[spec.key] for row in rows if spec.key in row.values]
        if values:
            value = chance.choice(values)
            typed = str(value).split(",")[0] if spec.type is FieldType.CHOICES else str(value).lower()
            yield _Reader(spec.key, Asked({spec.key: typed}))
            if spec.type in (FieldType.WHOLE, FieldType.MONEY, FieldType.DATE):
                yield _Reader(f"{spec.key} from", Asked({f"{spec.key}__from": typed}))


def _readers() -> list[tuple[str, StaffActor]]:
    """Return a dispatcher of the town and a cadre of one village."""
    found = []
    for who, role in (("the office", "dispatcher"), ("a village", "village_cadre")):
        posts = Post.objects.filter(town=TOWN, valid_until__isnull=True, holder_a__isnull=False)
        post = next(post for post in posts if role in post.roles)
        if post.holder_a is not None:
            found.append((who, actor_for(post.holder_a, at=now())))
    return found


def _fill(chance: random.Random) -> None:
    """Write the records of the sample town as their deeds would leave them, without entries."""
    (_, writer), (_, cadre) = _readers()
    books = queries.books_of(TOWN, local_day(now()))
    for key, many in SHARES.items():
        book = books.book(key)
        rows = [_record(book, chance.choice((writer, cadre)), chance) for _ in range(many)]
        for start in range(0, many, 500):
            insert(rows[start : start + 500])
            pieces = [Piece(row.pk, TOWN, texts_of(row)) for row in rows[start : start + 500]]
            index_many(KIND, pieces)


def _record(book: Book, actor: StaffActor, chance: random.Random) -> Record:
    row = Record(town=TOWN, book=book.key, author_id=actor.id, written_at=now(), id=new_id())
    values = _values(book, chance)
    told = Checked(day_of(book, values), values)
    for column, value in columns_of(book, row, told, actor=actor).items():
        setattr(row, column, value)
    return row


def _values(book: Book, chance: random.Random) -> dict[str, Stored]:
    office, villages = names_of(TOWN), [code for code, _ in village_names(TOWN)]
    staff, units = [str(pk) for pk in office.staff], [str(pk) for pk in office.units]
    found: dict[str, Stored] = {}
    for spec in book.fields:
        picks: dict[FieldType, Sequence[Stored]] = {
            FieldType.CHOICE: [choice.key for choice in spec.choices],
            FieldType.CHOICES: [choice.key for choice in spec.choices],
            FieldType.STAFF: staff,
            FieldType.UNIT: units,
            FieldType.VILLAGE: villages,
            FieldType.YES_NO: [True, False],
            FieldType.WHOLE: range(1, 200),
            FieldType.MONEY: range(100, 9_000_000),
            FieldType.SHARE: ["12.5", "80", "100"],
        }
        if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PLACE):
            found[spec.key] = "".join(chance.sample(WORDS, 4)) + "，村民反映后已经去看过，约好下周再来。" * 2
        elif spec.type is FieldType.DATE:
            found[spec.key] = (date(2024, 1, 1) + timedelta(days=chance.randrange(1000))).isoformat()
        elif spec.type in picks and (spec.required or chance.random() < 0.7):
            found[spec.key] = chance.choice(picks[spec.type])
    return found


def _copy() -> None:
    """Copy the town's records to ninety-nine others, in the database itself."""
    fields = [field.column for field in Record._meta.local_concrete_fields]
    quoted = [connection.ops.quote_name(column) for column in fields]
    fresh = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    asked = {"id": fresh, "town": "%s", "number": "''", "division_code": "%s || substr(division_code, 10)"}
    selected = ", ".join(asked.get(column, name) for column, name in zip(fields, quoted, strict=True))
    sql = (
        f"INSERT INTO books_record ({', '.join(quoted)}) SELECT {selected} FROM books_record WHERE town = %s"
    )
    with connection.cursor() as cursor:
        for place in range(1, TOWNS):
            other = f"{int(TOWN) - 500 - place:09d}"
            cursor.execute(sql, [other, other, TOWN])
