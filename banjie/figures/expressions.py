"""Conditions of the catalogue: a checked subset of SQL over a fact's columns, written for one database.

They are parsed, never pasted. Comparison, AND, OR, NOT, IN, BETWEEN, IS NULL, CASE and arithmetic without `/` stand
open, and three words of our own: in_period(day), days(later, earlier) and setting('name in the rulebook'). Each
operator is held to what its sides hold.

sqlglot takes 17 MB and half a second, so it is imported when something is compiled and never at start. No Django here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from banjie.base.declarations import Fact, Holds, Names
from banjie.rulebook.setting_keys import SettingKey

if TYPE_CHECKING:
    from sqlglot import exp

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
_DAY = re.compile(r":(\w+)")
_QUOTED = re.compile(r"('[^']*')")
_LITERAL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"[\w .:-]*")
_HIDDEN = "day_of_period_"
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


@dataclass(frozen=True)
class Written:
    """An expression as SQL over the alias `f`, with @from@, @to@, @past@ for the days; `anchor` bounds its rows."""

    sql: str
    holds: str
    anchor: str = ""


def write(source: str, scope: Scope, *, dialect: str, wants: str = TRUTH) -> Written:
    """Check an expression and write it for `sqlite` or `postgres`; raise BadExpression for what cannot stand."""
    from sqlglot import exp  # see the module's head

    tree = _Expander(scope).expanded(_parsed(source))
    holds = _Checker(scope).holds(tree)
    if holds != wants:
        raise BadExpression(f"这里要写{SAID[wants]}，写的却是{SAID[holds]}", _remedy_for(wants))
    anchor = next((column for column in _bounded(tree) if column), "")
    written = tree.transform(lambda node: _in_dialect(node, dialect))
    if not isinstance(written, exp.Expression):
        raise TypeError(written)
    return Written(written.sql(dialect=dialect, comments=False), holds, anchor)


def _remedy_for(wants: str) -> str:
    if wants == TRUTH:
        return "请写成 kind = 'grid_event' AND due 这样的条件"
    return "请写成 days(done_on, received_on) 这样的数，或一个数的列"


def _parsed(source: str) -> "exp.Expression":
    """Return a tree of one's own: every load of the rulebook reads the same few expressions again."""
    return _parsed_once(source).copy()


@lru_cache(maxsize=1024)
def _parsed_once(source: str) -> "exp.Expression":
    from sqlglot import exp, parse_one  # see the module's head
    from sqlglot.errors import SqlglotError

    if re.search(r"--|/\*|;|@|%|\\", source):
        raise BadExpression("表达式里有不能用的符号（-- /* ; @ % \\）", f"请删去。{OPEN_FORMS}")
    parts = _QUOTED.split(source)
    unquoted = [part if n % 2 else _DAY.sub(_hide, part) for n, part in enumerate(parts)]
    try:
        tree = parse_one("".join(unquoted), dialect="postgres")
    except SqlglotError:
        raise BadExpression(f"读不懂“{source}”", f"请检查括号、引号和 AND/OR。{OPEN_FORMS}") from None
    if not isinstance(tree, exp.Expression):
        raise BadExpression(f"读不懂“{source}”", OPEN_FORMS)
    return tree


def _hide(found: re.Match[str]) -> str:
    if found[1] not in DAYS:
        remedy = f"可以写：{'、'.join(f':{day}' for day in DAYS)}（期初、期末、期内已过完的最后一天）"
        raise BadExpression(f"不认识 :{found[1]}", remedy)
    return f"{_HIDDEN}{found[1]}"


@dataclass(frozen=True)
class _Expander:
    """Puts what they expand to in place of words, again and again until only columns stand."""

    scope: Scope
    open_words: tuple[str, ...] = ()

    def expanded(self, tree: "exp.Expression") -> "exp.Expression":
        return tree.transform(self._replaced)

    def _replaced(self, node: "exp.Expression") -> "exp.Expression":
        from sqlglot import exp  # see the module's head

        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "in_period":
            return self._in_period(node)
        if not isinstance(node, exp.Column) or node.table or node.name not in self.scope.words:
            return node
        if node.name in self.open_words:
            raise BadExpression(f"词 {node.name} 绕回了自己", "请检查事实里这个词的写法")
        inner = _Expander(self.scope, (*self.open_words, node.name))
        return exp.Paren(this=inner.expanded(_parsed(self.scope.words[node.name])))

    def _in_period(self, node: "exp.Expression") -> "exp.Expression":
        from sqlglot import exp  # see the module's head

        if len(node.expressions) != 1:
            raise BadExpression("in_period 里只写一个日期", "请写成 in_period(done_on)")
        low, high = (exp.column(f"{_HIDDEN}{day}") for day in (FROM, TO))
        return exp.Between(this=node.expressions[0], low=low, high=high)


class _Checker:
    """Finds what an expression holds, and refuses what does not fit together."""

    def __init__(self, scope: Scope) -> None:
        from sqlglot import exp  # see the module's head

        self.scope = scope
        compared = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
        self._by_node: dict[type, Callable[[exp.Expression], str]] = {
            **dict.fromkeys((exp.And, exp.Or), self._joined),
            **dict.fromkeys(compared, self._compared),
            **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), self._reckoned),
            exp.Not: self._denied,
            exp.Paren: lambda node: self.holds(node.this),
            exp.Neg: lambda node: self._all_hold([node.this], Holds.WHOLE, "负号"),
            exp.Between: self._between,
            exp.In: self._among,
            exp.Is: self._is,
            exp.Null: lambda node: NOTHING,
            exp.Column: self._named,
            exp.Literal: self._literal,
            exp.Case: self._case,
            exp.Anonymous: self._called,
        }

    def holds(self, node: "exp.Expression") -> str:
        check = self._by_node.get(type(node))
        if check is None:
            said = node.sql(dialect="postgres")
            remedy = (
                "要除的，请用 rate，或写 of 和 by；程序最后再除"
                if type(node).__name__ == "Div"
                else OPEN_FORMS
            )
            raise BadExpression(f"“{said}”这种写法不能用", remedy)
        return check(node)

    def _joined(self, node: "exp.Expression") -> str:
        return self._all_hold([node.this, node.expression], TRUTH, "AND 和 OR")

    def _denied(self, node: "exp.Expression") -> str:
        return self._all_hold([node.this], TRUTH, "NOT")

    def _reckoned(self, node: "exp.Expression") -> str:
        return self._all_hold([node.this, node.expression], Holds.WHOLE, "加减乘")

    def _all_hold(self, nodes: "list[exp.Expression]", wanted: str, where: str) -> str:
        for node in nodes:
            if (came := self.holds(node)) != wanted:
                fault = f"{where}两边要{SAID[wanted]}，“{node.sql(dialect='postgres')}”是{SAID[came]}"
                raise BadExpression(_unhidden(fault), _remedy_for(wanted))
        return wanted

    def _compared(self, node: "exp.Expression") -> str:
        return self._alike([node.this, node.expression])

    def _between(self, node: "exp.Expression") -> str:
        return self._alike([node.this, node.args["low"], node.args["high"]])

    def _among(self, node: "exp.Expression") -> str:
        if not node.expressions:
            raise BadExpression("IN 后面要写一列词", "请写成 channel IN ('phone', 'visit')")
        return self._alike([node.this, *node.expressions])

    def _alike(self, nodes: "list[exp.Expression]") -> str:
        from sqlglot import exp  # see the module's head

        held = [self.holds(node) for node in nodes]
        day_is_word = {Holds.DAY, Holds.WORD} == set(held) and all(
            _LITERAL_DAY.fullmatch(str(node.this))
            for node, holds in zip(nodes, held, strict=True)
            if holds == Holds.WORD and isinstance(node, exp.Literal)
        )
        if (len(set(held)) > 1 and not day_is_word) or TRUTH in held or NOTHING in held:
            said = "和".join(dict.fromkeys(SAID[holds] for holds in held))
            raise BadExpression(f"不能拿{said}相比", "两边请写同一类；空请写 IS NULL")
        self._check_choices(nodes)
        return TRUTH

    def _check_choices(self, nodes: "list[exp.Expression]") -> None:
        """Refuse a word that a column of fixed words never holds."""
        from sqlglot import exp  # see the module's head

        columns = [node.name for node in nodes if isinstance(node, exp.Column)]
        choices = {choice for name in columns for choice in self.scope.choices.get(name, ())}
        for node in nodes:
            if choices and isinstance(node, exp.Literal) and node.this not in (*choices, ""):
                raise BadExpression(
                    f"{columns[0]} 里没有“{node.this}”", f"可以写：{'、'.join(sorted(choices))}"
                )

    def _is(self, node: "exp.Expression") -> str:
        from sqlglot import exp  # see the module's head

        if not isinstance(node.expression, exp.Null):
            raise BadExpression("IS 后面只能写 NULL 或 NOT NULL", "请写成 done_on IS NULL")
        self.holds(node.this)
        return TRUTH

    def _named(self, node: "exp.Expression") -> str:
        if node.name.startswith(_HIDDEN):
            return Holds.DAY
        if node.name not in self.scope.columns or node.args.get("table"):
            known = "、".join([*self.scope.words, *self.scope.columns])
            raise BadExpression(f"没有“{node.sql(dialect='postgres')}”这个列或词", f"可以写：{known}")
        return self.scope.columns[node.name]

    def _literal(self, node: "exp.Expression") -> str:
        from sqlglot import exp  # see the module's head

        if isinstance(node, exp.Literal) and node.is_string:
            if not _WORD.fullmatch(str(node.this)):
                raise BadExpression(f"词“{node.this}”里有不能用的符号", "请只用汉字、字母、数字和 _ - . :")
            return Holds.WORD
        if not str(node.this).isdigit():
            raise BadExpression(f"{node.this} 不是整数", "数请写整数，按最小单位（钱按分）")
        return Holds.WHOLE

    def _case(self, node: "exp.Expression") -> str:
        branches = node.args["ifs"]
        if node.this is not None or node.args.get("default") is None:
            raise BadExpression("CASE 要写全", "请写成 CASE WHEN 条件 THEN 值 ELSE 值 END")
        self._all_hold([branch.this for branch in branches], TRUTH, "WHEN")
        held = {self.holds(value) for value in [*(b.args["true"] for b in branches), node.args["default"]]}
        if len(held - {NOTHING}) != 1:
            raise BadExpression("CASE 各分支的值不是同一类", "请写同一类的值")
        return (held - {NOTHING}).pop()

    def _called(self, node: "exp.Expression") -> str:
        name = str(node.this).lower()
        if name == "setting":
            return self._setting(node)
        if name != "days" or len(node.expressions) != 2:
            raise BadExpression(f"不能用 {node.this}(…)", OPEN_FORMS)
        self._all_hold(list(node.expressions), Holds.DAY, "days")
        return Holds.WHOLE

    def _setting(self, node: "exp.Expression") -> str:
        """A setting of the rulebook is a whole number; a span counts in seconds."""
        if len(node.expressions) != 1 or str(node.expressions[0].this) not in set(SettingKey):
            raise BadExpression(
                "setting(…) 里没有写对参数的名字", "请写成 setting('entries.backdating_span')"
            )
        return Holds.WHOLE


def _unhidden(words: str) -> str:
    return words.replace(_HIDDEN, ":")


def _bounded(tree: "exp.Expression") -> list[str]:
    """Return the columns of days that a condition holds between :from and :to for every row it keeps."""
    from sqlglot import exp  # see the module's head

    if isinstance(tree, exp.Paren):
        return _bounded(tree.this)
    if isinstance(tree, exp.And):
        return [*_bounded(tree.this), *_bounded(tree.expression)]
    if isinstance(tree, exp.Between) and isinstance(tree.this, exp.Column):
        low, high = tree.args["low"], tree.args["high"]
        if low.name == f"{_HIDDEN}{FROM}" and high.name in (f"{_HIDDEN}{TO}", f"{_HIDDEN}{PAST}"):
            return [tree.this.name]
    return []


def _in_dialect(node: "exp.Expression", dialect: str) -> "exp.Expression":
    """Write a column under its alias, a day of the period as its place, and days() as the database reckons."""
    from sqlglot import exp  # see the module's head

    if isinstance(node, exp.Column):
        if node.name.startswith(_HIDDEN):
            return exp.Var(this=f"@{node.name.removeprefix(_HIDDEN)}@")
        return exp.column(node.name, table="f", quoted=True)
    if isinstance(node, exp.Anonymous) and str(node.this).lower() == "setting":
        return exp.Var(this=f"@setting:{node.expressions[0].this}@")
    if isinstance(node, exp.Anonymous):
        later, earlier = (
            day.transform(lambda inner: _in_dialect(inner, dialect)) for day in node.expressions
        )
        if dialect == "postgres":
            return exp.Paren(this=exp.Sub(this=later, expression=earlier))
        return exp.Paren(this=exp.Sub(this=_day_number(later), expression=_day_number(earlier)))
    return node


def _day_number(day: "exp.Expression") -> "exp.Expression":
    from sqlglot import exp  # see the module's head

    return exp.cast(exp.Anonymous(this="julianday", expressions=[day]), "int")
