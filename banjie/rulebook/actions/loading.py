"""Every write of the rulebook: versions are added, from files, after the check of everything they will rule with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.check import Known, check
from banjie.rulebook.findings import BadText, Finding
from banjie.rulebook.in_force import COUNTY_DIGITS, Owner
from banjie.rulebook.models import EVERYBODY, TextVersion, digest_of
from banjie.rulebook.queries import rules_on, versions_by_text, versions_of
from banjie.rulebook.shelf import SHIPPED, Filed, filed_in, read_all
from banjie.rulebook.text import Text


@dataclass(frozen=True)
class _Shelf:
    """Whose texts are added: shipped, a county's or a town's."""

    owner: Owner
    code: str

    @property
    def town(self) -> str:
        """Return the division whose chain the entries join."""
        return self.code.ljust(len(EVERYBODY), "0")


def load_shipped(stamp: Stamp, *, folder: Path = SHIPPED) -> list[TextVersion]:
    """Add what the program ships and the database does not hold yet; county's and town's texts stay untouched.

    The first version of a text rules from the day it names, a later one not before the day of the upgrade.
    """
    shelf, today = _Shelf(Owner.SHIPPED, ""), local_day(stamp.recorded_at)
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
                added.append(_version(shelf, text, before, from_on=from_on))
        _record(added, stamp)
    return added


def _is_held(filed: Filed, before: Sequence[TextVersion]) -> bool:
    """Tell whether the last of the versions held says to the letter what is filed."""
    return bool(before) and before[-1].digest == digest_of(filed.source)


def load_files(filed: Sequence[Filed], *, town: str, from_on: date, stamp: Stamp) -> list[TextVersion]:
    """Add files as versions of a town, or of a county when `town` has six digits, from their day or `from_on`.

    What says the same as the text in force on that day is passed over. Raises BadText when a file cannot be read or
    brings in a fault, Conflict when an earlier day than that of a later version is asked for.
    """
    shelf = _Shelf(Owner.COUNTY if len(town) == COUNTY_DIGITS else Owner.TOWN, town)
    texts, findings = read_all(list(filed))
    if findings:
        raise BadText(findings)
    days = {text.file: one.named_on or from_on for one, text in zip(filed, texts, strict=True)}
    with transaction.atomic():
        added: list[TextVersion] = []
        for day in sorted(set(days.values())):
            added += _load_day(shelf, [text for text in texts if days[text.file] == day], day, stamp)
    return added


def _load_day(shelf: _Shelf, texts: Iterable[Text], day: date, stamp: Stamp) -> list[TextVersion]:
    rules = rules_on(shelf.code, day)
    ruling = rules.editions
    new = [text for text in texts if _differs(ruling.get((text.section, text.key)), text)]
    if not new:
        return []
    before = [edition.text for edition in ruling.values()]
    findings = list(_never_ruling(new, day))
    findings += _brought_in(before, new, Known.of_program(standing=rules.standing, bounds=rules.bounds))
    if findings:
        raise BadText(findings)
    added = []
    for text in new:
        versions = versions_of(shelf.owner, shelf.code, text.section, text.key)
        if versions and versions[-1].from_on > day:
            said = f"{text.title}已有{versions[-1].from_on}起施行的版本"
            raise Conflict(f"{said}，新版本不能从{day}开始。请改用不早于它的日期。")
        added.append(_version(shelf, text, versions, from_on=day))
    _record(added, stamp)
    return added


def _never_ruling(texts: Iterable[Text], day: date) -> Iterator[Finding]:
    """Yield the texts that would end before they begin on `day`."""
    for text in texts:
        if text.until_on and text.until_on < day:
            fault = f"停止日期{text.until_on}早于施行日期{day}，这个版本一天也不会生效"
            yield Finding(text.place("until"), fault, "请改晚停止日期，或删去 until 一行")


def _brought_in(before: Sequence[Text], new: Sequence[Text], known: Known) -> list[Finding]:
    """Return the findings that were not there before the new texts."""
    places = {(text.section, text.key) for text in new}
    after = [text for text in before if (text.section, text.key) not in places] + list(new)
    old = {(finding.fault, finding.remedy) for finding in check(before, known)}
    files = {text.file for text in new}
    return [
        finding
        for finding in check(after, known)
        if finding.place.file in files or (finding.fault, finding.remedy) not in old
    ]


def _differs(ruling: object, text: Text) -> bool:
    return getattr(ruling, "source", None) != text.source


def _version(shelf: _Shelf, text: Text, before: Sequence[TextVersion], *, from_on: date) -> TextVersion:
    return TextVersion(
        town=shelf.town,
        owner=shelf.owner,
        owner_code=shelf.code,
        section=text.section,
        key=text.key,
        number=before[-1].number + 1 if before else 1,
        text=text.source,
        digest=digest_of(text.source),
        from_on=from_on,
        until_on=text.until_on,
    )


def _record(versions: Sequence[TextVersion], stamp: Stamp) -> None:
    """Write the versions; Conflict when another loads the same texts at this moment."""
    deeds = [Deed("rulebook.version_added", version, words=str(version)) for version in versions]
    try:
        record_all(deeds, stamp)
    except IntegrityError:
        raise Conflict("另有人刚刚载入了同一个文本的新版本。请重新载入一次。") from None
