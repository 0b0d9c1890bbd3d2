"""Find residents as a clerk types, among 100,000 (U2): p50 and p99 of each keystroke, in a database of its own.

    python benchmarks/find_resident.py [--residents 100000] [--searches 300] [--seed 1]

BANJIE_DATABASE_URL chooses the database system; the tables lie in a test database that is dropped at the end.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banjie.config.settings")
os.environ["BANJIE_HOME"] = tempfile.mkdtemp(prefix="banjie-bench-")

import django

django.setup()

from django.db import connection  # noqa: E402

from banjie.fields.citizen import check_digit  # noqa: E402
from banjie.fields.names import initials_of, pinyin_of, split_name  # noqa: E402
from banjie.ledger.record import Stamp  # noqa: E402
from banjie.residents.actions import register_residents  # noqa: E402
from banjie.residents.facts import ResidentFacts  # noqa: E402
from banjie.residents.models import ResidentKey  # noqa: E402
from banjie.residents.queries import find_residents  # noqa: E402

TOWN = "980011101"
VILLAGES = [f"{TOWN}{number}" for number in range(201, 231)]
SURNAMES = {
    "王": 70, "李": 70, "张": 68, "刘": 54, "陈": 45, "杨": 30, "赵": 28, "黄": 22, "周": 21, "吴": 20, "徐": 16,
    "孙": 15, "胡": 13, "朱": 13, "高": 12, "林": 11, "何": 11, "郭": 11, "马": 10, "罗": 9, "曾": 5, "解": 2,
    "单": 1, "仇": 1, "查": 1, "任": 4, "翟": 2, "欧阳": 1, "尉迟": 1, "吕": 5,
}  # fmt: skip
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香国建华红玉梅春生海波文斌云鹏飞雪林志宏永福德金贵荣光辉"
)
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
LIMIT_MS = 300
CLERK = UUID(int=7)


@dataclass(frozen=True)
class Clerk:
    """A clerk of the whole town, or a cadre of one village."""

    scope: str = TOWN
    town: str = TOWN
    id: UUID = CLERK

    def may(self, deed: str) -> bool:
        """Allow everything."""
        return True


def main() -> None:
    asked = _asked()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        chance = random.Random(asked.seed)
        people = _load(asked.residents, chance)
        for clerk in (Clerk(), Clerk(scope=VILLAGES[0])):
            worst = _search(people, clerk, chance, searches=asked.searches)
            print(f"  worst p99 {worst:.1f} ms, promised {LIMIT_MS} ms (U2)")
    finally:
        connection.creation.destroy_test_db(":memory:", verbosity=0)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--residents", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _load(count: int, chance: random.Random) -> list[ResidentFacts]:
    people = [_person(serial, chance) for serial in range(count)]
    started = time.perf_counter()
    stamp = Stamp(by=CLERK, happened_at=MOMENT, recorded_at=MOMENT)
    for start in range(0, count, 10_000):
        register_residents(people[start : start + 10_000], actor=Clerk(), stamp=stamp)
    took = time.perf_counter() - started
    keys = ResidentKey.objects.count()
    print(f"{connection.vendor}: {count} residents, {keys / count:.1f} keys each, {_size() / 2**20:.0f} MB")
    print(f"  10,000 registered in {took / count * 10_000:.1f} s")
    return people


def _person(serial: int, chance: random.Random) -> ResidentFacts:
    surname = chance.choices(list(SURNAMES), list(SURNAMES.values()))[0]
    birth = date(1940, 1, 1) + timedelta(days=chance.randrange(30_000))
    first_17 = f"34{serial % 10_000:04d}{birth:%Y%m%d}{serial // 10_000:03d}"
    return ResidentFacts(
        name=surname + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))),
        division_code=chance.choice(VILLAGES),
        phone=f"1{chance.choice('35789')}{chance.randrange(10**9):09d}",
        id_number=first_17 + check_digit(first_17),
        house=f"{chance.randrange(1, 20)}组{chance.randrange(1, 200)}号",
    )


def _search(people: list[ResidentFacts], clerk: Clerk, chance: random.Random, *, searches: int) -> float:
    taken: dict[str, list[float]] = defaultdict(list)
    for person in chance.sample(people, min(searches, len(people))):
        for way, keystrokes in _typings(person).items():
            for typed in keystrokes:
                started = time.perf_counter()
                find_residents(clerk, typed)
                taken[way].append((time.perf_counter() - started) * 1000)
    print(f"  scope {clerk.scope}: ms per keystroke")
    for way, times in taken.items():
        print(f"    {way:28} n={len(times):6}  p50 {statistics.median(times):6.1f}  p99 {_p99(times):6.1f}")
    return max(_p99(times) for times in taken.values())


def _typings(person: ResidentFacts) -> dict[str, list[str]]:
    surname, given = split_name(person.name)
    letters = pinyin_of(person.name)
    return {
        "characters": _beginnings(person.name),
        "pinyin": _beginnings(letters),
        "initials": _beginnings(initials_of(person.name)),
        "character, then letters": [surname + part for part in _beginnings(pinyin_of("王" + given)[4:])],
        "phone, whole and last four": [person.phone, person.phone[-4:]],
        "ID, whole and last four": [person.id_number, person.id_number[-4:]],
        "name and last four": [f"{person.name} {person.phone[-4:]}", f"{letters} {person.phone[-4:]}"],
        "nobody": ["张三丰丰", "xqxqxq", "19999999999"],
    }


def _beginnings(text: str) -> list[str]:
    return [text[:end] for end in range(1, len(text) + 1)]


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
