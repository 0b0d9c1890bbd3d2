"""The first pass: the chain by `seq`, its seals and its head."""

from collections.abc import Iterable, Iterator
from typing import Any

from banjie.ledger.actions import seal_hash
from banjie.ledger.canonical import CHAINED, entry_hash
from banjie.ledger.merkle import Tree
from banjie.ledger.models import GENESIS, Entry, Seal
from banjie.ledger.verify.findings import Finding, Report
from banjie.ledger.verify.stored import UNREADABLE, canonical_rows_of, column_of, columns_of, rows_of

AT_PREVIOUS, AT_SEQ = CHAINED.index("previous_hash"), CHAINED.index("seq")


class SealedRanges:
    """The seals of a town, each held against the leaves since the one before it."""

    def __init__(self, town: str) -> None:
        self.waiting = {sealed.to_seq: sealed for sealed in _seals(town)}
        self.leaves = Tree()
        self.is_whole = True
        self.last = GENESIS

    def add(self, seq: int, leaf: str) -> bool:
        """Take the next entry's hash, and tell whether a seal ends here, which is then to be looked at."""
        if not self.waiting:
            return False
        try:
            self.leaves.add(leaf)
        except UNREADABLE:
            self.is_whole = False
        return seq in self.waiting

    def ended(self, seq: int) -> Iterator[Finding]:
        """Yield what does not agree with the seal that ends here, and begin anew."""
        sealed = self.waiting.pop(seq)
        yield from self._findings(sealed)
        self.leaves, self.is_whole, self.last = Tree(), True, sealed.hash

    def left_over(self) -> Iterator[Finding]:
        """Yield the seals whose last entry never came."""
        for to_seq in self.waiting:
            yield Finding(f"封存到第 {to_seq} 条，留痕里却没有它", seq=to_seq)

    def _findings(self, sealed: Seal) -> Iterator[Finding]:
        is_whole = self.is_whole and sealed.from_seq == sealed.to_seq - self.leaves.size + 1
        if not is_whole or sealed.root != self.leaves.root:
            yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条与封存的根不符", seq=sealed.to_seq)
        if sealed.previous_hash != self.last or sealed.hash != _hash_of(sealed):
            yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条的封存被改动", seq=sealed.to_seq)


def chain_report(town: str) -> Report:
    """Walk the entries in order: no gap, each hash right and chained, each seal over what it says."""
    report = Report(town)
    report.findings += _walk(report)
    return report


def _walk(report: Report) -> Iterator[Finding]:
    ranges = SealedRanges(report.town)
    previous, expected = GENESIS, 1
    for *chained, stored in _entries(report.town):
        seq = chained[AT_SEQ]
        at = seq if isinstance(seq, int) else expected
        if seq != expected:
            yield Finding(f"留痕序号不连续：应为 {expected}，却是 {seq}", seq=at)
        if chained[AT_PREVIOUS] != previous or not _is_hash_of(chained, stored):
            yield Finding(f"第 {seq} 条留痕与链不符", seq=at)
        previous, expected = stored, at + 1
        report.entries += 1
        if ranges.add(at, stored):
            yield from ranges.ended(at)
    yield from ranges.left_over()
    heads = rows_of("SELECT seq, hash FROM ledger_chainhead WHERE town = %s", [report.town])
    head = next(heads, (0, GENESIS))
    if head != (expected - 1, previous):
        yield Finding(f"链头记到第 {head[0]} 条，留痕却到第 {expected - 1} 条", seq=expected - 1)


def code_findings(town: str, codes: Iterable[str]) -> Iterator[Finding]:
    """Look for the seal of each code that a printed paper bears."""
    known = {sealed.code for sealed in _seals(town) if isinstance(sealed.hash, str)}
    for code in codes:
        if code.strip().upper() not in known:
            yield Finding(f"没有校验码为{code}的封存，库可能被换成了更早的一份")


def _entries(town: str) -> Iterator[tuple[Any, ...]]:
    """Yield the chained columns of each entry by `seq`, in canonical form, and its hash behind them."""
    columns = columns_of([column_of(Entry, name) for name in (*CHAINED, "hash")])
    sql = f"SELECT {columns.sql} FROM ledger_entry WHERE town = %s ORDER BY seq"  # noqa: S608  our own names
    return canonical_rows_of(columns, sql, [town], is_long=True)


def _seals(town: str) -> Iterator[Seal]:
    """Yield the seals of a town, their columns in canonical form."""
    columns = columns_of(Seal._meta.concrete_fields)
    sql = f"SELECT {columns.sql} FROM ledger_seal WHERE town = %s"  # noqa: S608  our own names
    for row in canonical_rows_of(columns, sql, [town]):
        yield Seal(**dict(zip(columns.names, row, strict=True)))


def _hash_of(sealed: Seal) -> str:
    try:
        return seal_hash(sealed)
    except UNREADABLE:
        return ""


def _is_hash_of(chained: list[object], stored: str) -> bool:
    try:
        return entry_hash(chained) == stored
    except UNREADABLE:
        return False
