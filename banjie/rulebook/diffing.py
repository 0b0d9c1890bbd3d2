"""What two versions of a text differ in: values said in Chinese, and the sentences that changed. No Django here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from banjie.base.declarations import REGISTRY
from banjie.rulebook.editions import Edition
from banjie.rulebook.marks import fill, provision_of
from banjie.rulebook.sections import READERS
from banjie.rulebook.text import UNDECIDED, Parameter, Text

NOTHING = "（没有）"
_TOLD = ("title", "params", "examples", "from", "until")


class Side(StrEnum):
    """Where a line of the prose stands."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class ParameterChange:
    """One parameter that differs: where it is printed, and its value and basis before and after; "" is not there."""

    name: str
    provision: str
    before: str
    after: str
    basis_before: str
    basis_after: str

    @property
    def words(self) -> str:
        """Return the change in one sentence part: 第三条 handle.resident_request：5个工作日 → 3个工作日."""
        lead = f"{self.provision} {self.name}".strip()
        return f"{lead}：{self.before or NOTHING} → {self.after or NOTHING}"


@dataclass(frozen=True)
class ProseLine:
    """A line of the prose with its values said, on the side on which it stands."""

    side: Side
    words: str


@dataclass(frozen=True)
class TextDiff:
    """What changed between two versions of a text; `declared` names the items of the head that differ, dotted."""

    title_before: str
    title_after: str
    parameters: tuple[ParameterChange, ...]
    prose: tuple[ProseLine, ...]
    declared: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing that a reader sees differs, nor what the heads declare."""
        is_same = not self.parameters and self.title_before == self.title_after and not self.changed_lines
        return is_same and not self.declared

    @property
    def changed_lines(self) -> tuple[ProseLine, ...]:
        """Return the lines that stand on one side only."""
        return tuple(line for line in self.prose if line.side is not Side.BOTH)


@dataclass(frozen=True)
class Difference:
    """A text in force that is not as shipped: the town's or county's version, and the shipped one of the same day."""

    own: Edition
    shipped: Edition

    @property
    def is_shipped_newer(self) -> bool:
        """Tell whether the shipped text changed after the own version came into force, so that it wants a look."""
        return self.shipped.from_on > self.own.from_on

    @property
    def diff(self) -> TextDiff:
        """Return what is different, from the shipped text to the own."""
        return diff_of(self.shipped.text, self.own.text)


def diff_of(old: Text | None, new: Text | None) -> TextDiff:
    """Return what changed from `old` to `new`; None on one side is a text that is not there."""
    names = dict.fromkeys([*(new.parameters if new else ()), *(old.parameters if old else ())])
    changes = (_change(name, old, new) for name in names)
    return TextDiff(
        title_before=old.title if old else "",
        title_after=new.title if new else "",
        parameters=tuple(change for change in changes if change),
        prose=tuple(_prose(_said_lines(old), _said_lines(new))),
        declared=tuple(_declared(_items(old), _items(new))),
    )


def _items(text: Text | None) -> dict[str, object]:
    """Return what the head declares besides what is told otherwise."""
    return {item: value for item, value in text.items.items() if item not in _TOLD} if text else {}


def _declared(old: Mapping[str, object], new: Mapping[str, object], above: str = "") -> Iterator[str]:
    """Yield the items that differ, each as deep as both sides are tables."""
    for item in dict.fromkeys([*old, *new]):
        before, after = old.get(item), new.get(item)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _declared(before, after, f"{above}{item}.")
        elif before != after:
            yield f"{above}{item}"


def said_of(text: Text, parameter: Parameter | None) -> str:
    """Return a value in Chinese with 待镇里确定 where no town has decided it; as written when it cannot be read."""
    said = value_said(text, parameter)
    return f"{said}（{UNDECIDED}）" if parameter and parameter.until_decided else said


def value_said(text: Text, parameter: Parameter | None) -> str:
    """Return a value in Chinese as prose prints it; as written when it cannot be read, "" when it is not there."""
    if parameter is None:
        return ""
    declared = REGISTRY.rule_types.get(text.type)
    try:
        return declared.say(declared.parse(parameter.name, parameter.raw)) if declared else str(parameter.raw)
    except ValueError:
        return str(parameter.raw)


def _change(name: str, old: Text | None, new: Text | None) -> ParameterChange | None:
    before = old.parameters.get(name) if old else None
    after = new.parameters.get(name) if new else None
    said_before = said_of(old, before) if old else ""
    said_after = said_of(new, after) if new else ""
    bases = [one.basis if one else "" for one in (before, after)]
    if said_before == said_after and bases[0] == bases[1]:
        return None
    printed = next((text for text in (new, old) if text and provision_of(text.prose, name)), None)
    return ParameterChange(
        name=name,
        provision=provision_of(printed.prose, name) if printed else "",
        before=said_before,
        after=said_after,
        basis_before=bases[0],
        basis_after=bases[1],
    )


def _said_lines(text: Text | None) -> list[str]:
    if text is None:
        return []
    reader = READERS.get(text.section)
    prose = text.prose.strip()
    if not (reader and reader.has_own_marks):
        prose = fill(prose, lambda name: value_said(text, text.parameters.get(name)))
    return [line for line in prose.split("\n") if line.strip()]


def _prose(old: Sequence[str], new: Sequence[str]) -> Iterator[ProseLine]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from (ProseLine(Side.BOTH, line) for line in new[new_from:new_to])
            continue
        yield from (ProseLine(Side.BEFORE, line) for line in old[old_from:old_to])
        yield from (ProseLine(Side.AFTER, line) for line in new[new_from:new_to])
