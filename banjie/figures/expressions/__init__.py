"""Conditions of the catalogue: a checked subset of SQL over a fact's columns, written for one database.

They are parsed, never pasted. Comparison, AND, OR, NOT, IN, BETWEEN, IS NULL, CASE and arithmetic without `/` stand
open, and three words of our own: in_period(day), days(later, earlier) and setting('name in the rulebook'). Each
operator is held to what its sides hold.

sqlglot takes 17 MB and half a second, so it is imported when something is compiled and never at start. No Django here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banjie.figures.expressions.checking import Checker
from banjie.figures.expressions.parsing import parsed
from banjie.figures.expressions.scope import (
    DAYS,
    FROM,
    HIDDEN,
    PAST,
    SAID,
    TO,
    TRUTH,
    BadExpression,
    Scope,
    remedy_for,
)

if TYPE_CHECKING:
    from sqlglot import exp

__all__ = ["DAYS", "BadExpression", "Scope", "Written", "write"]


@dataclass(frozen=True)
class Written:
    """An expression as SQL over the alias `f`, with @from@, @to@, @past@ for the days; `anchor` bounds its rows."""

    sql: str
    holds: str
    anchor: str = ""


def write(source: str, scope: Scope, *, dialect: str, wants: str = TRUTH) -> Written:
    """Check an expression and write it for `sqlite` or `postgres`; raise BadExpression for what cannot stand."""
    from sqlglot import exp  # see the package's head

    tree = parsed(source, scope)
    holds = Checker(scope).holds(tree)
    if holds != wants:
        raise BadExpression(f"这里要写{SAID[wants]}，写的却是{SAID[holds]}", remedy_for(wants))
    anchor = next((column for column in _bounded(tree) if column), "")
    written = tree.transform(lambda node: _in_dialect(node, dialect))
    if not isinstance(written, exp.Expression):
        raise TypeError(written)
    return Written(written.sql(dialect=dialect, comments=False), holds, anchor)


def _bounded(tree: "exp.Expression") -> list[str]:
    """Return the columns of days that a condition holds between :from and :to for every row it keeps."""
    from sqlglot import exp  # see the package's head

    if isinstance(tree, exp.Paren):
        return _bounded(tree.this)
    if isinstance(tree, exp.And):
        return [*_bounded(tree.this), *_bounded(tree.expression)]
    if isinstance(tree, exp.Between) and isinstance(tree.this, exp.Column):
        low, high = tree.args["low"], tree.args["high"]
        if low.name == f"{HIDDEN}{FROM}" and high.name in (f"{HIDDEN}{TO}", f"{HIDDEN}{PAST}"):
            return [tree.this.name]
    return []


def _in_dialect(node: "exp.Expression", dialect: str) -> "exp.Expression":
    """Write a column under its alias, a day of the period as its place, and days() as the database reckons."""
    from sqlglot import exp  # see the package's head

    if isinstance(node, exp.Column):
        if node.name.startswith(HIDDEN):
            return exp.Var(this=f"@{node.name.removeprefix(HIDDEN)}@")
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
    from sqlglot import exp  # see the package's head

    return exp.cast(exp.Anonymous(this="julianday", expressions=[day]), "int")
