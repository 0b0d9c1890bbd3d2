"""What the sample town's books hold over two years: how many records of each, on which days, month by month. Pure."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from banjie.books.book import Book
from banjie.fields.spec import FieldType
from banjie.sample.inventing import Ref, Setting, Told, Typed, invent
from banjie.sample.told_numbers import OWN_DAY, YEAR_BEGINS, YEAR_ENDS, told_numbers
from banjie.sample.town import STAFF, UNITS, VILLAGES

YEARS = 730
RESIDENTS, ENTERPRISES = 2000, 40
USUAL = 24
"""How many records of a book there are where nothing else is said."""
VOLUMES = {
    "visits": 1500, "documents": 760, "duty": 365, "counter_visits": 500, "service_sessions": 300,
    "vehicle_trips": 420, "payments": 260, "grid_activities": 420, "meetings": 150, "hazards": 240,
    "environment_checks": 240, "leaves": 180, "disclosures": 180, "village_meetings": 150,
    "village_resolutions": 140, "village_checks": 96, "seal_uses": 240, "visitor_receptions": 120,
    "mediations": 160, "studies": 90, "report_copies": 150, "received_inspections": 40, "town_checks": 90,
    "archives": 160, "contracts": 70, "idle_assets": 32, "landless_farmers": 0, "polls": 0,
    "party_organisations": 0, "quoted_numbers": 0, "opening_numbers": 0, "livelihood_projects": 0,
    "grid_setup": 0,
}  # fmt: skip
"""Records in two years, besides those that the papers' numbers rest on."""
KEPT_OUT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "leaves": {"state": ("back", "refused", "cancelled")},
    "outings": {"kind": ("promotion", "chamber", "natives", "invited")},
    "meetings": {"outcome": ("held",)},
    "cadre_measures": {"measure": ("reminder", "criticism", "inspection")},
    "studies": {"audience": ("cadres", "village", "members", "grid", "enforcers", "public")},
    "works": {"kind": ("road", "water", "building", "environment", "lighting", "repair")},
}
"""What invented records hold so that the papers' numbers stay what they are."""


@dataclass(frozen=True)
class Planned:
    """A record to be written at a month's end: of which book, for which day, as it is typed."""

    book: str
    on: date
    written_on: date
    typed: Typed


@dataclass(frozen=True)
class _Wanted:
    book: str
    on: date
    given: Mapping[str, Told]


def plan(books: Sequence[Book], today: date, chance: random.Random) -> list[Planned]:
    """Return two years of records of these books up to the day before `today`, in the order of writing."""
    known = {book.key: book for book in books}
    rank = _ranks(known)
    wanted = [one for one in _wanted(today, chance, known) if one.book in known]
    wanted.sort(key=lambda one: (_month_end(one.on, today), rank[one.book], one.on))
    written: Counter[str] = Counter()
    before: Counter[str] = Counter()
    planned: list[Planned] = []
    for one in wanted:
        book, ends = known[one.book], _month_end(one.on, today)
        if planned and planned[-1].written_on != ends:
            before = written.copy()
        named = {of: (written if rank[of] < rank[one.book] else before)[of] for of in known}
        if any(spec.required and spec.of and not named[spec.of] for spec in book.fields):
            continue
        setting = replace(_setting(chance), on=one.on, today=ends, records=named)
        planned.append(Planned(one.book, one.on, ends, invent(book, setting, chance, one.given)))
        written[one.book] += 1
    return planned


def _wanted(today: date, chance: random.Random, known: Mapping[str, Book]) -> Iterator[_Wanted]:
    yield from _told(today, known)
    yield from _grids(today)
    for key in sorted(known):
        for n in range(VOLUMES.get(key, USUAL)):
            given = {name: among[n % len(among)] for name, among in KEPT_OUT.get(key, {}).items()}
            yield _Wanted(key, _workday(today - timedelta(days=chance.randrange(1, YEARS))), given)


def _told(today: date, known: Mapping[str, Book]) -> Iterator[_Wanted]:
    for one in told_numbers():
        book = known.get(one.book)
        if book is None:
            continue
        on = today - timedelta(days=one.ago) if one.ago > 0 else _cut_off(today, -one.ago)
        given: dict[str, Told] = {}
        days = {OWN_DAY: on, **_year_before(today)}
        for name, told in one.fields.items():
            sort = book.by_key[name].type
            named = sort in (FieldType.RESIDENT, FieldType.FILE)
            given[name] = Ref(sort, told) if named else str(days.get(told, told))
        yield _Wanted(one.book, on, given)


def _year_before(today: date) -> dict[str, date]:
    """Return the first and last day of the year before the ledger began."""
    year = (today - timedelta(days=YEARS)).year - 1
    return {YEAR_BEGINS: date(year, 1, 1), YEAR_ENDS: date(year, 12, 31)}


def _cut_off(today: date, month: int) -> date:
    """Return the last day of a month that is over."""
    year = today.year if today.month > month else today.year - 1
    return date(year, month + 1, 1) - timedelta(days=1)


def _grids(today: date) -> Iterator[_Wanted]:
    """Every grid with its party group, and five to ten volunteers (F-02, F-03)."""
    every = [(village, part) for village in VILLAGES for part in village.parts]
    for n, (village, part) in enumerate(every):
        given: dict[str, Told] = {
            "grid": Ref(FieldType.GRID, f"{village.code}/{part}"),
            "village": Ref(FieldType.VILLAGE, village.code),
            "party_group": "是",
            "party_home": "是",
            "leader_post": "member",
            "volunteers": str(5 + n % 6),
            "state": "running",
        }
        yield _Wanted("grid_setup", today - timedelta(days=600 - n), given)


def _setting(chance: random.Random) -> Setting:
    village = chance.choice(VILLAGES)
    return Setting(
        on=date.min,
        today=date.min,
        village=village.code,
        part=chance.choice(village.parts),
        people=_PEOPLE,
        units=_UNITS,
        residents=RESIDENTS,
        enterprises=ENTERPRISES,
    )


_ADMINISTRATORS = ("guanxin", "anwei", "jishen", "xiayuan")
_PEOPLE = tuple(login for login in STAFF if login not in _ADMINISTRATORS)
_UNITS = tuple(line.key for line in UNITS if line.key != "county")


def _workday(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _month_end(day: date, today: date) -> date:
    ends = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    return min(ends, today)


def _ranks(known: Mapping[str, Book]) -> dict[str, int]:
    """Return how deep each book refers to others: what is referred to is written first."""
    ranks: dict[str, int] = {}

    def rank(key: str, seen: tuple[str, ...] = ()) -> int:
        if key not in ranks:
            of = {spec.of for spec in known[key].fields if spec.of in known} - {key, *seen}
            ranks[key] = 1 + max((rank(other, (*seen, key)) for other in of), default=0)
        return ranks[key]

    for key in known:
        rank(key)
    return ranks
