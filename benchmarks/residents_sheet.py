"""A village's sheet of residents with houses and households: read, checked, written and taken back.

    python benchmarks/residents_sheet.py [--residents 3000]

By itself it makes a database of its own, as `benchmarks/run.py` does, and prints its lines.
"""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

RESIDENTS = 3_000
WANTED = "under 30 s for a village of 3,000"
HEAD = ("户编号", "姓名", "身份证号", "与户主关系", "所在村", "联系电话", "门牌号", "房屋用途", "居住方式")
RELATIONS = ("户主", "配偶", "长子", "女儿", "父亲")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗曾解单任翟"
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香国建华红玉梅春生海波文斌云鹏飞雪林志宏永福德金贵荣光辉"
)


@dataclass
class Stopwatch:
    """Tell how long each step took."""

    begun: float = 0.0

    def split(self) -> float:
        """Return the seconds since the last look."""
        now, before = time.perf_counter(), self.begun
        self.begun = now
        return now - before


def arriving(residents: int = RESIDENTS) -> Iterator[object]:
    """Bring a made-up village's sheet in, by the deeds that the desk calls, and take it back."""
    from banjie.base.clock import now
    from banjie.people.models import Staff
    from banjie.people.queries import actor_for
    from banjie.places.queries import village_names
    from banjie.residents.models import House, HouseLink
    from banjie.sample.town import TOWN
    from banjie.sheets.actions import advance_batch, start_batch, undo_batch
    from banjie.sheets.kept import outcome_of
    from banjie.sheets.models import State
    from benchmarks.report import Line

    clerk = actor_for(Staff.objects.get(town=TOWN, login="hemin"), at=now())
    village = village_names(TOWN)[0][1]
    watch = Stopwatch(time.perf_counter())
    batch = _taken_in(clerk, _sheet(residents, village))
    watch.split()
    batch = advance_batch(batch.pk, by=clerk, clock=now)
    checked = watch.split()
    if batch.state != State.READY:
        raise RuntimeError(outcome_of(batch).findings[:3])
    start_batch(clerk, batch.pk, at=now())
    batch = advance_batch(batch.pk, by=clerk, clock=now)
    written = watch.split()
    links, houses = (
        model.objects.filter(town=TOWN, is_withdrawn=False).count() for model in (HouseLink, House)
    )
    note = f"checked in {checked:.1f} s, written in {written:.1f} s: {links:,} people in {houses:,} houses"
    yield Line(f"sheet of {residents:,} residents with houses", f"{checked + written:.1f} s", WANTED, note)
    undo_batch(clerk, batch.pk, at=now())
    batch = advance_batch(batch.pk, by=clerk, clock=now)
    yield Line("the same sheet taken back", f"{watch.split():.1f} s", "", str(batch.get_state_display()))


def _taken_in(clerk: object, content: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from banjie.base.clock import now
    from banjie.ledger.record import Stamp
    from banjie.sheets.actions import Sent, take_in_sheet

    at = now()
    stamp = Stamp(by=clerk.id, happened_at=at, recorded_at=at)
    sent = Sent(upload=SimpleUploadedFile("某村人房表.xlsx", content), options={})
    return take_in_sheet(
        clerk, stamp, importer_key="residents.residents", sent=sent, office=None, max_bytes=20_000_000
    )


def _sheet(residents: int, village: str) -> bytes:
    """Return a workbook of people in households of one to five, each with a house of its own."""
    import xlsxwriter

    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("人房表")
    for place, title in enumerate(HEAD):
        sheet.write_string(0, place, title)
    for line, cells in enumerate(_lines(residents, village), start=1):
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, cell)
    book.close()
    return held.getvalue()


def _lines(residents: int, village: str) -> Iterator[tuple[str, ...]]:
    from banjie.fields.citizen import check_digit

    dice = random.Random(7)
    left, household = residents, 0
    while left:
        household += 1
        people = min(left, dice.randint(1, len(RELATIONS)))
        house, left = f"{household % 12 + 1}组{household}号", left - people
        for n in range(people):
            serial = residents - left - people + n
            born = date(1940, 1, 1) + timedelta(days=dice.randrange(28_000))
            first_17 = f"340099{born:%Y%m%d}{serial % 1000:03d}"
            name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
            number = first_17 + check_digit(first_17)
            phone = f"138{dice.randrange(10**8):08d}"
            yield f"{household:04d}", name, number, RELATIONS[n], village, phone, house, "自住", "自家房屋"


if __name__ == "__main__":
    from benchmarks.ground import own_ground

    with own_ground():
        import django

        django.setup()
        from benchmarks.measures import sample_town

        size = int(sys.argv[sys.argv.index("--residents") + 1]) if "--residents" in sys.argv else RESIDENTS
        sample_town()
        for one in arriving(size):
            print(" | ".join((one.what, one.measured, one.held_against, one.note)))
