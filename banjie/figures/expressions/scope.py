"""What an expression may name, and how one that cannot stand is refused. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from banjie.base.declarations import Fact, Holds, Names

FROM, TO, PAST = "from", "to", "past"
DAYS = (FROM, TO, PAST)
TRUTH, NOTHING = "truth", "nothing"
SAID = {
    TRUTH: "条件",
    Holds.DAY: "日期",
    Holds.WHOLE: "数",
    Holds.WORD: "词",
    NOTHING: "空",
}
HIDDEN = "day_of_period_"
"""Stands before from, to and past in a tree: a day of the period must look like a column to the parser."""
OPEN_FORMS = (
    "可以写比较、AND、OR、NOT、IN (…)、BETWEEN … AND …、IS NULL、CASE、加减乘，in_period(日期)、days(后, 前)"
)


class BadExpression(ValueError):
    """An expression that cannot stand: what is wrong with it, and what to write instead."""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(fault)
        self.fault, self.remedy = fault, remedy


@dataclass(frozen=True)
class Scope:
    """What an expression may name: columns with what they hold, fixed words of columns, and words that expand.

    `derived` are those words that are columns made from others.
    """

    columns: Mapping[str, str]
    words: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: tuple[str, ...] = ()

    @classmethod
    def of(cls, fact: Fact) -> "Scope":
        """Return what expressions over a fact may name; a column with an expression of its own is one of its words."""
        stored = [
            column for column in fact.columns if not column.expression and column.names is not Names.UNIT
        ]
        derived = {column.name: column.expression for column in fact.columns if column.expression}
        return cls(
            columns={column.name: column.holds.value for column in stored},
            words={**{name: word.expression for name, word in fact.words.items()}, **derived},
            choices={column.name: tuple(column.choices) for column in stored if column.choices},
            derived=tuple(derived),
        )


def remedy_for(wants: str) -> str:
    """Return what to write instead where something else is wanted."""
    if wants == TRUTH:
        return "请写成 kind = 'grid_event' AND due 这样的条件"
    return "请写成 days(done_on, received_on) 这样的数，或一个数的列"
