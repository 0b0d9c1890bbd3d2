"""One record as its page shows it: every field in words, its files, its entries, its dates, its kin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from banjie.base.clock import local_day
from banjie.books.book import Book, BookField
from banjie.books.models import Record, RecordDue
from banjie.books.queries import (
    FoundRecord,
    RecordNames,
    names_for,
    records_about,
    say_record,
    sees_field,
    title_of,
)
from banjie.cases.queries import cases_by_id
from banjie.desk.books.rows import address_of
from banjie.desk.cases.watch import say_moment
from banjie.fields.spec import FieldType, is_asked
from banjie.fields.stored import parts_of, say
from banjie.files.checks.media import KIND_LABELS, FileKind
from banjie.files.models import StoredFile
from banjie.ledger.queries import Told, entries_of, told
from banjie.people.queries import StaffActor, staff_names

DEEDS = {
    "record.written": "记录",
    "record.amended": "更正",
    "record.voided": "作废",
    "record.revealed": "查看完整信息",
}
MOST = 50


@dataclass(frozen=True)
class Fact:
    """A field in words, with the page that it leads to."""

    label: str
    words: str
    href: str = ""

    @property
    def value(self) -> str:
        """Return the words, as the part facts.html calls them."""
        return self.words


@dataclass(frozen=True)
class Change:
    """One field that an entry changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Look:
    """One entry about a record."""

    deed: str
    who: str
    moment: str
    iso: str
    words: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RecordSight:
    """Everything that the page of a record shows."""

    title: str
    state: str
    facts: tuple[Fact, ...]
    old_fields: bool
    files: tuple[dict[str, object], ...]
    entries: tuple[Look, ...]
    kin: tuple[dict[str, str], ...]
    dues: tuple[Fact, ...]
    sealed: tuple[BookField, ...]


def sight_of(actor: StaffActor, found: FoundRecord, *, at: datetime) -> RecordSight:
    """Return a record as the actor sees it."""
    book, record = found.book, found.record
    names = names_for(actor, book, [record])
    state = book.state_field.choice_label(record.state) if book.state_field and record.state else ""
    return RecordSight(
        title=title_of(record, book),
        state=state,
        facts=tuple(_facts(actor, book, record, names)),
        old_fields=any(
            not is_asked(spec, local_day(at)) and spec.key in record.values for spec in book.fields
        ),
        files=tuple(_files(actor, book, record)),
        entries=tuple(_entries(actor, book, record, names)),
        kin=tuple(_kin(actor, record, at=at)),
        dues=tuple(_dues(book, record)),
        sealed=tuple(
            spec for spec in book.fields if spec.key in record.sealed and sees_field(actor, book, spec)
        ),
    )


def _facts(actor: StaffActor, book: Book, record: Record, names: RecordNames) -> Iterator[Fact]:
    for said in say_record(actor, book, record, names):
        if not said.field.type.is_kept_file:
            yield Fact(said.label, said.words, _href(actor, said.field, record))
    writer = staff_names([record.author_id]).get(record.author_id, "系统")
    yield Fact("谁记的", f"{writer}，{say_moment(record.written_at)}")


def _href(actor: StaffActor, spec: BookField, record: Record) -> str:
    """Return the page that a reference leads to; its page asks again who may see it."""
    key = record.values.get(spec.key)
    if not key:
        return ""
    if spec.type is FieldType.RESIDENT:
        return reverse("residents:page", args=[key])
    if spec.type is FieldType.ENTERPRISE:
        return reverse("enterprises:page", args=[key])
    if spec.type is FieldType.RECORD:
        return reverse("books:record", args=[spec.of, key])
    if spec.type is FieldType.CASE:
        seen = cases_by_id(actor, [UUID(str(key))]).first()
        return reverse("cases:page", args=[seen.number]) if seen else ""
    return ""


def _files(actor: StaffActor, book: Book, record: Record) -> Iterator[dict[str, object]]:
    named: dict[str, BookField] = {}
    for spec in book.fields:
        if spec.type.is_kept_file and sees_field(actor, book, spec):
            named |= dict.fromkeys(parts_of(record.values.get(spec.key)), spec)
    kept = StoredFile.objects.filter(town=record.town, pk__in=[UUID(pk) for pk in named]) if named else ()
    for file in kept:
        where = [book.key, record.pk, file.pk]
        yield {
            "name": file.name,
            "kind": KIND_LABELS[FileKind(file.kind)],
            "size_words": filesizeformat(file.size),
            "href": reverse("books:file", args=where),
            "thumb": reverse("books:preview", args=where) if file.is_inline_safe else "",
            "note": named[str(file.pk)].label,
        }


def _entries(actor: StaffActor, book: Book, record: Record, names: RecordNames) -> Iterator[Look]:
    entries = list(told(entries_of(record)))[-MOST:]
    people = staff_names(one.entry.by for one in entries)
    for one in reversed(entries):
        is_first = one.entry.deed == "record.written"
        yield Look(
            deed=DEEDS.get(one.entry.deed, "系统记录"),
            who=people.get(one.entry.by, "系统"),
            moment=say_moment(one.entry.recorded_at),
            iso=one.entry.recorded_at.isoformat(),
            words="" if is_first else one.words,
            changes=() if is_first else tuple(_changes(actor, book, record, one, names)),
        )


def _changes(
    actor: StaffActor, book: Book, record: Record, entry: Told, names: RecordNames
) -> Iterator[Change]:
    """Yield the fields whose values an entry changed; a personal one is named and not shown."""
    columns = entry.rows.get(record.ledger_key, {})
    before, after = (_mapping(side) for side in columns.get("values", [None, None]))
    for spec in book.fields:
        if before.get(spec.key) != after.get(spec.key) and sees_field(actor, book, spec):
            yield Change(
                spec.label,
                say(spec, before.get(spec.key), names=names.names),
                say(spec, after.get(spec.key), names=names.names) or "（清空）",
            )
    if "sealed" in columns:
        yield Change("加密的个人信息", "", "有改动")


def _mapping(value: object) -> Mapping[str, str | int | bool]:
    return value if isinstance(value, dict) else {}


def _kin(actor: StaffActor, record: Record, *, at: datetime) -> Iterator[dict[str, str]]:
    if record.note_id:
        for one in records_about(actor, on=local_day(at), note_id=record.note_id):
            if one.record.pk != record.pk:
                yield {
                    "href": address_of(one.record),
                    "label": f"{one.book.title} {title_of(one.record, one.book)}",
                }


def _dues(book: Book, record: Record) -> Iterator[Fact]:
    for due in RecordDue.objects.filter(record=record).order_by("due_on"):
        words = book.dues[due.place].words if due.place < len(book.dues) else ""
        yield Fact(words, due.due_on.isoformat())
