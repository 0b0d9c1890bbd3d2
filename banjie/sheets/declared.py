"""What a room declares so that its rows can come from a sheet: columns, and how rows are checked, written and undone.

A room puts its importers into its own `sheets.py`, which is imported at start: `declare(Importer(...))`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput
from banjie.fields.spec import FieldSpec, Stored

CHUNK_ROWS = 300
"""Rows of one transaction: so many that the head of the chain is taken seldom, so few that it is held briefly."""


@dataclass(frozen=True)
class Setting:
    """For whom, when and with which answers to the importer's questions a sheet is read."""

    by: Actor
    town: str
    at: datetime
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column that an importer knows: its title, the other names that offices give it, what its cells take.

    Without a `spec` a cell is any text. `options` are the (key, label) pairs from which a cell picks one by its
    label or key (villages, units, posts of this town); they become the drop-down of the template. The `example`
    stands in the template's sample row, the `help` in the note on its head.
    """

    key: str
    title: str
    spec: FieldSpec | None = None
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    example: str = ""
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A row whose every cell was understood: its line in the sheet as Excel counts it, and each column's value.

    A column that the sheet lacks and a cell that is empty are both None.
    """

    line_no: int
    values: Mapping[str, Stored | None]

    def text(self, key: str) -> str:
        """Return a cell as text, "" for an empty one."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def name(self, key: str) -> str:
        """Return a cell that holds a name: no blank in it means anything."""
        return "".join(self.text(key).split())


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell, and what to do: a Chinese sentence. Without a column it is the whole row's."""

    line_no: int
    column_key: str
    words: str


@dataclass(frozen=True)
class Prepared:
    """What came of checking rows against the town: a plan for each row without a finding, in their order.

    A plan of None says that the row stands already just as it is told, so that there is nothing to write (U14).
    `notes` are sentences for the preview that stop nothing: 其中12行没有写明类别，导入后再补.
    """

    plans: Sequence[object | None]
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()


def wrong_cell(column: str, words: str) -> InvalidInput:
    """Return the error for a cell of a row, which becomes its finding."""
    return InvalidInput(words, fields={column: words})


def planned(rows: Sequence[Row], plan: Callable[[Row], object | None]) -> Prepared:
    """Plan row after row; where a row is refused its first wrong column is told."""
    plans: list[object | None] = []
    findings: list[Finding] = []
    for row in rows:
        try:
            plans.append(plan(row))
        except InvalidInput as wrong:
            findings.append(Finding(row.line_no, next(iter(wrong.fields), ""), wrong.message))
    return Prepared(plans, findings)


@dataclass(frozen=True)
class Importer:
    """One kind of sheet that can be taken in.

    `prepare` runs outside any transaction, at the preview and again when the rows are written (after a broken run
    with the rows not written yet), so it must answer alike for like rows. `write` is called inside one short
    transaction for each chunk of plans and returns the ids of what it made. `touched` names, in Chinese, those of
    the ids that anyone has changed or used since; all chunks are asked before one is undone. `undo` takes back one
    chunk inside its transaction; raises Conflict when a row was touched meanwhile. A sheet of at most `rows_at_once`
    rows is worked on in the request; 0 leaves all to the worker, for a `prepare` that is slow or takes memory.
    """

    key: str
    title: str
    permission: str
    columns: Callable[[Setting], Sequence[Column]]
    prepare: Callable[[Setting, Sequence[Row]], Prepared]
    write: Callable[[Setting, UUID, Sequence[object]], Sequence[UUID]]
    undo: Callable[[Setting, UUID, Sequence[UUID]], None]
    touched: Callable[[Setting, UUID, Sequence[UUID]], Sequence[str]]
    help: str = ""
    asks: Callable[[Setting], Sequence[Column]] = lambda _: ()
    chunk_rows: int = CHUNK_ROWS
    rows_at_once: int = CHUNK_ROWS


IMPORTERS: dict[str, Importer] = {}
FAMILIES: dict[str, Callable[[str], Importer]] = {}
"""Makers of importers that no program names beforehand: one for each book of a town. By the part before the dot."""


def declare(importer: Importer) -> Importer:
    """Take in an importer; a key that stands already is a bug."""
    if importer.key in IMPORTERS:
        raise ValueError(f"importer {importer.key} is declared twice")
    IMPORTERS[importer.key] = importer
    return importer


def declare_family(name: str, make: Callable[[str], Importer]) -> None:
    """Take in a maker of importers: `make("book.visits")` for the family `book`; a name that stands is a bug."""
    if name in FAMILIES:
        raise ValueError(f"family {name} is declared twice")
    FAMILIES[name] = make


def importer_named(key: str) -> Importer | None:
    """Return the importer of a key, declared or made by its family; None for an unknown one."""
    if key in IMPORTERS:
        return IMPORTERS[key]
    family, _, member = key.partition(".")
    return FAMILIES[family](key) if member and family in FAMILIES else None


def known_importer(key: str) -> Importer:
    """Return the importer of a batch that stands; LookupError where its room is gone, which is a bug."""
    found = importer_named(key)
    if found is None:
        raise LookupError(f"no room imports {key}")
    return found
