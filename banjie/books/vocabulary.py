"""The words that the text of a book may name: shelves of the catalogue, sorts, reaches, sensitivity. No Django here."""

from enum import StrEnum


class Group(StrEnum):
    """The shelves of the catalogue of books."""

    AFFAIRS = "affairs"
    PEOPLE = "people"
    OVERSIGHT = "oversight"
    ENTERPRISE = "enterprise"
    SAFETY = "safety"
    CADRES = "cadres"
    LIVELIHOOD = "livelihood"
    OPENNESS = "openness"
    NUMBERS = "numbers"


class BookSort(StrEnum):
    """What the records of a book are: things done, things with a state, others' numbers, totals from before."""

    DONE = "done"
    THING = "thing"
    QUOTED = "quoted"
    OPENING = "opening"


class BookReach(StrEnum):
    """How much of a book whoever sees it sees: all, his own unit's records, or his own village's."""

    TOWN = "town"
    UNIT = "unit"
    VILLAGE = "village"


class BookSensitivity(StrEnum):
    """Whether a book goes into exports upwards, or stays with those who write it and whom it names."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"


GROUP_WORDS = {
    Group.AFFAIRS: "党政事务",
    Group.PEOPLE: "联系群众",
    Group.OVERSIGHT: "督查考核",
    Group.ENTERPRISE: "企业与项目",
    Group.SAFETY: "平安网格",
    Group.CADRES: "干部与党建",
    Group.LIVELIHOOD: "民生与公共服务",
    Group.OPENNESS: "公开与民主",
    Group.NUMBERS: "引用与期初",
}
SORT_WORDS = {
    BookSort.DONE: "办过的事",
    BookSort.THING: "有状态的物或事",
    BookSort.QUOTED: "引用数",
    BookSort.OPENING: "期初数",
}
REACH_WORDS = {BookReach.TOWN: "全镇", BookReach.UNIT: "本单位", BookReach.VILLAGE: "本村"}
SENSITIVITY_WORDS = {BookSensitivity.ORDINARY: "一般", BookSensitivity.RESTRICTED: "限知"}
