"""What an expression holds, and what in it does not fit together. No Django here."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from banjie.base.declarations import Holds
from banjie.figures.expressions.scope import (
    HIDDEN,
    NOTHING,
    OPEN_FORMS,
    SAID,
    TRUTH,
    BadExpression,
    Scope,
    remedy_for,
)
from banjie.rulebook.setting_keys import SettingKey

if TYPE_CHECKING:
    from sqlglot import exp

_LITERAL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"[\w .:-]*")


class Checker:
    """Finds what an expression holds, and refuses what does not fit together."""

    def __init__(self, scope: Scope) -> None:
        from sqlglot import exp  # see the package's head

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
        """Return what a node holds; raises BadExpression for what does not fit together."""
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
                raise BadExpression(_unhidden(fault), remedy_for(wanted))
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
        from sqlglot import exp  # see the package's head

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
        from sqlglot import exp  # see the package's head

        columns = [node.name for node in nodes if isinstance(node, exp.Column)]
        choices = {choice for name in columns for choice in self.scope.choices.get(name, ())}
        for node in nodes:
            if choices and isinstance(node, exp.Literal) and node.this not in (*choices, ""):
                raise BadExpression(
                    f"{columns[0]} 里没有“{node.this}”", f"可以写：{'、'.join(sorted(choices))}"
                )

    def _is(self, node: "exp.Expression") -> str:
        from sqlglot import exp  # see the package's head

        if not isinstance(node.expression, exp.Null):
            raise BadExpression("IS 后面只能写 NULL 或 NOT NULL", "请写成 done_on IS NULL")
        self.holds(node.this)
        return TRUTH

    def _named(self, node: "exp.Expression") -> str:
        if node.name.startswith(HIDDEN):
            return Holds.DAY
        if node.name not in self.scope.columns or node.args.get("table"):
            known = "、".join([*self.scope.words, *self.scope.columns])
            raise BadExpression(f"没有“{node.sql(dialect='postgres')}”这个列或词", f"可以写：{known}")
        return self.scope.columns[node.name]

    def _literal(self, node: "exp.Expression") -> str:
        from sqlglot import exp  # see the package's head

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
    return words.replace(HIDDEN, ":")
