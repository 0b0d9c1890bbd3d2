"""Every read of the ledger: the entries of a subject, a row as it was, the proof that an entry is sealed."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from banjie.base.errors import Conflict, NotFound
from banjie.base.written_once import WrittenOnce
from banjie.ledger.canonical import plain
from banjie.ledger.merkle import Proof, prove
from banjie.ledger.models import ERASED, Entry, EntryBody, Ledgered, Seal, ledgered_fields
from banjie.ledger.record import Stamp


class Told(NamedTuple):
    """An entry with what its body says; `rows` is empty and `is_erased` true once the body is gone."""

    entry: Entry
    words: str
    ground: str
    rows: dict[str, dict[str, list[object]]]
    is_erased: bool


@dataclass(frozen=True)
class SealedProof:
    """That one entry lies under one seal: check `proof` with `merkle.holds` against the seal's root."""

    entry: Entry
    seal: Seal
    proof: Proof


def entries_of(subject: Ledgered) -> QuerySet[Entry]:
    """Return the entries about `subject` with their bodies, oldest first."""
    found = Entry.objects.filter(subject_id=subject.pk, subject_type=subject._meta.label_lower)
    return found.select_related("body").order_by("seq")


def recorded_for(town: str, staff_id: UUID, *, since: datetime) -> QuerySet[Entry]:
    """Return what others wrote down in someone's name since a moment (代录), newest first."""
    found = Entry.objects.filter(on_behalf_of=staff_id, recorded_at__gte=since, town=town)
    return found.select_related("body").order_by("-recorded_at", "-id")


def recorded_for_whom(town: str, *, since: datetime, until: datetime) -> dict[UUID, int]:
    """Return for each person in whose name something was written down in a span how often it was."""
    found = Entry.objects.filter(
        on_behalf_of__isnull=False, recorded_at__gte=since, recorded_at__lt=until, town=town
    )
    counted = found.order_by().values_list("on_behalf_of").annotate(count=Count("id"))
    return {staff_id: count for staff_id, count in counted if staff_id}


def told(entries: Iterable[Entry]) -> list[Told]:
    """Read the bodies of entries."""
    return [_told(entry, getattr(entry, "body", None)) for entry in entries]


def told_of(subject: Ledgered) -> list[Told]:
    """Return the entries about `subject` as its page shows them, oldest first, with what their bodies say."""
    bodies = {body.pk: body for body in _bodies(subject.pk)}
    entries = _entries(subject.pk, subject._meta.label_lower)
    return [_told(entry, bodies.get(entry.pk)) for entry in entries]


def words_about(subject_ids: Collection[UUID], deeds: Collection[str]) -> Iterator[tuple[UUID, str]]:
    """Yield the words of these deeds about many subjects, oldest first, in one query; erased ones have none."""
    bodies = EntryBody.objects.filter(entry__subject_id__in=subject_ids, entry__deed__in=deeds)
    for subject_id, content in bodies.order_by("entry__seq").values_list("entry__subject_id", "content"):
        if words := json.loads(content)["words"]:
            yield subject_id, words


def answered(stamp: Stamp) -> Entry | None:
    """Return the entry that answered this client key before, or None for a new one.

    Raises Conflict when the same person used the key for other content.
    """
    if not stamp.client_key:
        return None
    earlier = Entry.objects.filter(by=stamp.by, client_key=stamp.client_key).first()
    if earlier and earlier.content_digest != stamp.content_digest:
        raise Conflict("这一页已经提交过另一份内容。请打开新的一页再填，先前提交的已经保存。")
    return earlier


def as_of(row: Ledgered, moment: datetime) -> dict[str, object] | None:
    """Return the columns of `row` as recorded at `moment`, in canonical form; None if it was not yet there.

    What was recorded later is undone, newest first; a personal column that changed since reads as its digest, an
    erased one as it is now. Later is told by `seq`: the clock of a machine may be set back (T5).
    """
    about = Entry.objects.filter(subject_id=row.ledger_subject_id)
    last = about.filter(recorded_at__lte=moment).order_by("-seq").values_list("seq", flat=True).first()
    if last is None:
        return None
    columns = {f.attname: plain(getattr(row, f.attname)) for f in ledgered_fields(type(row))}
    for entry in about.filter(seq__gt=last).select_related("body").order_by("-seq"):
        changes = _told(entry, getattr(entry, "body", None)).rows.get(row.ledger_key, {})
        if entry.deed != ERASED and "id" in changes:
            return None
        columns.update({column: before for column, (before, _) in changes.items()})
    return columns


def proof_of(entry: Entry) -> SealedProof:
    """Return the proof that `entry` lies under the seal of its range; NotFound until that range is sealed."""
    sealed = Seal.objects.filter(town=entry.town, from_seq__lte=entry.seq, to_seq__gte=entry.seq).first()
    if sealed is None:
        raise NotFound("这一条还没有封存。每天封存一次，请明天再来核对。")
    inside = Entry.objects.filter(town=entry.town, seq__gte=sealed.from_seq, seq__lte=sealed.to_seq)
    leaves: Sequence[str] = list(inside.order_by("seq").values_list("hash", flat=True))
    return SealedProof(entry=entry, seal=sealed, proof=prove(leaves, entry.seq - sealed.from_seq))


def last_seal(town: str) -> Seal | None:
    """Return the newest seal of a town, for screens and papers."""
    return Seal.objects.filter(town=town).order_by("-to_seq").first()


_SHOWN = ("seq", "deed", "by", "on_behalf_of", "happened_at", "recorded_at", "article")
"""What a page shows of an entry; the rest is fetched when it is asked for."""
_entries = WrittenOnce(
    lambda subject_id, kind: (
        Entry.objects.filter(subject_id=subject_id, subject_type=kind).only(*_SHOWN).order_by("seq")
    ),
    UUID,
    str,
)
_bodies = WrittenOnce(
    lambda subject_id: EntryBody.objects.filter(entry__subject_id=subject_id).only("content"), UUID
)


def _told(entry: Entry, body: EntryBody | None) -> Told:
    if body is None:
        return Told(entry=entry, words="", ground="", rows={}, is_erased=True)
    content = json.loads(body.content)
    return Told(
        entry=entry,
        words=content["words"],
        ground=content["ground"],
        rows=content["rows"],
        is_erased=False,
    )
