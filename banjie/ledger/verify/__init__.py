"""Verify a town: walk the chain, fold every subject's entries, and compare the folds with the rows (T9).

Two passes, each streaming: the chain by `seq`, then the bodies by subject.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import Model

from banjie.ledger.models import ChainHead, Entry, Ledgered, Seal
from banjie.ledger.verify.chain import chain_findings, code_findings
from banjie.ledger.verify.findings import Finding, Report
from banjie.ledger.verify.folds import fold_findings

__all__ = ["Finding", "Report", "towns", "verify"]


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
    progress: Callable[[str], None] = lambda line: None,
) -> Report:
    """Check a town's chain, seals and rows, and return what does not agree, in order of the ledger.

    `codes` are 防伪校验码 from printed papers: only they tell an older copy, whole in itself, from the ledger.
    """
    report = Report(town)
    with _one_moment():
        report.findings += chain_findings(report)
        report.findings += code_findings(town, codes)
        if not report.is_readable:
            return report
        progress(f"链：{report.entries} 条留痕已核对")
        by_label = {model._meta.label_lower: model for model in models or _ledgered_models()}
        report.findings += fold_findings(report, by_label)
        progress(f"行：{report.rows} 行已与留痕比对")
    return report


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every query see the database as it is now: what is done meanwhile is no finding, and nobody waits."""
    if connection.in_atomic_block:
        yield
        return
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" if is_postgresql else "BEGIN DEFERRED"
        )
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


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
