"""Every write of the ledger: record deeds, answer a repeat once, seal a closed range, erase bodies."""

import json
import secrets
from collections import Counter as CountOf
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction

from banjie.base.errors import BanjieError, Conflict, InvalidInput
from banjie.ledger.canonical import CHAINED, digest, entry_hash, personal_digest, plain, written
from banjie.ledger.kept import move_mark
from banjie.ledger.merkle import root_of
from banjie.ledger.models import (
    ERASED,
    GENESIS,
    ChainHead,
    Entry,
    EntryBody,
    Ledgered,
    Seal,
    ledgered_fields,
    untold,
)
from banjie.ledger.queries import answered
from banjie.ledger.record import Changes, Deed, Stamp
from banjie.ledger.rows import change, head_of, insert, last_number, move_head

Row = TypeVar("Row")
Ready = TypeVar("Ready")
RowChanges = dict[str, list[object]]
BATCH = 500
_chained = attrgetter(*CHAINED)
_NOTHING = (None, "")


def record(deed: Deed, stamp: Stamp) -> Entry:
    """Apply one deed's changes to its rows and write its entry: the one way in which a row changes."""
    return record_all([deed], stamp)[0]


def record_all(deeds: Sequence[Deed], stamp: Stamp) -> list[Entry]:
    """Record deeds of one town in order, as the last act of the transaction around them.

    Rows are written first; then the head of the town's chain is taken, numbers are given and entries appended.
    Of several entries the first alone bears the client key, which is unique: it is what a repeat is answered with.
    Raises Conflict when a row is no longer as it was read, InvalidInput for a text longer than its column.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record belongs inside the transaction of a deed")
    if not deeds:
        return []
    town = deeds[0].subject.town
    _check_belongings(deeds, town)
    salts = [secrets.token_hex(16) for _ in deeds]
    numbered = any(deed.number for deed in deeds)
    bodies = [] if numbered else _apply_all(deeds, salts)
    head = _take_head(town)
    if numbered:
        bodies = _apply_all(_numbered(town, deeds), salts)
    entries: list[tuple[Entry, EntryBody]] = []
    for deed, salt, rows in zip(deeds, salts, bodies, strict=True):
        signed = replace(stamp, client_key="") if entries else stamp
        entries.append(_append(head, deed, signed, salt=salt, rows=rows))
    insert([entry for entry, _ in entries])
    insert([body for _, body in entries])
    move_head(head)
    if any(row.is_kept for deed in deeds for row, _ in deed.rows):
        move_mark()
    return [entry for entry, _ in entries]


def once(stamp: Stamp, act: Callable[[], Row], *, again: Callable[[UUID], Row]) -> Row:
    """Run `act` in one transaction; a repeat of the stamp's client key gets `again` of the first answer's subject.

    The database refuses a key that stands already, so the first answer is looked up only when `act` fails.
    Raises Conflict when the key was used for other content.
    """
    return prepared_once(stamp, lambda: None, lambda _: act(), again=again)


def prepared_once(
    stamp: Stamp, prepare: Callable[[], Ready], act: Callable[[Ready], Row], *, again: Callable[[UUID], Row]
) -> Row:
    """Do as `once`, with what needs no lock worked out by `prepare` before the transaction begins."""
    try:
        ready = prepare()
        with transaction.atomic():
            return act(ready)
    except (IntegrityError, BanjieError):
        earlier = answered(stamp)
        if earlier is None:
            raise
        return again(earlier.subject_id)


def seal(town: str, *, at: datetime) -> Seal | None:
    """Close the range of entries since the last seal under one Merkle root; None when there is nothing new."""
    with transaction.atomic():
        head = _take_head(town)
        last = Seal.objects.filter(town=town).order_by("-to_seq").first()
        from_seq = last.to_seq + 1 if last else 1
        if head.seq < from_seq:
            return None
        hashes = Entry.objects.filter(town=town, seq__gte=from_seq, seq__lte=head.seq)
        sealed = Seal(
            town=town,
            from_seq=from_seq,
            to_seq=head.seq,
            root=root_of(hashes.order_by("seq").values_list("hash", flat=True).iterator(chunk_size=BATCH)),
            previous_hash=last.hash if last else GENESIS,
            sealed_at=at,
        )
        sealed.hash = seal_hash(sealed)
        sealed.save(force_insert=True)
        return sealed


def seal_hash(sealed: Seal) -> str:
    """Return the hash that chains a seal to the one before it."""
    fields = (
        sealed.previous_hash,
        sealed.town,
        sealed.from_seq,
        sealed.to_seq,
        sealed.root,
        sealed.sealed_at,
    )
    return digest(*(str(plain(field)) for field in fields))


def erase(
    subject: Ledgered,
    *,
    changes: Changes,
    parts: Sequence[tuple[Ledgered, Changes]] = (),
    words: str,
    stamp: Stamp,
) -> Entry:
    """Remove what the bodies of a subject's entries say and record that it was done (个人信息保护法 第四十七条).

    `changes` clears the row's own columns, `parts` names every row that belongs to it with what clears it. The chain
    holds, since it covers digests only. The new body says how each row stands from now on and nothing of what stood
    there before, so that verify still knows it whole.
    """
    bodies = EntryBody.objects.filter(entry__subject_id=subject.pk)
    deed = Deed(ERASED, subject, changes=changes, parts=parts, words=words)
    told = {key for body in bodies for key in json.loads(body.content)["rows"]}
    if left_out := told - {row.ledger_key for row, _ in deed.rows}:
        raise RuntimeError(f"erasing {subject.ledger_key} leaves out {sorted(left_out)}")
    bodies.delete()
    return record(deed, stamp)


def scrub() -> None:
    """Leave nothing of what was erased in SQLite's write-ahead log; its pages were zeroed as they came free (T19)."""
    connection = transaction.get_connection()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _take_head(town: str) -> ChainHead:
    if head := head_of.first(town):
        return head
    ChainHead.objects.bulk_create([ChainHead(town=town)], ignore_conflicts=True)
    return head_of(town)[0]


def _check_belongings(deeds: Iterable[Deed], town: str) -> None:
    """Refuse rows that verify could not fold: of another town's chain, or parts of another subject."""
    for deed in deeds:
        for row, _ in deed.rows:
            if row.town != town:
                raise RuntimeError(f"{row.ledger_key} is of {row.town}, but the deed is of {town}")
            if row.ledger_subject_id != deed.subject.ledger_subject_id:
                raise RuntimeError(f"{row.ledger_key} is no part of {deed.subject.ledger_key}")


def _numbered(town: str, deeds: Sequence[Deed]) -> list[Deed]:
    """Return the deeds, those that ask for a number with the next of its series among their changes."""
    wanted = CountOf((deed.number.name, deed.number.year) for deed in deeds if deed.number)
    given: dict[tuple[str, int], int] = {}
    told: list[Deed] = []
    for deed in deeds:
        if deed.number is None:
            told.append(deed)
            continue
        series, key = deed.number, (deed.number.name, deed.number.year)
        last = given[key] if key in given else last_number(town, series, more=wanted[key])
        given[key] = last + 1
        number = f"{series.prefix}{last + 1:0{series.digits}d}"
        told.append(replace(deed, changes={**deed.changes, series.column: number}))
    return told


def _apply_all(deeds: Sequence[Deed], salts: Sequence[str]) -> list[dict[str, RowChanges]]:
    """Write all rows, new ones of a kind together, and return for each deed what changed in each row."""
    new: dict[type[Ledgered], list[Ledgered]] = defaultdict(list)
    bodies: list[dict[str, RowChanges]] = []
    for deed, salt in zip(deeds, salts, strict=True):
        body: dict[str, RowChanges] = {}
        for row, changes in deed.rows:
            told = _apply(row, changes, salt=salt, new=new)
            body[row.ledger_key] = _restated(row, salt=salt) if deed.name == ERASED else told
        bodies.append(body)
    for added in new.values():
        insert(added)
    return bodies


def _apply(
    row: Ledgered, changes: Changes, *, salt: str, new: dict[type[Ledgered], list[Ledgered]]
) -> RowChanges:
    adding = row._state.adding
    before = {} if adding else {f: getattr(row, f.attname) for f in ledgered_fields(type(row))}
    for column, value in changes.items():
        setattr(row, column, value)
    _check_fits(row, changes.keys() if before else None)
    if adding:
        new[type(row)].append(row)
        default = untold(type(row))
        told = [(f, None, getattr(row, f.attname)) for f in ledgered_fields(type(row))]
        told = [one for one in told if one[2] not in _NOTHING or default.get(one[0].attname) not in _NOTHING]
        return _spoken(row, told, salt=salt)
    changed = [
        (f, old, getattr(row, f.attname)) for f, old in before.items() if old != getattr(row, f.attname)
    ]
    if changed and not change(row, changed):
        raise Conflict("这一条刚被别人改动过。请刷新页面，看过新的内容再办。")
    return _spoken(row, changed, salt=salt)


def _check_fits(row: Ledgered, columns: Iterable[str] | None) -> None:
    """Refuse what only one of the two databases would take: a text longer than its column, a NUL in a text."""
    for f in _texts_of(type(row)):
        if columns is not None and f.attname not in columns:
            continue
        text = getattr(row, f.attname)
        if not isinstance(text, str):
            continue
        if f.max_length is not None and len(text) > f.max_length:
            problem = f"“{f.verbose_name}”最多{f.max_length}个字，现在有{len(text)}个。请缩短后再提交。"
            raise InvalidInput(problem, fields={f.attname: problem})
        if "\x00" in text:
            problem = f"“{f.verbose_name}”里有不能保存的控制字符。请删去后再提交。"
            raise InvalidInput(problem, fields={f.attname: problem})


@cache
def _texts_of(model: type[Ledgered]) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(f for f in ledgered_fields(model) if isinstance(f, models.CharField | models.TextField))


def _restated(row: Ledgered, *, salt: str) -> RowChanges:
    """Return how every column of a row stands, as before and after alike: of what stood before nothing is told."""
    now = [(f, getattr(row, f.attname)) for f in ledgered_fields(type(row))]
    return _spoken(row, [(f, value, value) for f, value in now], salt=salt)


def _spoken(
    row: Ledgered, changed: Iterable[tuple["models.Field[Any, Any]", object, object]], *, salt: str
) -> RowChanges:
    """Return column → [before, after] as a body holds it, personal columns as salted digests."""

    def say(column: str, value: object) -> object:
        told = plain(value)
        return personal_digest(salt, told) if told and column in row.personal_columns else told

    return {f.attname: [say(f.attname, old), say(f.attname, value)] for f, old, value in changed}


def _append(
    head: ChainHead, deed: Deed, stamp: Stamp, *, salt: str, rows: dict[str, RowChanges]
) -> tuple[Entry, EntryBody]:
    """Make the next entry of the chain and move the head, in memory, onto it."""
    content = written({"words": deed.words, "ground": stamp.ground, "rows": rows})
    entry = Entry(
        town=head.town,
        seq=head.seq + 1,
        subject_type=deed.subject._meta.label_lower,
        subject_id=deed.subject.pk,
        deed=deed.name,
        by=stamp.by,
        on_behalf_of=stamp.on_behalf_of,
        happened_at=stamp.happened_at,
        recorded_at=stamp.recorded_at,
        article=stamp.article,
        client_key=stamp.client_key,
        content_digest=stamp.content_digest,
        body_digest=digest(salt, content),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(_chained(entry))
    head.seq, head.hash = entry.seq, entry.hash
    return entry, EntryBody(entry=entry, salt=salt, content=content)
