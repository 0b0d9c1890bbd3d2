"""Verify a town: walk the chain, fold every subject's entries, and compare the folds with the rows (T9).

Two passes: the chain by `seq`, then the bodies by subject, cut into shares that processes may take.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from banjie.ledger.beside import beside
from banjie.ledger.derived import DERIVED
from banjie.ledger.models import ChainHead, Entry, Ledgered, Seal
from banjie.ledger.verify.chain import chain_report, code_findings
from banjie.ledger.verify.findings import Finding, Report, each_row_once
from banjie.ledger.verify.folds import fold_report, spans
from banjie.ledger.verify.stored import Span

__all__ = ["Finding", "Report", "towns", "verify"]

SHARE = 20_000
"""Entries that a process takes at once: enough to be worth asking, few enough that all end at about the same time."""


def towns() -> list[str]:
    """Return every town that an entry, a seal or a row names, also one whose chain's head was taken away."""
    found = _towns_of_entries()
    tables: list[type[Model]] = [ChainHead, Seal, *_ledgered_models()]
    for model in tables:
        others = model._base_manager.exclude(town__in=found).order_by().values_list("town", flat=True)
        found |= set(others.distinct())
    return sorted(found)


def verify(
    town: str,
    *,
    models: Iterable[type[Ledgered]] | None = None,
    codes: Iterable[str] = (),
    processes: int = 1,
    share: int = SHARE,
    progress: Callable[[str], None] = lambda line: None,
) -> Report:
    """Check a town's chain, seals and rows, and return what does not agree, in order of the ledger.

    Without `models`, what rooms keep beside the ledger is looked at too.
    `codes` are 防伪校验码 from printed papers: only they tell an older copy, whole in itself, from the ledger.
    A long ledger is shared out to so many `processes`, a `share` of entries at a time; they see what is committed.
    """
    shares = list(spans(share)) if processes > 1 else []
    parts = _parts(town, list(models or _ledgered_models()), shares, processes=processes)
    report = next(parts)
    report.findings += code_findings(town, codes)
    progress(f"链：{report.entries} 条留痕已核对")
    of_rows: list[Finding] = []
    for part in parts:
        of_rows += part.findings
        report.rows += part.rows
    report.findings += each_row_once(of_rows)
    if models is None:
        with _one_moment():
            report.findings += [finding for look in DERIVED.values() for finding in look(town)]
    progress(f"行：{report.rows} 行已与留痕比对")
    return report


def _parts(
    town: str, models: list[type[Ledgered]], shares: Sequence[Span], *, processes: int
) -> Iterator[Report]:
    """Yield what the chain's walk found, then what the rows' did, by subject.

    No part needs to see the same moment as another: a subject, its entries and its rows lie in one.
    """
    if len(shares) < 2:
        with _one_moment():
            yield chain_report(town)
            yield fold_report(town, models, Span())
        return
    with beside(processes) as pool:
        walks = [pool.submit(_chain_report, town)]
        walks += [pool.submit(_fold_report, town, models, share) for share in shares]
        for walk in walks:
            yield walk.result()


def _chain_report(town: str) -> Report:
    with _one_moment():
        return chain_report(town)


def _fold_report(town: str, models: list[type[Ledgered]], span: Span) -> Report:
    with _one_moment():
        return fold_report(town, models, span)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every query see the database as it is now: what is done meanwhile is no finding, and nobody waits."""
    if connection.in_atomic_block:
        yield
        return
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor, nullcontext() if is_postgresql else _unmapped(cursor):
        cursor.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" if is_postgresql else "BEGIN DEFERRED"
        )
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _unmapped(cursor: CursorWrapper) -> Iterator[None]:
    """Read SQLite's file past the map of it: who reads all of it would fill memory with what he needs once."""
    cursor.execute("PRAGMA mmap_size")
    (size,) = cursor.fetchone()
    cursor.execute("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA mmap_size = {int(size)}")


def _ledgered_models() -> list[type[Ledgered]]:
    return [model for model in apps.get_models() if issubclass(model, Ledgered)]


def _towns_of_entries() -> set[str]:
    """Return the towns of all entries, each found by one step on the index of `seq`."""
    found: set[str] = set()
    town = Entry.objects.order_by("town").values_list("town", flat=True).first()
    while town is not None:
        found.add(town)
        town = Entry.objects.filter(town__gt=town).order_by("town").values_list("town", flat=True).first()
    return found
