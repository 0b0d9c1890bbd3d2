"""The first pass: the chain by `seq`, its seals and its head."""

from collections.abc import Iterable, Iterator

from banjie.ledger.actions import seal_hash
from banjie.ledger.canonical import CHAINED, entry_hash
from banjie.ledger.merkle import root_of
from banjie.ledger.models import GENESIS, ChainHead, Entry, Seal
from banjie.ledger.verify.findings import CHUNK, Finding, Report, readable


def chain_findings(report: Report) -> Iterator[Finding]:
    """Walk the entries in order: no gap, each hash right and chained, each seal over what it says."""
    seals = {sealed.to_seq: sealed for sealed in Seal.objects.filter(town=report.town)}
    previous, expected, leaves, last_seal = GENESIS, 1, [], GENESIS
    entries = Entry.objects.filter(town=report.town).order_by("seq").values_list(*CHAINED, "hash")
    for row in readable(entries.iterator(chunk_size=CHUNK)):
        if row is None:
            report.is_readable = False
            yield Finding(f"第 {expected} 条留痕以后有一条读不出来，后面的没有核对", seq=expected)
            return
        *chained, stored = row
        seq = chained[2]
        if seq != expected:
            yield Finding(f"留痕序号不连续：应为 {expected}，却是 {seq}", seq=seq)
        if chained[0] != previous or entry_hash(chained) != stored:
            yield Finding(f"第 {seq} 条留痕与链不符", seq=seq)
        previous, expected = stored, seq + 1
        leaves.append(stored)
        report.entries += 1
        sealed = seals.pop(seq, None)
        if sealed:
            yield from _seal_findings(sealed, leaves, last_seal)
            leaves, last_seal = [], sealed.hash
    yield from (Finding(f"封存到第 {to_seq} 条，留痕里却没有它", seq=to_seq) for to_seq in seals)
    head = ChainHead.objects.filter(town=report.town).first() or ChainHead(town=report.town)
    if (head.seq, head.hash) != (expected - 1, previous):
        yield Finding(f"链头记到第 {head.seq} 条，留痕却到第 {expected - 1} 条", seq=head.seq)


def code_findings(town: str, codes: Iterable[str]) -> Iterator[Finding]:
    """Look for the seal of each code that a printed paper bears."""
    known = {sealed.code for sealed in Seal.objects.filter(town=town)}
    for code in codes:
        if code.strip().upper() not in known:
            yield Finding(f"没有校验码为{code}的封存，库可能被换成了更早的一份")


def _seal_findings(sealed: Seal, leaves: list[str], previous: str) -> Iterator[Finding]:
    whole = sealed.to_seq - sealed.from_seq + 1 == len(leaves)
    if not whole or sealed.root != root_of(leaves):
        yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条与封存的根不符", seq=sealed.to_seq)
    if sealed.previous_hash != previous or sealed.hash != seal_hash(sealed):
        yield Finding(f"第 {sealed.from_seq}—{sealed.to_seq} 条的封存被改动", seq=sealed.to_seq)
