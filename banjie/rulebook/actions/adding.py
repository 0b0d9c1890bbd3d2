"""Adding versions of texts: what they will rule with is checked first, with the article of any law they break."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from banjie.base.errors import Conflict
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.check import Known, change_findings, check
from banjie.rulebook.findings import BadText, Finding
from banjie.rulebook.in_force import COUNTY_DIGITS, Owner
from banjie.rulebook.models import EVERYBODY, TextVersion, digest_of
from banjie.rulebook.queries import rules_on, versions_of
from banjie.rulebook.text import Text


@dataclass(frozen=True)
class Shelf:
    """Whose texts are added: shipped, a county's or a town's."""

    owner: Owner
    code: str

    @property
    def town(self) -> str:
        """Return the division whose chain the entries join."""
        return self.code.ljust(len(EVERYBODY), "0")


@dataclass(frozen=True)
class Decision:
    """By what a version came to be: the meeting and its paper, who wrote it down, who reviewed, from which draft."""

    meeting: str = ""
    document: str = ""
    at: datetime | None = None
    by: UUID | None = None
    reviewed_by: UUID | None = None
    draft_id: UUID | None = None


UNTOLD = Decision()


def shelf_of(code: str) -> Shelf:
    """Return the shelf of a town, or of a county when `code` has six digits."""
    return Shelf(Owner.COUNTY if len(code) == COUNTY_DIGITS else Owner.TOWN, code)


def prepare(
    shelf: Shelf, texts: Sequence[Text], *, day: date, decision: Decision = UNTOLD
) -> list[TextVersion]:
    """Return the versions that texts become from a day, not saved yet.

    Raises BadText when one brings in a fault or breaks a law, Conflict when a version of a later day stands already.
    """
    if not texts:
        return []
    versions = [_next_version(shelf, text, day=day, decision=decision) for text in texts]
    if findings := [*_never_ruling(texts, day), *brought_in(shelf, texts, day=day)]:
        raise BadText(findings)
    return versions


def brought_in(shelf: Shelf, texts: Sequence[Text], *, day: date) -> list[Finding]:
    """Return the findings that there would be on a day with the new texts and are not there without them.

    What a text would break of what was written under the one that rules is among them: every way by which a version
    is added or a draft is sent comes through here.
    """
    rules = rules_on(shelf.code, day)
    replaced = {(text.section, text.key) for text in texts}
    beneath = rules.without(owner=shelf.owner, places=replaced)
    known = Known.of_program(standing=beneath.standing, bounds=beneath.bounds)
    coming = {place: edition.text for place, edition in beneath.editions.items()}
    coming |= {(text.section, text.key): text for text in texts if not text.is_repeal}
    ruling = {place: edition.text for place, edition in rules.editions.items()}
    found = [*check(list(coming.values()), known), *change_findings(ruling, coming.values())]
    files = {text.file for text in texts}
    if all(finding.place.file in files for finding in found):
        return found
    before = check([edition.text for edition in rules.editions.values()], known)
    old = {(finding.fault, finding.remedy) for finding in before}
    return [
        finding
        for finding in found
        if finding.place.file in files or (finding.fault, finding.remedy) not in old
    ]


def version_of(
    shelf: Shelf, text: Text, before: Sequence[TextVersion], *, from_on: date, decision: Decision = UNTOLD
) -> TextVersion:
    """Return the next version of a text, not saved yet."""
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
        is_repeal=text.is_repeal,
        meeting=decision.meeting,
        document=decision.document,
        decided_at=decision.at,
        decided_by=decision.by,
        reviewed_by=decision.reviewed_by,
        draft_id=decision.draft_id,
    )


def record_versions(versions: Sequence[TextVersion], stamp: Stamp, *, first: Sequence[Deed] = ()) -> None:
    """Write the versions, after the deeds they follow from; Conflict when another adds the same texts right now."""
    deeds = [Deed("rulebook.version_added", version, words=str(version)) for version in versions]
    try:
        record_all([*first, *deeds], stamp)
    except IntegrityError:
        raise Conflict("另有人刚刚载入了同一个文本的新版本。请重新载入一次。") from None


def _next_version(shelf: Shelf, text: Text, *, day: date, decision: Decision) -> TextVersion:
    before = versions_of(shelf.owner, shelf.code, text.section, text.key)
    if before and before[-1].from_on > day:
        said = f"{text.title}已有{before[-1].from_on}起施行的版本"
        raise Conflict(f"{said}，新版本不能从{day}开始。请改用不早于它的日期。")
    return version_of(shelf, text, before, from_on=day, decision=decision)


def _never_ruling(texts: Iterable[Text], day: date) -> Iterator[Finding]:
    """Yield the texts that would end before they begin on `day`."""
    for text in texts:
        if text.until_on and text.until_on < day:
            fault = f"停止日期{text.until_on}早于施行日期{day}，这个版本一天也不会生效"
            yield Finding(text.place("until"), fault, "请改晚停止日期，或删去 until 一行")
