"""导入表格: check a file, read it, keep it sealed, and settle its columns as far as they are sure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput
from banjie.files.checks import examine
from banjie.files.checks.secrecy import secrecy_mark_in, stopped
from banjie.files.storage import scratch_folder
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.sheets.actions.columns import settle_columns
from banjie.sheets.kept import keep_table
from banjie.sheets.models import NO_OFFICE, Batch, State
from banjie.sheets.queries import importer_for
from banjie.sheets.reading import RawTable, read_file, read_pasted

MEGABYTE = 1_000_000
NO_PIXELS = 1
KINDS = ("xlsx", "xls", "csv")
NOT_A_SHEET = "请上传 Excel 或 WPS 表格（.xlsx、.xls）或 .csv 文件；别的文件请先另存为 .xlsx。"
NOTHING = "没有选文件，也没有粘贴内容。请选一个文件，或把表格里的内容粘贴到框里。"
EMPTY = "这个文件里没有内容。请确认选对了文件，数据已经保存。"


class Upload(Protocol):
    """What a face hands over: Django's UploadedFile fits."""

    @property
    def name(self) -> str | None:
        """Return the name that the browser gave."""

    @property
    def size(self) -> int | None:
        """Return the size in bytes."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in pieces."""


@dataclass(frozen=True)
class Sent:
    """What someone sends: a file, or cells from the clipboard, with his answers to the importer's questions."""

    upload: Upload | None = None
    pasted: str = ""
    options: Mapping[str, str] | None = None


def take_in_sheet(
    actor: Actor, stamp: Stamp, *, importer_key: str, sent: Sent, office: UUID | None, max_bytes: int
) -> Batch:
    """Check and read what was sent and keep it as a new batch; a repeat of the client key gets the first one.

    Nothing is written of its rows. Raises InvalidInput for what cannot be read, NotFound for an importer that this
    person may not use.
    """
    importer = importer_for(actor, importer_key)
    raw = _read(sent, town=actor.town, max_bytes=max_bytes)
    batch = Batch(
        town=actor.town,
        importer=importer.key,
        made_by=actor.id,
        asked_by=actor.id,
        made_at=stamp.recorded_at,
        moved_at=stamp.recorded_at,
        file_name=raw.name,
        sheet_name=raw.filled[0].name,
        office=office or NO_OFFICE,
        options=dict(sent.options or {}),
        state=State.READ,
    )

    def act() -> Batch:
        record(Deed("sheet.taken_in", batch), stamp)
        keep_table(batch, raw)
        return batch

    kept = once(stamp, act, again=lambda batch_id: Batch.objects.get(pk=batch_id))
    if kept is batch:
        settle_columns(batch, by=actor, at=stamp.recorded_at)
    return kept


def _read(sent: Sent, *, town: str, max_bytes: int) -> RawTable:
    if sent.upload is not None and sent.upload.name:
        raw = _read_upload(sent.upload, town=town, max_bytes=max_bytes)
    elif sent.pasted.strip():
        raw = _read_paste(sent.pasted)
    else:
        raise InvalidInput(NOTHING, fields={"upload": NOTHING})
    if not raw.filled:
        raise InvalidInput(EMPTY, fields={"upload": EMPTY})
    return raw


def _read_upload(upload: Upload, *, town: str, max_bytes: int) -> RawTable:
    """Read a file in a folder that is gone afterwards; what is refused is said at the file's own field."""
    try:
        _refuse_early(upload, max_bytes=max_bytes)
        with scratch_folder(town) as scratch:
            received = scratch / "sheet"
            with received.open("wb") as writing:
                for piece in upload.chunks():
                    writing.write(piece)
            examined = examine(received, upload.name or "", max_pixels=NO_PIXELS, scratch=scratch)
            return read_file(examined.path, name=examined.name)
    except InvalidInput as refusal:
        raise InvalidInput(
            refusal.message, ground=refusal.ground, fields={"upload": refusal.message}
        ) from refusal


def _refuse_early(upload: Upload, *, max_bytes: int) -> None:
    if (upload.name or "").rpartition(".")[2].lower() not in KINDS:
        raise InvalidInput(NOT_A_SHEET)
    if (upload.size or 0) > max_bytes:
        raise InvalidInput(
            f"文件超过 {max_bytes // MEGABYTE} MB。请删去图片和空白行列，或分成几个文件后再上传。"
        )


def _read_paste(text: str) -> RawTable:
    mark = secrecy_mark_in(text)
    if mark:
        raise InvalidInput(stopped(mark), fields={"pasted": stopped(mark)})
    return read_pasted(text)
