"""From text to a tree in which only columns stand. No Django here."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from banjie.figures.expressions.scope import DAYS, FROM, HIDDEN, OPEN_FORMS, TO, BadExpression, Scope

if TYPE_CHECKING:
    from sqlglot import exp

_DAY = re.compile(r":(\w+)")
_QUOTED = re.compile(r"('[^']*')")


def parsed(source: str, scope: Scope) -> "exp.Expression":
    """Return the tree of an expression, each word of its scope put as what it stands for."""
    return _Expander(scope).expanded(_parsed(source))


def _parsed(source: str) -> "exp.Expression":
    """Return a tree of one's own: every load of the rulebook reads the same few expressions again."""
    return _parsed_once(source).copy()


@lru_cache(maxsize=1024)
def _parsed_once(source: str) -> "exp.Expression":
    from sqlglot import exp, parse_one  # see the package's head
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
    return f"{HIDDEN}{found[1]}"


@dataclass(frozen=True)
class _Expander:
    """Puts what they expand to in place of words, again and again until only columns stand."""

    scope: Scope
    open_words: tuple[str, ...] = ()

    def expanded(self, tree: "exp.Expression") -> "exp.Expression":
        return tree.transform(self._replaced)

    def _replaced(self, node: "exp.Expression") -> "exp.Expression":
        from sqlglot import exp  # see the package's head

        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "in_period":
            return self._in_period(node)
        if not isinstance(node, exp.Column) or node.table or node.name not in self.scope.words:
            return node
        if node.name in self.open_words:
            raise BadExpression(f"词 {node.name} 绕回了自己", "请检查事实里这个词的写法")
        inner = _Expander(self.scope, (*self.open_words, node.name))
        return exp.Paren(this=inner.expanded(_parsed(self.scope.words[node.name])))

    def _in_period(self, node: "exp.Expression") -> "exp.Expression":
        from sqlglot import exp  # see the package's head

        if len(node.expressions) != 1:
            raise BadExpression("in_period 里只写一个日期", "请写成 in_period(done_on)")
        low, high = (exp.column(f"{HIDDEN}{day}") for day in (FROM, TO))
        return exp.Between(this=node.expressions[0], low=low, high=high)
