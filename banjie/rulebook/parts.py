"""The parts (编) of a compendium: each regulation names its own, in the order of an official's day. No Django here."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from banjie.rulebook.editions import Edition
from banjie.rulebook.findings import Finding
from banjie.rulebook.text import Section, Text

PART = "part"
OTHERS = "其他制度"


class Part(StrEnum):
    """What a regulation is about, in the order in which a compendium is bound."""

    SERVICE = "service"
    CONCERNS = "concerns"
    RATINGS = "ratings"
    SUPERVISION = "supervision"
    DUTIES = "duties"
    BURDEN = "burden"
    HOUSE = "house"
    LAWFULNESS = "lawfulness"


PART_WORDS = {
    Part.SERVICE: "窗口服务和代办",
    Part.CONCERNS: "民情办理",
    Part.RATINGS: "群众评议",
    Part.SUPERVISION: "督办和整改",
    Part.DUTIES: "责任和考核",
    Part.BURDEN: "为基层减负",
    Part.HOUSE: "内部管理",
    Part.LAWFULNESS: "依法决策和公开",
}


def part_of(text: Text) -> Part | None:
    """Return the part that the head of a text names; None when it names none."""
    named = text.items.get(PART)
    return Part(named) if isinstance(named, str) and named in set(Part) else None


def in_parts(editions: Iterable[Edition]) -> Iterator[tuple[str, tuple[Edition, ...]]]:
    """Yield regulations by part, each part with its title; those that name none come last."""
    all_of_them = tuple(editions)
    for part, title in (*PART_WORDS.items(), (None, OTHERS)):
        found = tuple(edition for edition in all_of_them if part_of(edition.text) is part)
        if found:
            yield title, found


def part_findings(text: Text) -> Iterator[Finding]:
    """Yield a part that there is not, or one that is named by a text that no part can hold."""
    if PART not in text.items:
        return
    if text.section is not Section.REGULATIONS:
        yield Finding(text.place(PART), "只有制度才分编", f"请删去 {PART} 一行")
    elif part_of(text) is None:
        choices = "、".join(f"{part}（{words}）" for part, words in PART_WORDS.items())
        yield Finding(
            text.place(PART), f"没有 {text.items[PART]} 这一编", f"请写 {choices} 之一，或删去这一行"
        )
