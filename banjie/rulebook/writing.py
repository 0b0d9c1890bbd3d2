"""A text written from what it says: the head in the order of the shipped texts, then the prose. No Django here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from banjie.rulebook.editing import written_value
from banjie.rulebook.front import FENCE
from banjie.rulebook.vocabulary import Clock

Items = Mapping[str, object]
PARAMS = "params"
_BARE = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
_ONE_BARE = re.compile(r"[A-Za-z0-9_-]+")
LIMIT_CLAUSES = {
    Clock.ACCEPT: "{}内决定是否受理并告知",
    Clock.SIGN: "派办以后{}内签收",
    Clock.OBJECT: "提出异议以后{}内裁定",
    Clock.HANDLE: "{}内办结并反馈",
    Clock.CALL_BACK: "反馈以后{}内回访或者复核",
    Clock.REOPEN: "退回重办的{}内再次反馈",
}
"""How a regulation says each limit of a kind of case."""


@dataclass(frozen=True)
class Written:
    """A parameter to write: its value as a text has it, and its basis."""

    raw: object
    basis: str

    @property
    def table(self) -> Items:
        """Return it as a table of a head."""
        return {"value": self.raw, "basis": self.basis}


def written_text(items: Items, prose: str) -> str:
    """Return a text whose head says `items`; parameters stand under dotted names or in tables, as read."""
    lines = [FENCE]
    tables: list[str] = []
    for name, value in items.items():
        if name == PARAMS:
            continue
        if isinstance(value, dict):
            tables += _tables(name, value)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for one in value:
                tables += ["", f"[[{name}]]", *_lines(one)]
        else:
            lines.append(f"{name} = {written_value(value)}")
    params = items.get(PARAMS)
    if isinstance(params, dict) and params:
        tables += ["", f"[{PARAMS}]"]
        told = dict(_flat(params))
        tables += [f"{_parameter(name, told)} = {_inline(table)}" for name, table in told.items()]
    return "\n".join([*lines, *tables, FENCE, prose.strip("\n"), ""])


def kind_prose(title: str, about: str) -> str:
    """Return the prose of a kind of case: what it is of, and the sentence that prints how it may be extended."""
    return (
        f"# {title}\n\n第一条　{about.strip()}\n\n"
        "第二条　在规定时限内办不完的，承办人在到期以前写明理由申请延期，由{{ extension.decided_by }}批准；"
        "可以延期{{ extension.times }}，每次不超过{{ extension.longest }}，并告知提出人。\n"
    )


def limits_of_kind(key: str, title: str, limits: Mapping[Clock, Written]) -> str:
    """Return the regulation of the limits of one kind of case, said in one sentence (ADR 0079)."""
    name = f"{title}时限规定"
    clauses = [LIMIT_CLAUSES[clock].format(f"{{{{ {clock}.{key} }}}}") for clock in limits]
    items = {
        "title": name,
        "type": "time_limit",
        "part": "service",
        PARAMS: {f"{clock}.{key}": told.table for clock, told in limits.items()},
    }
    return written_text(items, f"# {name}\n\n第一条　{title}，{'；'.join(clauses)}。")


def _tables(name: str, table: Items) -> list[str]:
    """Return the lines of a table; one of tables becomes a table for each."""
    if table and all(isinstance(one, dict) for one in table.values()):
        found: list[str] = []
        for key, inner in table.items():
            found += ["", f"[{name}.{_name(key)}]", *_lines(inner)]
        return found
    return ["", f"[{name}]", *_lines(table)]


def _lines(table: object) -> list[str]:
    items = table if isinstance(table, dict) else {}
    return [f"{_name(name)} = {_value(value)}" for name, value in items.items()]


def _value(value: object) -> str:
    return _inline(value) if isinstance(value, dict) else written_value(value)


def _inline(table: Items) -> str:
    told = ", ".join(f"{_key(name)} = {_value(value)}" for name, value in table.items())
    return f"{{ {told} }}" if told else "{}"


def _parameter(name: str, among: Items) -> str:
    """Return a parameter's name; one that goes on where another's ends is put in quotes as a whole."""
    goes_on = any(name.startswith(f"{other}.") for other in among)
    return written_value(name) if goes_on else _name(name)


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else written_value(name)


def _key(name: str) -> str:
    return name if _ONE_BARE.fullmatch(name) else written_value(name)


def _flat(params: Items, above: Sequence[str] = ()) -> Iterator[tuple[str, Items]]:
    for part, inner in params.items():
        path = (*above, part)
        if isinstance(inner, dict) and "value" not in inner:
            yield from _flat(inner, path)
        elif isinstance(inner, dict):
            yield ".".join(path), inner
