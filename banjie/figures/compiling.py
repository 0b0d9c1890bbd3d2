"""The catalogue compiled: plain SQL for each figure, once per set of texts; sqlglot is needed here and nowhere else.

Run as a program it reads a request on stdin and answers on stdout, so that the web process need not keep sqlglot.
No Django here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from banjie.base.declarations import FACTS, Fact, Holds
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.expressions import BadExpression, Scope, write
from banjie.rulebook.findings import Finding, Place

ROOT = Path(__file__).parents[2]
VALUED = (Measure.SUM, Measure.AVERAGE, Measure.MEDIAN, Measure.LARGEST, Measure.SMALLEST)
SECONDS = 60
_SETTING = re.compile("@setting:([^@]+)@")


@dataclass(frozen=True)
class Plan:
    """A figure as SQL over the alias `f`: which rows count, which of them stand above the line, and what is taken.

    An empty `where` keeps every row. `anchor` is a column of days that lies inside the period for every row kept.
    """

    where: str
    top: str = ""
    over: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class FactPlan:
    """A fact's own SQL: which rows count as of :to, and the columns that are made from others."""

    standing: str = ""
    derived: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Compiled:
    """Everything that scans are put together from, by figure and by fact."""

    plans: Mapping[str, Plan]
    facts: Mapping[str, FactPlan]

    def settled(self, settings: Mapping[str, int]) -> "Compiled":
        """Return the same with the values of settings in their places."""

        def fill(sql: str) -> str:
            return _SETTING.sub(lambda found: str(settings[found[1]]), sql)

        plans = {
            key: Plan(fill(plan.where), fill(plan.top), fill(plan.over), plan.anchor)
            for key, plan in self.plans.items()
        }
        return Compiled(plans, self.facts)

    @property
    def settings(self) -> frozenset[str]:
        """Return the names of the settings that figures ask for."""
        sql = " ".join(f"{plan.where} {plan.top} {plan.over}" for plan in self.plans.values())
        return frozenset(_SETTING.findall(sql))


@dataclass(frozen=True)
class _Asked:
    """A figure as far as compiling needs it."""

    key: str
    fact: str
    where: str
    measure: str
    over: str


def compiled(figures: Sequence[Figure], facts: Mapping[str, Fact], *, dialect: str) -> Compiled:
    """Compile a checked catalogue for one database; in a process of its own unless sqlglot is here already."""
    asked = [
        _Asked(f.key, f.fact, f.where, f.measure, f.over) for f in figures if f.measure is not Measure.OF
    ]
    scopes = {name: Scope.of(fact) for name, fact in facts.items()}
    standing = {name: fact.standing for name, fact in facts.items()}
    if "sqlglot" in sys.modules:
        return _compile(asked, scopes, standing, dialect)
    request = {
        "asked": [asdict(one) for one in asked],
        "scopes": {name: asdict(scope) for name, scope in scopes.items()},
        "standing": standing,
        "dialect": dialect,
    }
    answered = subprocess.run(
        [sys.executable, "-m", "banjie.figures.compiling"],
        input=json.dumps(request),
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        timeout=SECONDS,
    )
    return _read(json.loads(answered.stdout))


def expression_findings(figures: Iterable[Figure], facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield every expression of the catalogue that cannot stand, with its line and its remedy."""
    for figure in figures:
        fact = None if figure.measure is Measure.OF else facts.get(figure.fact)
        if fact is None:
            continue
        for source, wants, place in _expressions(figure):
            if (
                bad := _bad_offered(source, fact.name, wants)
                if fact.name in FACTS
                else _bad(source, fact, wants)
            ):
                yield Finding(place, f"指标 {figure.key}：{bad.fault}", bad.remedy)


@lru_cache(maxsize=1024)
def _bad_offered(source: str, fact: str, wants: str) -> BadExpression | None:
    """Do as `_bad` for a fact that the program offers; every load of any text checks the same catalogue again."""
    return _bad(source, FACTS[fact], wants)


def _bad(source: str, fact: Fact, wants: str) -> BadExpression | None:
    """Return what is wrong with an expression."""
    try:
        write(source, Scope.of(fact), dialect="sqlite", wants=wants)
    except BadExpression as bad:
        return bad.with_traceback(None)
    return None


def _expressions(figure: Figure) -> Iterator[tuple[str, str, Place]]:
    if figure.where:
        yield figure.where, "truth", figure.place
    if figure.measure is Measure.RATE:
        yield figure.over, "truth", figure.over_place
    elif figure.measure in VALUED:
        yield figure.over, Holds.WHOLE, figure.over_place


def _compile(
    asked: Iterable[_Asked], scopes: Mapping[str, Scope], standing: Mapping[str, str], dialect: str
) -> Compiled:
    plans = {one.key: _plan(one, scopes[one.fact], dialect) for one in asked}
    facts = {}
    for name, scope in scopes.items():
        rows = write(standing[name], scope, dialect=dialect).sql if standing[name] else ""
        facts[name] = FactPlan(rows, {column: _derived(column, scope, dialect) for column in scope.derived})
    return Compiled(plans, facts)


def _plan(one: _Asked, scope: Scope, dialect: str) -> Plan:
    where = write(one.where, scope, dialect=dialect) if one.where else None
    top, over = "", ""
    if one.measure == Measure.RATE:
        top = write(one.over, scope, dialect=dialect).sql
    elif one.measure in set(VALUED):
        over = write(one.over, scope, dialect=dialect, wants=Holds.WHOLE).sql
    elif one.measure == Measure.DISTINCT:
        over = f'"f"."{one.over}"'
    return Plan(where.sql if where else "", top, over, where.anchor if where else "")


def _derived(column: str, scope: Scope, dialect: str) -> str:
    return write(column, scope, dialect=dialect, wants=Holds.WORD).sql


def _read(answer: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Compiled:
    plans = {
        key: Plan(**{name: str(sql) for name, sql in plan.items()}) for key, plan in answer["plans"].items()
    }
    facts = {}
    for name, told in answer["facts"].items():
        derived = told["derived"]
        columns = derived if isinstance(derived, dict) else {}
        facts[name] = FactPlan(str(told["standing"]), columns)
    return Compiled(plans, facts)


def _answer(request: Mapping[str, object]) -> str:
    """Compile what was asked on stdin; both ends are this module, so the shapes are known."""
    asked = [_Asked(**one) for one in request["asked"]]  # type: ignore[attr-defined]
    scopes = {name: Scope(**scope) for name, scope in request["scopes"].items()}  # type: ignore[attr-defined]
    made = _compile(asked, scopes, request["standing"], str(request["dialect"]))  # type: ignore[arg-type]
    return json.dumps(asdict(made))


if __name__ == "__main__":
    sys.stdout.write(_answer(json.load(sys.stdin)))
