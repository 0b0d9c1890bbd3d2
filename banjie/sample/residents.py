"""The sample town's residents: invented names, phones and numbers in ranges that nobody holds."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from banjie.fields.citizen import check_digit
from banjie.residents.facts import ResidentFacts

COUNT = 300
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇解查翟任"
GIVEN = "秀英桂兰建国德明春梅志强玉珍永福光荣小红文斌海燕家旺素芬长生晓东雨桐子涵金凤大勇云霞"
HARD_NAMES = (
    "欧阳德胜", "欧阳小莲", "尉迟长青", "单桂英", "曾大勇", "仇海", "解文秀", "查玉兰", "翟金贵", "任素芬",
    "阿依古丽·买买提", "买买提江·吐尔逊",
    "扎西多吉", "卓玛·央金", "吉克伍各", "吕𠮷祥", "于㛃", "黄䶮", "王一", "司徒燕",
)  # fmt: skip
NO_SUCH_AREA = "199999"
"""The first six digits of the ID numbers: a division code that was never given out."""
NO_SUCH_PHONE = "1990000"


def invented(chance: random.Random, grids: Sequence[tuple[str, UUID]]) -> list[ResidentFacts]:
    """Return the residents, spread over the grids given as (division code, id)."""
    names = [*HARD_NAMES, *(_name(chance) for _ in range(COUNT - len(HARD_NAMES)))]
    return [_person(name, serial, chance, grids) for serial, name in enumerate(names)]


def newcomers(chance: random.Random, grids: Sequence[tuple[str, UUID]], count: int) -> list[ResidentFacts]:
    """Return more residents, without ID numbers, spread over the grids."""
    people = [_person(_name(chance), serial % 1000, chance, grids) for serial in range(count)]
    return [replace(one, id_number="", phone="") for one in people]


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))


def _person(
    name: str, serial: int, chance: random.Random, grids: Sequence[tuple[str, UUID]]
) -> ResidentFacts:
    division_code, grid_id = grids[serial % len(grids)]
    has_id = chance.random() < 0.6
    return ResidentFacts(
        name=name,
        division_code=division_code,
        grid_id=grid_id,
        phone=f"{NO_SUCH_PHONE}{1000 + serial * 7:04d}" if chance.random() < 0.9 else "",
        id_number=_id_number(serial, chance) if has_id else "",
        house=f"{chance.randrange(1, 9)}组{chance.randrange(1, 80)}号",
    )


def _id_number(serial: int, chance: random.Random) -> str:
    born = date(1938, 1, 1) + timedelta(days=chance.randrange(25_000))
    first_17 = f"{NO_SUCH_AREA}{born:%Y%m%d}{serial:03d}"
    return first_17 + check_digit(first_17)
