"""Random small ledgers: books of every type of field, their records, and the cases, residents and firms they name.

One generator for all property tests: form, Excel, storage, verify, figures. A seed makes the same ledger each time:

    ledger = random_ledger(open_office(), random.Random(seed))
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from banjie.base.clock import local_day
from banjie.books import actions, queries
from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.cases.models import Case
from banjie.cases.tests.factories import DAY, Office, handled, replied
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.fields.spec import FieldType
from banjie.ledger.record import Stamp
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.rulebook.actions.adding import record_versions, shelf_of, version_of
from banjie.rulebook.models import TextVersion
from banjie.rulebook.text import Section, parse_text

_serial = count(1)
"""Books of one town never share a key, also where a seed is tried again in the same town."""
seeds = st.integers(min_value=0, max_value=10**6)
FIRST_DAY, DAYS = date(2026, 1, 1), 270
UNTYPED = (FieldType.PHOTO, FieldType.FILE, FieldType.GRID, FieldType.RECORD)
"""Types whose values no random ledger makes up: files are handed in, the others name what else there is."""
SEALABLE = (FieldType.TEXT, FieldType.PHONE, FieldType.ID_NUMBER, FieldType.LONG_TEXT)
WORDS = ("路灯", "水管漏水", "低保", "邻里，纠纷", "3号\n井", "ＡＢ线", "“引号”", "a'b", "50%", "张三家")
ID_NUMBERS = ("11010519491231002X", "440524188001010014")


@dataclass(frozen=True)
class Subjects:
    """What records may name."""

    residents: Sequence[str]
    enterprises: Sequence[str]
    cases: Sequence[Case]


@dataclass(frozen=True)
class Ledger:
    """A small ledger: its books, and the records of each with what was typed."""

    office: Office
    subjects: Subjects
    books: Sequence[Book]
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    typed: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)


def stamp(actor, at: datetime = DAY, **more) -> Stamp:
    return Stamp(by=actor.id, happened_at=at, recorded_at=at, **more)


def random_ledger(
    office: Office,
    chance: random.Random,
    *,
    subjects: Subjects | None = None,
    books: int = 2,
    records: int = 4,
    voids: bool = True,
) -> Ledger:
    """Make a ledger in a town: handler 李 writes, and now and then amends or voids.

    `subjects` are those of an earlier ledger of the same town, for tests that make many.
    """
    subjects = subjects or make_subjects(office, chance)
    keys = [f"made_{next(_serial)}" for _ in range(books)]
    add_books(office, {key: random_book(key, chance) for key in keys})
    declared = [queries.books_of(office.town, local_day(DAY)).book(key) for key in keys]
    typed = {
        book.key: [random_typed(book, office, subjects, chance) for _ in range(records)] for book in declared
    }
    written = {
        book.key: actions.write_all(book.key, typed[book.key], actor=office.li, stamp=stamp(office.li))
        for book in declared
    }
    for book in declared:
        for row in written[book.key]:
            if voids and chance.random() < 0.2:
                actions.void(row.pk, actor=office.li, stamp=stamp(office.li), reason="重复")
            elif chance.random() < 0.3:
                changed = random_typed(book, office, subjects, chance)
                actions.amend(row.pk, changed, actor=office.li, stamp=stamp(office.li))
    found = {key: [Record.objects.get(pk=row.pk) for row in rows] for key, rows in written.items()}
    return Ledger(office, subjects, declared, found, typed)


def make_subjects(office: Office, chance: random.Random) -> Subjects:
    """Register two residents, an enterprise and two cases."""
    village, chen = f"{office.town}201", office.chen
    residents = [
        register_resident(ResidentFacts(name=name, division_code=village), actor=chen, stamp=stamp(chen))
        for name in chance.sample(("周大福", "吴小妹", "郑三", "王婆婆"), 2)
    ]
    firm = Particulars(name=f"青石{next(_serial)}厂", division_code=village)
    enterprise = register_enterprise(firm, actor=office.he, stamp=stamp(office.he))
    cases = [handled(office), replied(office)]
    return Subjects([str(one.pk) for one in residents], [str(enterprise.pk)], cases)


def add_books(office: Office, sources: Mapping[str, str]) -> list[TextVersion]:
    """Put texts of books in force for a town without checking all others again, which takes seconds."""
    shelf = shelf_of(office.town)
    texts = [
        parse_text(Section.BOOKS, key, source=source, file=f"books/{key}.md")
        for key, source in sources.items()
    ]
    versions = [version_of(shelf, text, [], from_on=FIRST_DAY) for text in texts]
    record_versions(versions, stamp(office.he))
    return versions


def random_book(key: str, chance: random.Random) -> str:
    """Return the text of a book with a day and some fields of random types, each type as likely."""
    kinds = [kind for kind in FieldType if kind not in UNTYPED]
    fields = [_field(f"f{place}", chance.choice(kinds), chance) for place in range(chance.randint(3, 9))]
    is_thing = chance.random() < 0.5
    head = [
        f'title = "随机台账{key}"',
        'type = "book"',
        "from = 2020-01-01",
        f'menu = "{key[-6:]}"',
        f'group = "{chance.choice(("affairs", "people", "numbers"))}"',
        "awake = true",
        'replaces = ["登记本"]',
        'feeds = ["月报"]',
        f'sort = "{"thing" if is_thing else "done"}"',
        'day = "held_on"',
        'writes = ["handler", "unit_head", "village_cadre"]',
        'sees = ["dispatcher", "supervisor"]',
        f'reach = "{chance.choice(("town", "unit"))}"',
        *([f'number = "{_prefix(key)}"'] if chance.random() < 0.5 else []),
        *_columns(fields),
    ]
    tables = ["[fields.held_on]", 'label = "哪天"', 'type = "date"', "required = true"]
    for _, lines in fields:
        tables += lines
    if is_thing:
        tables += ["[fields.state]", 'label = "办到哪步"', 'type = "choice"', 'default = "open"']
        tables += [
            'choices = { open = "在办", done = "办好" }',
            "[states]",
            'field = "state"',
            'open = ["open"]',
        ]
    summed = [name for (name, kind, sealed), _ in fields if kind in _ADDED and not sealed]
    tables += ["[totals]", f"fields = {summed!r}".replace("'", '"')]
    return "\n".join(["+++", *head, *tables, "+++", "# 随机台账", "", "第一条　照实记。", ""])


def _prefix(key: str) -> str:
    """Return letters that no other made book has for its prefix."""
    return "S" + "".join("ABCDEFGHIJ"[int(digit)] for digit in key if digit.isdecimal())


_Named = tuple[tuple[str, FieldType, bool], list[str]]
_ADDED = (FieldType.WHOLE, FieldType.DECIMAL, FieldType.MONEY)
_COLUMNS = {
    FieldType.VILLAGE: "village",
    FieldType.UNIT: "unit",
    FieldType.STAFF: "staff",
    FieldType.RESIDENT: "person",
    FieldType.ENTERPRISE: "enterprise",
    FieldType.CASE: "case",
}


def _columns(fields: Sequence[_Named]) -> list[str]:
    """Let the first field of each type fill its column."""
    first: dict[FieldType, str] = {}
    for (name, kind, _), _lines in fields:
        first.setdefault(kind, name)
    return [f'{column} = "{first[kind]}"' for kind, column in _COLUMNS.items() if kind in first]


def _field(name: str, kind: FieldType, chance: random.Random) -> _Named:
    is_sealed = kind is FieldType.ID_NUMBER or (kind in SEALABLE and chance.random() < 0.4)
    lines = [f"[fields.{name}]", f'label = "项{name}"', f'type = "{kind}"']
    if kind in (FieldType.WHOLE, FieldType.DECIMAL):
        lines += [f'unit = "{chance.choice(("人", "人次", "亩"))}"']
    if kind in _ADDED and chance.random() < 0.3:
        lines += ["bound = true"]
    if kind.has_choices:
        lines += ['choices = { pear = "梨", plum = "李", fig = "无花果" }']
    if is_sealed:
        lines += ["personal = true"]
    if chance.random() < 0.2:
        lines += ["required = true"]
    return (name, kind, is_sealed), lines


def random_typed(book: Book, office: Office, subjects: Subjects, chance: random.Random) -> dict[str, object]:
    """Return what somebody may type into a record: valid, in one of the ways in which offices write it."""
    told: dict[str, object] = {}
    for spec in book.fields:
        if spec.required or chance.random() < 0.8:
            told[spec.key] = typed_value(spec, office, subjects, chance)
    return told


def typed_value(spec: BookField, office: Office, subjects: Subjects, chance: random.Random) -> str:
    """Return one value of a field as typed."""
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    number = chance.randrange(0, 5000)
    qualifier = chance.choice(("余", "")) if spec.bound else ""
    ways: dict[FieldType, Sequence[str]] = {
        FieldType.WHOLE: (f"{number}{qualifier}", f"{number:,}{qualifier}{spec.unit}"),
        FieldType.DECIMAL: (f"{number}.5{qualifier}", f"{number}.25{qualifier}{spec.unit}"),
        FieldType.MONEY: (
            f"{number}.05{qualifier}元",
            f"{number}{qualifier}",
            f"{number % 90}.5{qualifier}万元",
        ),
        FieldType.SHARE: (f"{number % 101}%", "12.5"),
        FieldType.DATE: (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"),
        FieldType.MONTH: (f"{day:%Y-%m}", f"{day.year}年{day.month}月"),
        FieldType.MOMENT: (f"{day.isoformat()} 14:30", f"{day.year}年{day.month}月{day.day}日9点半"),
        FieldType.POINT: ("30.274150,120.155150", "120.1551，30.2741 高德"),
        FieldType.CHOICE: tuple(one.label for one in spec.choices),
        FieldType.CHOICES: ("梨、李", "无花果", "fig,pear"),
        FieldType.YES_NO: ("是", "否"),
        FieldType.PHONE: ("13812345678", "138 1234 5678", "0990-6781234"),
        FieldType.ID_NUMBER: ID_NUMBERS,
        FieldType.STAFF: tuple(str(one.pk) for one in office.people.values()),
        FieldType.UNIT: (str(office.livelihood), str(office.water)),
        FieldType.VILLAGE: (f"{office.town}201", f"{office.town}202"),
        FieldType.RESIDENT: tuple(subjects.residents),
        FieldType.ENTERPRISE: tuple(subjects.enterprises),
        FieldType.CASE: tuple(str(case.pk) for case in subjects.cases),
    }
    return chance.choice(ways.get(spec.type) or WORDS)
