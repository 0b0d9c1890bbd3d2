"""Every read of sheets: the importers and batches that someone may see, columns remembered, a batch laid out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.ledger.models import Entry
from banjie.sheets.declared import (
    FAMILIES,
    IMPORTERS,
    Column,
    Importer,
    Setting,
    importer_named,
    known_importer,
)
from banjie.sheets.kept import table_of
from banjie.sheets.layout import Head, Table, lay_out
from banjie.sheets.matching import LEFT_OUT, Matching, head_digest, known_heads, told_matching
from banjie.sheets.models import Batch, BatchChunk, ColumnMemory
from banjie.sheets.reading import RawSheet, RawTable

MOST_MEMORIES = 20


@dataclass(frozen=True)
class Sheet:
    """A batch with its importer and what stands in its sheet; everything is read once, when first asked for."""

    batch: Batch
    importer: Importer
    setting: Setting

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns that the importer takes."""
        return tuple(self.importer.columns(self.setting))

    @cached_property
    def raw(self) -> RawTable:
        """Return the file as it was read; raises Conflict when it is gone."""
        return table_of(self.batch)

    @cached_property
    def raw_sheet(self) -> RawSheet:
        """Return the sheet that was chosen, or the first."""
        chosen = self.raw.sheet(self.batch.sheet_name)
        return chosen or self.raw.filled[0]

    @cached_property
    def table(self) -> Table:
        """Return the sheet laid out."""
        examples = [column.example for column in self.columns]
        return lay_out(self.raw_sheet, known=known_heads(self.columns), examples=examples)

    @property
    def matching(self) -> Matching:
        """Return the matching that was settled."""
        return told_matching({int(place): key for place, key in self.batch.matching.items()})


def importers_of(actor: Actor) -> list[Importer]:
    """Return the importers that someone may use, in the order in which rooms declared them."""
    return [importer for importer in IMPORTERS.values() if actor.may(importer.permission)]


def importer_for(actor: Actor, key: str) -> Importer:
    """Return an importer that someone may use; raises NotFound."""
    found = importer_named(key)
    if found is None or not actor.may(found.permission):
        raise NotFound("没有这一种导入，或您的岗位不能用它。请从“导入导出”页重新选择。")
    return found


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """Return one's own batches, and for whom the whole town is in scope those of all whose kind he may import."""
    kinds = [importer.key for importer in importers_of(actor)]
    kept = Q(importer__in=kinds)
    for name, make in FAMILIES.items():
        if actor.may(make(name).permission):
            kept |= Q(importer__startswith=f"{name}.")
    found = Batch.objects.filter(kept, town=actor.town)
    return found if actor.scope == actor.town else found.filter(made_by=actor.id)


def batch_for(actor: Actor, batch_id: UUID) -> Batch:
    """Return a batch that someone may see; raises NotFound. Its content is for its maker alone: `own_batch`."""
    batch = batches_visible_to(actor).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("没有这一批导入，或它不归您办理。请从“导入导出”页重新打开。")
    return batch


def own_batch(actor: Actor, batch_id: UUID) -> Batch:
    """Return a batch that someone made himself, whose content he may therefore read; raises NotFound."""
    batch = batch_for(actor, batch_id)
    if batch.made_by != actor.id:
        raise NotFound("这一批是同事上传的，内容只有他本人能看。请向他了解，或自己重新上传。")
    return batch


def sheet_of(batch: Batch, *, by: Actor, at: datetime) -> Sheet:
    """Return a batch with its importer, for the person who works on it."""
    options = {str(key): str(value) for key, value in batch.options.items()}
    setting = Setting(by=by, town=batch.town, at=at, options=options)
    return Sheet(batch, known_importer(batch.importer), setting)


def touched_since(batch_id: UUID, ids: Sequence[UUID], *, besides: Collection[str] = ()) -> set[UUID]:
    """Return those of a chunk's subjects that have an entry since the chunk was written, for an importer's `touched`.

    `ids` are all the ids of one chunk, in its order; deeds `besides` change nothing, such as a look in full.
    """
    chunk = BatchChunk.objects.filter(batch_id=batch_id, first_id=ids[0]).first() if ids else None
    if chunk is None:
        return set()
    later = Entry.objects.filter(subject_id__in=ids, town=chunk.batch.town, seq__gt=chunk.to_seq)
    return set(later.exclude(deed__in=besides).values_list("subject_id", flat=True))


def subjects_of(batch_id: UUID) -> set[UUID]:
    """Return everything that a batch has written and that was not taken back."""
    told = BatchChunk.objects.filter(batch_id=batch_id, is_undone=False).values_list("subject_ids", flat=True)
    return {UUID(subject) for ids in told for subject in ids}


def remembered(batch: Batch, heads: Sequence[Head]) -> Mapping[str, str]:
    """Return plain head → key, or LEFT_OUT, as this office matched it before.

    The very same head decides; else other sheets of the kind tell what a head means, but not what to leave out.
    """
    memories = ColumnMemory.objects.filter(
        town=batch.town, office=batch.office, importer=batch.importer
    ).order_by("-used_at")[:MOST_MEMORIES]
    digest = head_digest(heads)
    told: dict[str, str] = {}
    for memory in memories:
        if memory.head_digest == digest:
            return dict(memory.keys)
        told = {head: key for head, key in memory.keys.items() if key != LEFT_OUT} | told
    return told
