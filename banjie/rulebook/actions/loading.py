"""Files of texts loaded as versions, after the check of everything they will rule with."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from banjie.base.clock import local_day
from banjie.ledger.record import Stamp
from banjie.rulebook.actions.adding import (
    UNTOLD,
    Decision,
    Shelf,
    prepare,
    record_versions,
    shelf_of,
    version_of,
)
from banjie.rulebook.check import Known, check
from banjie.rulebook.findings import BadText
from banjie.rulebook.in_force import Edition, Owner
from banjie.rulebook.models import TextVersion, digest_of
from banjie.rulebook.queries import rules_on, versions_by_text
from banjie.rulebook.shelf import SHIPPED, Filed, filed_in, read_all
from banjie.rulebook.text import Text


def load_shipped(stamp: Stamp, *, folder: Path = SHIPPED) -> list[TextVersion]:
    """Add what the program ships and the database does not hold yet; county's and town's texts stay untouched.

    The first version of a text rules from the day it names, a later one not before the day of the upgrade.
    """
    shelf, today = Shelf(Owner.SHIPPED, ""), local_day(stamp.recorded_at)
    filed = filed_in(folder)
    with transaction.atomic():
        held = versions_by_text(shelf.owner, shelf.code)
        if all(_is_held(one, held.get((one.section, one.key), [])) for one in filed):
            return []
        texts, findings = read_all(filed)
        findings += check(texts, Known.of_program())
        if findings:
            raise BadText(findings)
        added = []
        for one, text in zip(filed, texts, strict=True):
            before = held.get((text.section, text.key), [])
            if not _is_held(one, before):
                first_on = text.from_on or today
                from_on = max(first_on, today) if before else first_on
                added.append(version_of(shelf, text, before, from_on=from_on))
        record_versions(added, stamp)
    return added


def _is_held(filed: Filed, before: Sequence[TextVersion]) -> bool:
    """Tell whether the last of the versions held says to the letter what is filed."""
    return bool(before) and before[-1].digest == digest_of(filed.source)


def load_files(
    filed: Sequence[Filed], *, town: str, from_on: date, stamp: Stamp, decision: Decision = UNTOLD
) -> list[TextVersion]:
    """Add files as versions of a town, or of a county when `town` has six digits, from their day or `from_on`.

    What says the same as the text in force on that day is passed over. Raises BadText when a file cannot be read or
    brings in a fault, Conflict when an earlier day than that of a later version is asked for.
    """
    shelf = shelf_of(town)
    texts, findings = read_all(list(filed))
    if findings:
        raise BadText(findings)
    days = {text.file: one.named_on or from_on for one, text in zip(filed, texts, strict=True)}
    with transaction.atomic():
        added: list[TextVersion] = []
        for day in sorted(set(days.values())):
            added += _load_day(
                shelf, [text for text in texts if days[text.file] == day], day, stamp, decision=decision
            )
    return added


def _load_day(
    shelf: Shelf, texts: Iterable[Text], day: date, stamp: Stamp, *, decision: Decision
) -> list[TextVersion]:
    ruling = rules_on(shelf.code, day).editions
    new = [text for text in texts if _differs(shelf, ruling.get((text.section, text.key)), text)]
    added = prepare(shelf, new, day=day, decision=decision)
    record_versions(added, stamp)
    return added


def _differs(shelf: Shelf, ruling: Edition | None, text: Text) -> bool:
    if text.is_repeal:
        return ruling is not None and ruling.owner is shelf.owner
    return ruling is None or ruling.source != text.source
