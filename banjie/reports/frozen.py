"""A paper as plain JSON and back: what is frozen is the whole paper, so that it prints for ever as it went out."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime

from banjie.reports.paper import (
    Block,
    Cited,
    Heading,
    LastPage,
    Number,
    Paper,
    Paragraph,
    Row,
    Sort,
    Span,
    Table,
    Words,
)
from banjie.reports.text import Role

Json = Mapping[str, object]


def to_plain(paper: Paper) -> dict[str, object]:
    """Return a paper as JSON can hold it: dates as text, each block and span with its sort."""
    plain = asdict(paper)
    plain["blocks"] = [_tagged(block) for block in paper.blocks]
    return {name: _text(value) for name, value in plain.items()}


def from_plain(plain: Json) -> Paper:
    """Return the paper that was made plain."""
    return Paper(
        key=str(plain["key"]),
        title=str(plain["title"]),
        town=str(plain["town"]),
        town_name=str(plain["town_name"]),
        from_on=date.fromisoformat(str(plain["from_on"])),
        to_on=date.fromisoformat(str(plain["to_on"])),
        period=str(plain["period"]),
        computed_at=datetime.fromisoformat(str(plain["computed_at"])),
        article=str(plain["article"]),
        blocks=tuple(_block(one) for one in _list(plain["blocks"])),
    )


def _tagged(part: Block | Span | Row) -> dict[str, object]:
    """Return a part with the name of its class, which tells it from the others."""
    plain: dict[str, object] = {"is": type(part).__name__.lower()}
    for name, value in vars(part).items():
        plain[name] = _held(value)
    return plain


def _held(value: object) -> object:
    if isinstance(value, Words | Number | Cited | Row):
        return _tagged(value)
    if isinstance(value, tuple):
        return [_held(one) for one in value]
    return _text(value)


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _block(plain: Json) -> Block:
    return _BLOCKS[str(plain["is"])](plain)


def _span(plain: Json) -> Span:
    told = {name: value for name, value in plain.items() if name != "is"}
    if plain["is"] == "words":
        return Words(str(told["text"]), bool(told["is_strong"]))
    if plain["is"] == "cited":
        return Cited(str(told["text"]), str(told["case"]), bool(told["is_strong"]))
    for name in ("from_on", "to_on"):
        told[name] = date.fromisoformat(str(told[name]))
    return Number(**{**told, "sort": Sort(str(told["sort"]))})  # type: ignore[arg-type]


def _spans(plain: object) -> tuple[Span, ...]:
    return tuple(_span(one) for one in _list(plain))


def _list(plain: object) -> list[Json]:
    return list(plain) if isinstance(plain, list | tuple) else []


def _row(plain: Json) -> Row:
    return Row(tuple(_spans(cell) for cell in _list(plain["cells"])), bool(plain["is_total"]))


_BLOCKS: Mapping[str, Callable[[Json], Block]] = {
    "heading": lambda plain: Heading(
        int(str(plain["level"])), _spans(plain["spans"]), str(plain["numbering"])
    ),
    "paragraph": lambda plain: Paragraph(
        _spans(plain["spans"]), Role(str(plain["role"])), int(str(plain["line"]))
    ),
    "table": lambda plain: Table(
        tuple(str(words) for words in _list(plain["head"])), tuple(_row(row) for row in _list(plain["rows"]))
    ),
    "lastpage": lambda plain: LastPage(
        str(plain["title"]), tuple(str(words) for words in _list(plain["paragraphs"]))
    ),
}
