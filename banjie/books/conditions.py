"""Conditions over the fields of one record: a checked subset of Python expressions, compiled once. No Django here.

`ended_on >= started_on`, `kind == 'other' and note != ''`, `people <= most_people`. What is empty is `''`: compared
with anything else it gives neither true nor false, and a check that is neither stands as kept.
"""

import ast
import operator
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from banjie.fields.spec import FieldSpec, FieldType, Stored

Worth = Decimal | str | bool | None
"""A value as it is compared: a number, a word or day in ISO form, yes or no; None for nothing."""
NUMBER, DAY, MOMENT, MONTH, WORD, TRUTH, EMPTY = "number", "day", "moment", "month", "word", "truth", "empty"
TODAY = "today"
_HOLDS = {
    FieldType.WHOLE: NUMBER,
    FieldType.DECIMAL: NUMBER,
    FieldType.MONEY: NUMBER,
    FieldType.SHARE: NUMBER,
    FieldType.DATE: DAY,
    FieldType.MONTH: MONTH,
    FieldType.MOMENT: MOMENT,
    FieldType.YES_NO: TRUTH,
}
_SAID = {
    NUMBER: "数",
    DAY: "日期",
    MOMENT: "时间",
    MONTH: "月份",
    WORD: "词",
    TRUTH: "是否",
    EMPTY: "空",
}
_COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_RECKONED: Mapping[type[ast.operator], Callable[[Any, Any], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_WORDS = re.compile(r"\b(AND|OR|NOT|IN)\b")
_PARSING = threading.Lock()
"""One at a time: two threads that parse at once can fail with “recursion depth mismatch” (CPython issue 106905)."""
_QUOTED = re.compile(r"('[^']*')")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FORMS = "可以写 == != < <= > >=、and、or、not、in ('甲', '乙')、加减乘和 days(后, 前)；空写成 ''"


class BadCondition(ValueError):
    """A condition that cannot stand: what is wrong with it, and what to write instead."""

    def __init__(self, fault: str, remedy: str = FORMS) -> None:
        super().__init__(fault)
        self.fault, self.remedy = fault, remedy


@dataclass(frozen=True)
class Condition:
    """A condition that can be held against the stored values of a record."""

    source: str
    tree: ast.expr
    types: Mapping[str, FieldType]
    numbers: Mapping[str, Decimal]

    def holds(self, values: Mapping[str, Stored], *, today: date) -> bool | None:
        """Tell whether it holds; None where something that it compares is empty."""
        known: dict[str, Worth] = {key: _worth(kind, values.get(key)) for key, kind in self.types.items()}
        known |= {TODAY: today.isoformat(), **self.numbers}
        found = _value(self.tree, known)
        return found if isinstance(found, bool) else None

    @property
    def names(self) -> frozenset[str]:
        """Return the fields that it speaks of."""
        named = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        return frozenset(named & self.types.keys())


def condition(source: str, specs: Mapping[str, FieldSpec], numbers: Mapping[str, Decimal]) -> Condition:
    """Read a condition over fields and named numbers; raises BadCondition."""
    parts = _QUOTED.split(source)
    plain = "".join(
        part if n % 2 else _WORDS.sub(lambda found: found[0].lower(), part) for n, part in enumerate(parts)
    )
    try:
        with _PARSING:
            tree = ast.parse(plain.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadCondition(f"读不懂“{source}”") from None
    types = {key: spec.type for key, spec in specs.items()}
    holds = {key: _HOLDS.get(kind, WORD) for key, kind in types.items()}
    found = _Checker({**holds, TODAY: DAY, **dict.fromkeys(numbers, NUMBER)}).checked(tree)
    if found != TRUTH:
        raise BadCondition(f"“{source}”不是一个条件")
    return Condition(source, tree, types, numbers)


@dataclass(frozen=True)
class _Checker:
    """Tells what each part of a tree holds and refuses what does not go together."""

    known: Mapping[str, str]

    def checked(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(values=parts):
                self._truths(parts)
                return TRUTH
            case ast.UnaryOp(op=ast.Not(), operand=part):
                self._truths([part])
                return TRUTH
            case ast.UnaryOp(op=ast.USub(), operand=part):
                return self._reckoned(part)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _RECKONED:
                return self._reckoned(left, right)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, op, right)
            case ast.Call() | ast.Name() | ast.Constant():
                return self._atom(node)
        raise BadCondition(f"“{ast.unparse(node)}”不能写在这里")

    def _truths(self, parts: list[ast.expr]) -> None:
        for part in parts:
            if self.checked(part) != TRUTH:
                raise BadCondition(f"“{ast.unparse(part)}”不是一个条件")

    def _reckoned(self, *parts: ast.expr) -> str:
        for part in parts:
            if self.checked(part) != NUMBER:
                raise BadCondition(f"“{ast.unparse(part)}”不是数，不能加减乘")
        return NUMBER

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if isinstance(op, ast.In | ast.NotIn):
            among = right.elts if isinstance(right, ast.Tuple) else [right]
        elif type(op) in _COMPARED:
            among = [right]
        else:
            raise BadCondition(f"“{ast.unparse(left)}”这样比较不行")
        one = self.checked(left)
        for part in among:
            other = self.checked(part)
            if (
                one != other
                and EMPTY not in (one, other)
                and not _is_day(part, one)
                and not _is_day(left, other)
            ):
                raise BadCondition(
                    f"“{ast.unparse(left)}”是{_SAID[one]}，“{ast.unparse(part)}”是{_SAID[other]}，不能比"
                )
        return TRUTH

    def _atom(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name) if name in self.known:
                return self.known[name]
            case ast.Name(id=name):
                raise BadCondition(f"没有 {name} 这个字段或参数", f"可以写：{'、'.join(sorted(self.known))}")
            case ast.Constant(value=str() as word):
                return WORD if word else EMPTY
            case ast.Constant(value=int() | float() as value):
                return TRUTH if isinstance(value, bool) else NUMBER
            case ast.Call(func=ast.Name(id="days"), args=[later, earlier], keywords=[]):
                return self._days(later, earlier)
        raise BadCondition(f"“{ast.unparse(node)}”不能写在这里")

    def _days(self, *parts: ast.expr) -> str:
        for part in parts:
            if self.checked(part) != DAY:
                raise BadCondition(f"days(…) 里的“{ast.unparse(part)}”不是日期", "请写成 days(后, 前)")
        return NUMBER


def _is_day(node: ast.expr, holds: str) -> bool:
    """Tell whether a word written out is a day, month or moment that may stand beside such a field."""
    return (
        holds in (DAY, MONTH, MOMENT)
        and isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (holds != DAY or _DAY.fullmatch(node.value) is not None)
    )


def _worth(kind: FieldType, value: Stored | None) -> Worth:
    if value is None or value == "":
        return None
    if _HOLDS.get(kind) == NUMBER:
        return Decimal(str(value))
    return value if isinstance(value, bool) else str(value)


def _value(node: ast.expr, known: Mapping[str, Worth]) -> Worth:
    match node:
        case ast.BoolOp(op=op, values=parts):
            return _joined([_value(part, known) for part in parts], decides=isinstance(op, ast.Or))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _holds(left, op, right, known)
        case ast.Name(id=name):
            return known.get(name)
        case ast.Constant(value=value):
            return value if isinstance(value, str | bool) else Decimal(str(value))
    return _reckoned(node, known)


def _reckoned(node: ast.expr, known: Mapping[str, Worth]) -> Worth:
    match node:
        case ast.UnaryOp(operand=part):
            found = _value(part, known)
            return -found if isinstance(found, Decimal) else None if found is None else not found
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _value(left, known), _value(right, known)
            are_numbers = isinstance(one, Decimal) and isinstance(other, Decimal)
            return _RECKONED[type(op)](one, other) if are_numbers else None
        case ast.Call(args=[later, earlier]):
            days = [_value(part, known) for part in (later, earlier)]
            if not all(isinstance(day, str) for day in days):
                return None
            first, last = (date.fromisoformat(str(day)) for day in reversed(days))
            return Decimal((last - first).days)
    raise BadCondition(ast.unparse(node))


def _joined(found: list[Worth], *, decides: bool) -> bool | None:
    """Return what and (or) makes of its parts, of which some may be neither true nor false."""
    if decides in found:
        return decides
    return None if None in found else not decides


def _holds(left: ast.expr, op: ast.cmpop, right: ast.expr, known: Mapping[str, Worth]) -> bool | None:
    one = _value(left, known)
    if isinstance(op, ast.In | ast.NotIn):
        among = right.elts if isinstance(right, ast.Tuple) else [right]
        if one is None:
            return None
        return (one in [_value(part, known) for part in among]) == isinstance(op, ast.In)
    other = _value(right, known)
    if "" in (one, other):
        return _COMPARED[type(op)](one or "", other or "")
    return None if one is None or other is None else _COMPARED[type(op)](one, other)
