"""Write the planned records of the books through their actions, month by month, as an office would have."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from itertools import groupby
from uuid import UUID

from banjie.base.clock import local_day
from banjie.books.actions import wake, write_all
from banjie.books.book import Book
from banjie.books.queries import books_of
from banjie.cases.settings import quotas
from banjie.enterprises.actions import register_enterprises
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import Particulars
from banjie.fields.spec import FieldType
from banjie.files.actions import take_in
from banjie.ledger.record import Stamp
from banjie.people.rights import Role
from banjie.residents.actions import Arrival, Home, register_arrivals
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import HouseFacts, Tenure
from banjie.residents.models import Resident
from banjie.rulebook.queries import rules_on
from banjie.sample.founding import Town
from banjie.sample.inventing import Ref, Typed
from banjie.sample.planning import ENTERPRISES, RESIDENTS, Planned, plan
from banjie.sample.residents import newcomers
from banjie.sample.told_numbers import OLD_PAPER
from banjie.sample.town import TOWN, VILLAGES
from banjie.worktime.hours import at_time

AT_ONCE = 500
WRITTEN_AT = time(18, 30)
PAPER = (600, 720)
"""Width and height of the picture of an old paper."""
LINKED_OF_A_HUNDRED = 93
"""Of so many residents the house is known (F-05)."""
WRITERS = (
    (Role.DISPATCHER, "hemin"),
    (Role.HANDLER, "luoxiaojun"),
    (Role.SUPERVISOR, "sunli"),
    (Role.UNIT_HEAD, "wuqiang"),
    (Role.WINDOW_CLERK, "chenjing"),
    (Role.TOWN_LEADER, "zhouhai"),
    (Role.VILLAGE_CADRE, "madefu"),
)
"""Who keeps a book that a role writes, the first that fits."""
TRADES = ("豆制品", "竹器", "织布", "建材", "农机修理", "茶叶", "冷链", "木器", "塑料制品", "米业")


class Bookkeeping:
    """The records of the years on their way into the books: what is written, and what waits for its month's end."""

    def __init__(self, town: Town, at: datetime, chance: random.Random) -> None:
        """Plan the years up to `at`, and take in the residents and enterprises that records name."""
        self.town, self.at = town, at
        books = books_of(TOWN, local_day(at))
        self.books: Mapping[str, Book] = {book.key: book for book in books}
        self.ids: dict[str, list[UUID]] = defaultdict(list)
        self.residents: list[UUID] = []
        self.enterprises: list[UUID] = []
        self.papers: dict[str, UUID] = {}
        self.chance = chance
        self.waiting = plan(list(books), local_day(at), chance)

    def begin(self, at: datetime) -> None:
        """Take in who and what records name, and wake every book that is planned for."""
        stamp = self._stamp("hemin", at)
        for key in sorted({one.book for one in self.waiting}):
            wake(key, actor=self.town.actor("hemin"), stamp=stamp)
        self.residents = _take_in(self.town, stamp, self.chance)
        self.papers = {OLD_PAPER: _old_paper(stamp)}
        self.enterprises = [row.pk for row in _register(self.town, stamp, self.chance)]

    def months_until(self, until: datetime) -> Iterator[datetime]:
        """Yield the moments at which what is planned for up to `until` is written; each is written before the next."""
        while self.waiting:
            at = min(at_time(self.waiting[0].written_on, WRITTEN_AT), self.at)
            if at > until:
                return
            yield at

    def write_until(self, until: datetime) -> None:
        """Write what is planned for days up to `until`."""
        due = [one for one in self.waiting if one.written_on <= local_day(until)]
        self.waiting = self.waiting[len(due) :]
        for key, records in groupby(due, key=lambda one: one.book):
            self._write(key, list(records), until)

    def _write(self, key: str, records: Sequence[Planned], at: datetime) -> None:
        login = _writer_of(self.books[key])
        for start in range(0, len(records), AT_ONCE):
            typed = [self._resolved(one.typed) for one in records[start : start + AT_ONCE]]
            rows = write_all(key, typed, actor=self.town.actor(login), stamp=self._stamp(login, at))
            self.ids[key] += [row.pk for row in rows]

    def _resolved(self, typed: Typed) -> dict[str, object]:
        return {key: self._id(told) if isinstance(told, Ref) else told for key, told in typed.items()}

    def _id(self, ref: Ref) -> str:
        name, _, rest = ref.key.partition("/")
        found: dict[FieldType, Callable[[], object]] = {
            FieldType.STAFF: lambda: self.town.people[ref.key].pk,
            FieldType.UNIT: lambda: self.town.units[ref.key].pk,
            FieldType.VILLAGE: lambda: ref.key,
            FieldType.GRID: lambda: self.town.grids[name, rest].pk,
            FieldType.RESIDENT: lambda: self.residents[int(ref.key)],
            FieldType.ENTERPRISE: lambda: self.enterprises[int(ref.key)],
            FieldType.FILE: lambda: self.papers[ref.key],
            FieldType.RECORD: lambda: self.ids[name][int(rest)],
        }
        return str(found[ref.sort]())

    def _stamp(self, login: str, at: datetime) -> Stamp:
        return Stamp(by=self.town.people[login].pk, happened_at=at, recorded_at=at)


@dataclass(frozen=True)
class _Drawn:
    """A picture that we drew, handed in as an upload is."""

    name: str
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def _old_paper(stamp: Stamp) -> UUID:
    """Take in the scan of an old table, by whoever keeps the book of opening numbers."""
    # The library is large, and only this picture needs it.
    from PIL import Image, ImageDraw

    page = Image.new("L", PAPER, 245)
    pen = ImageDraw.Draw(page)
    for step in range(9):
        pen.line((60, 120 + 60 * step, 540, 120 + 60 * step), fill=90, width=2)
    for step in range(5):
        pen.line((60 + 120 * step, 120, 60 + 120 * step, 600), fill=90, width=2)
    held = BytesIO()
    page.save(held, "PNG")
    rules = rules_on(TOWN, local_day(stamp.recorded_at))
    drawn = _Drawn("年终统计表.png", held.getvalue())
    return take_in(drawn, town=TOWN, quotas=quotas(rules), stamp=stamp).pk


def _writer_of(book: Book) -> str:
    return next(login for role, login in WRITERS if role in book.writes)


def _take_in(town: Town, stamp: Stamp, chance: random.Random) -> list[UUID]:
    """Register the residents of the years with their houses: of 93 in a hundred the house is known (F-05)."""
    spread = [(code, grid.pk) for (code, _), grid in town.grids.items()]
    before = [person for village in town.residents.values() for person in village]
    people = newcomers(chance, spread, RESIDENTS)
    linked = (len(before) + RESIDENTS) * LINKED_OF_A_HUNDRED // 100 - RESIDENTS
    arrivals = [Arrival(facts, _home(facts, f"{facts.house}-{n}")) for n, facts in enumerate(people)]
    for n, person in enumerate(before[:linked]):
        facts = ResidentFacts(name="", division_code=person.division_code, grid_id=person.grid_id)
        arrivals.append(Arrival(facts, _home(facts, f"老街{n + 1}号"), resident_id=person.pk))
    register = town.actor("chenjing")
    for start in range(0, len(arrivals), AT_ONCE):
        register_arrivals(arrivals[start : start + AT_ONCE], actor=register, stamp=stamp)
    rows = Resident.objects.filter(town=TOWN).order_by("id").values_list("pk", flat=True)
    return list(rows)[-RESIDENTS:]


def _home(facts: ResidentFacts, address: str) -> Home:
    house = HouseFacts(facts.division_code, address, grid_id=facts.grid_id)
    return Home(house, tenure=Tenure.OWN)


def _register(town: Town, stamp: Stamp, chance: random.Random) -> list[Enterprise]:
    told = [
        Particulars(
            name=f"青禾{TRADES[n % 10]}{'一二三四'[n // 10]}厂", division_code=chance.choice(VILLAGES).code
        )
        for n in range(ENTERPRISES)
    ]
    return register_enterprises(told, actor=town.actor("hemin"), stamp=stamp)
