"""Files of texts loaded as versions, after the check of everything they will rule with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction

from banjie.base.clock import local_day
from banjie.ledger.kept import current_mark
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
from banjie.rulebook.check import Known, change_findings, check
from banjie.rulebook.findings import BadText
from banjie.rulebook.in_force import Edition, Owner
from banjie.rulebook.models import TextVersion, digest_of
from banjie.rulebook.queries import rules_on, versions_by_text
from banjie.rulebook.shelf import SHIPPED, Filed, filed_in, read_all
from banjie.rulebook.text import Text


def load_shipped(stamp: Stamp, *, folder: Path = SHIPPED) -> list[TextVersion]:
    """Add what the program ships and the database does not hold yet; county's and town's texts stay untouched.

    The first version of a text rules from the day it names, a later one not before the day of the upgrade. All is
    read and checked before the write turn is taken. Raises Conflict when somebody else adds the same meanwhile.
    """
    shelf, today = Shelf(Owner.SHIPPED, ""), local_day(stamp.recorded_at)
    held, filed = versions_by_text(shelf.owner, shelf.code), filed_in(folder)
    if all(_is_held(one, held.get((one.section, one.key), [])) for one in filed):
        return []
    texts, findings = read_all(filed)
    findings += check(texts, Known.of_program())
    changed = [one for one in filed if not _is_held(one, held.get((one.section, one.key), []))]
    ruling, _ = read_all(
        [_filed_before(one, held[place]) for one in changed if (place := (one.section, one.key)) in held]
    )
    findings += change_findings({(text.section, text.key): text for text in ruling}, texts)
    if findings:
        raise BadText(findings)
    added = []
    for one, text in zip(filed, texts, strict=True):
        before = held.get((text.section, text.key), [])
        if not _is_held(one, before):
            first_on = text.from_on or today
            from_on = max(first_on, today) if before else first_on
            added.append(version_of(shelf, text, before, from_on=from_on))
    with transaction.atomic():
        record_versions(added, stamp)
    return added


def _is_held(filed: Filed, before: Sequence[TextVersion]) -> bool:
    """Tell whether the last of the versions held says to the letter what is filed."""
    return bool(before) and before[-1].digest == digest_of(filed.source)


def _filed_before(filed: Filed, before: Sequence[TextVersion]) -> Filed:
    """Return what was filed before a text was changed: the last version held."""
    return replace(filed, source=before[-1].text)


def load_files(
    filed: Sequence[Filed], *, town: str, from_on: date, stamp: Stamp, decision: Decision = UNTOLD
) -> list[TextVersion]:
    """Add files as versions of a town, or of a county when `town` has six digits, from their day or `from_on`.

    What says the same as the text in force on that day is passed over. Raises BadText when a file cannot be read or
    brings in a fault, Conflict when an earlier day than that of a later version is asked for. The first day's texts
    are checked before the write turn is taken, and again within it only where the office has changed since; a later
    day's stand on those of the day before.
    """
    shelf = shelf_of(town)
    texts, findings = read_all(list(filed))
    if findings:
        raise BadText(findings)
    days = {text.file: one.named_on or from_on for one, text in zip(filed, texts, strict=True)}
    by_day = {day: [text for text in texts if days[text.file] == day] for day in sorted(set(days.values()))}
    mark, first_on = current_mark(), min(by_day, default=from_on)
    checked = _prepared(shelf, by_day.get(first_on, []), first_on, decision=decision)
    added: list[TextVersion] = []
    with transaction.atomic():
        for day, coming in by_day.items():
            is_checked = day == first_on and current_mark() == mark
            new = checked if is_checked else _prepared(shelf, coming, day, decision=decision)
            record_versions(new, stamp)
            added += new
    return added


def _prepared(shelf: Shelf, texts: Iterable[Text], day: date, *, decision: Decision) -> list[TextVersion]:
    """Return the versions of what differs from the text in force on a day, checked and not yet written."""
    ruling = rules_on(shelf.code, day).editions
    new = [text for text in texts if _differs(shelf, ruling.get((text.section, text.key)), text)]
    return prepare(shelf, new, day=day, decision=decision)


def _differs(shelf: Shelf, ruling: Edition | None, text: Text) -> bool:
    if text.is_repeal:
        return ruling is not None and ruling.owner is shelf.owner
    return ruling is None or ruling.source != text.source
