"""What a batch holds while it is on its way: the sheets as read and the outcome, sealed, and gone when it has ended.

A sheet may hold the names, phones and ID numbers of a whole village: nothing of it lies in clear in the database,
and nothing of it at all once the batch is imported, undone, stopped or forgotten for a week (个人信息保护法 第十九条).
"""

import zlib

from banjie.base.errors import Conflict
from banjie.fields.crypto import seal_bytes, unseal_bytes
from banjie.sheets.models import Batch, BatchContent
from banjie.sheets.outcome import Outcome
from banjie.sheets.reading import RawSheet, RawTable

TABLE = "sheets_batchcontent"
GONE = "这一批的内容已经清除。请重新上传文件。"
_BETWEEN = "\n"


def keep_table(batch: Batch, raw: RawTable) -> None:
    """Keep the sheets of a new batch."""
    text = _BETWEEN.join(sheet.to_json() for sheet in raw.filled)
    BatchContent.objects.create(batch=batch, table=_sealed(batch, "table", text))


def keep_outcome(batch: Batch, outcome: Outcome) -> None:
    """Keep what came of checking."""
    BatchContent.objects.filter(pk=batch.pk).update(outcome=_sealed(batch, "outcome", outcome.to_json()))


def table_of(batch: Batch) -> RawTable:
    """Return the sheets of a batch; raises Conflict when they are gone."""
    content = BatchContent.objects.filter(pk=batch.pk).values_list("table", flat=True).first()
    if content is None:
        raise Conflict(GONE)
    lines = _opened(batch, "table", content).split(_BETWEEN)
    return RawTable(batch.file_name, tuple(RawSheet.from_json(line) for line in lines))


def outcome_of(batch: Batch) -> Outcome:
    """Return what came of checking, an empty outcome before that and after the content is gone."""
    content = BatchContent.objects.filter(pk=batch.pk).values_list("outcome", flat=True).first()
    return Outcome.from_json(_opened(batch, "outcome", content)) if content else Outcome()


def drop_content(batch: Batch) -> None:
    """Remove everything that was read from the sheet."""
    BatchContent.objects.filter(pk=batch.pk).delete()


def _sealed(batch: Batch, column: str, text: str) -> bytes:
    return seal_bytes(zlib.compress(text.encode(), 3), table=TABLE, column=column, row=batch.pk)


def _opened(batch: Batch, column: str, content: bytes | memoryview) -> str:
    return zlib.decompress(unseal_bytes(bytes(content), table=TABLE, column=column, row=batch.pk)).decode()
