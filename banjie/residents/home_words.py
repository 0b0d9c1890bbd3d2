"""What is told of a house, of who lives in it and of a household, and the checks it must pass."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.fields.crypto import blind_within
from banjie.fields.plain_text import half_width

PURPOSE = "residents.houses"
LONGEST_ADDRESS = 80
LONGEST_CODE = 40
_NOT_READ = re.compile(r"[\s,，。、]+")
_VILLAGE = re.compile(r"\d{12}")


class HouseUse(StrEnum):
    """用途: what a house is used for."""

    OWN = "own"
    RENTED = "rented"
    VACANT = "vacant"
    BUSINESS = "business"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the office's word."""
        return USES[self]


USES = {
    HouseUse.OWN: "自住",
    HouseUse.RENTED: "出租",
    HouseUse.VACANT: "空置",
    HouseUse.BUSINESS: "经营",
    HouseUse.OTHER: "其他",
}


class Tenure(StrEnum):
    """居住方式: by what right someone lives in a house."""

    OWN = "own"
    RENT = "rent"
    LODGE = "lodge"

    @property
    def label(self) -> str:
        """Return the office's word."""
        return TENURES[self]


TENURES = {Tenure.OWN: "自家房屋", Tenure.RENT: "租住", Tenure.LODGE: "借住"}


class LinkSource(StrEnum):
    """来源: how it is known that someone lives in a house (S-188)."""

    VISIT = "visit"
    TOLD = "told"
    BOOKLET = "booklet"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        """Return the office's word."""
        return SOURCES[self]


SOURCES = {
    LinkSource.VISIT: "走访核对",
    LinkSource.TOLD: "本人申报",
    LinkSource.BOOKLET: "户口簿",
    LinkSource.SHEET: "名册导入",
}


class Relation(StrEnum):
    """与户主关系: the first level of GB/T 4761 家庭关系代码."""

    HEAD = "head"
    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the standard's word."""
        return RELATIONS[self]


RELATIONS = {
    Relation.HEAD: "户主",
    Relation.SPOUSE: "配偶",
    Relation.SON: "子",
    Relation.DAUGHTER: "女",
    Relation.GRANDCHILD: "孙子女",
    Relation.PARENT: "父母",
    Relation.GRANDPARENT: "祖父母",
    Relation.SIBLING: "兄弟姐妹",
    Relation.OTHER: "其他",
}
_SPOKEN = {
    Relation.HEAD: "户主 本人",
    Relation.SPOUSE: "配偶 妻 妻子 夫 丈夫 老婆",
    Relation.SON: "子 儿子 长子 次子 三子 四子 独生子 养子 继子",
    Relation.DAUGHTER: "女 女儿 长女 次女 三女 四女 独生女 养女 继女",
    Relation.GRANDCHILD: "孙子女 孙子 孙女 外孙 外孙子 外孙女 孙 长孙 重孙 曾孙",
    Relation.PARENT: "父母 父 父亲 母 母亲 岳父 岳母 公公 婆婆 继父 继母",
    Relation.GRANDPARENT: "祖父母 祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆",
    Relation.SIBLING: "兄弟姐妹 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹",
    Relation.OTHER: "其他 其它 儿媳 媳 女婿 婿 侄 侄子 侄女 嫂 弟媳 非亲属 保姆 孙媳",
}
_RELATION_OF = {word: relation for relation, words in _SPOKEN.items() for word in words.split()}


@dataclass(frozen=True)
class HouseFacts:
    """What is told of one house; the village must be told, a grid may be."""

    division_code: str
    address: str
    use: str = ""
    grid_id: UUID | None = None


@dataclass(frozen=True)
class Living:
    """How someone lives in a house: by what right, since when, and how that is known."""

    source: LinkSource
    tenure: str = ""
    from_on: date | None = None


def checked_house(facts: HouseFacts) -> HouseFacts:
    """Return the facts in canonical form; raises one InvalidInput that names every wrong field (U32)."""
    complaints: dict[str, str] = {}
    address = " ".join(half_width(facts.address).split())
    if not address:
        complaints["address"] = "请填写门牌或住址，如：三组12号"
    elif len(address) > LONGEST_ADDRESS:
        complaints["address"] = f"门牌或住址最多{LONGEST_ADDRESS}个字，现在是{len(address)}个字，请缩短"
    if not _VILLAGE.fullmatch(facts.division_code):
        complaints["division_code"] = "请选择房屋所在的村（社区）"
    if facts.use and facts.use not in set(HouseUse):
        complaints["use"] = f"房屋用途里没有“{facts.use}”，请从列表中选择"
    if complaints:
        raise InvalidInput("；".join(complaints.values()), fields=complaints)
    return HouseFacts(facts.division_code, address, use=facts.use, grid_id=facts.grid_id)


def address_key(division_code: str, address: str) -> int:
    """Return the keyed hash by which a house of a village is found; blanks and commas make no other house."""
    return blind_within(division_code, _NOT_READ.sub("", half_width(address)), purpose=PURPOSE)


def checked_code(text: str) -> str:
    """Return a household's number (户编号) without blanks; raises InvalidInput for one that is too long."""
    code = "".join(half_width(text).split())
    if len(code) > LONGEST_CODE:
        raise InvalidInput(f"户编号最多{LONGEST_CODE}个字，现在是{len(code)}个字，请核对")
    return code


def read_relation(text: str) -> Relation:
    """Return what a word such as 长子 means; raises InvalidInput for one that is not known.

    >>> read_relation("长子").label
    '子'
    """
    word = "".join(text.split())
    if word not in _RELATION_OF:
        raise InvalidInput(f"“{word}”不认得是哪种与户主关系，请填{'、'.join(RELATIONS.values())}")
    return _RELATION_OF[word]


def checked_days(from_on: date | None, *, on: date) -> date:
    """Return since when, the day of entry where it was not told; raises InvalidInput for a day to come."""
    if from_on is not None and from_on > on:
        raise InvalidInput("日期在今天以后，请核对", fields={"from_on": "日期在今天以后，请核对"})
    return from_on or on
