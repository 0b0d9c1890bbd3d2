"""Every write of files: take in, erase, and clear away content that no row names."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import transaction

from banjie.base.errors import Conflict
from banjie.files.checks import Examined, FileKind, examine
from banjie.files.checks.refusal import refusal
from banjie.files.models import StoredFile
from banjie.files.queries import bytes_of_day, stored_for, unnamed_contents
from banjie.files.quotas import MEGABYTE, Quotas
from banjie.files.storage import digest_of, keep, keep_preview, path_of, preview_path_of, scratch_folder
from banjie.ledger.actions import erase, once, record
from banjie.ledger.record import Deed, Stamp

TAKEN_IN = "file.taken_in"
GONE = "已擦除"


class Upload(Protocol):
    """What a face hands over: Django's UploadedFile fits."""

    @property
    def name(self) -> str | None:
        """Return the name that the browser gave."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in pieces."""


@dataclass(frozen=True)
class Admitted:
    """A file that passed and whose bytes are on the disk; no row names it yet."""

    town: str
    name: str
    kind: FileKind
    media_type: str
    digest: str
    source_digest: str
    size: int
    width: int
    height: int


@dataclass(frozen=True)
class Checked:
    """A file that passed and lies nowhere yet."""

    name: str
    kind: FileKind
    media_type: str
    content: bytes


def admit(upload: Upload, *, town: str, quotas: Quotas) -> Admitted:
    """Check an upload and write what is kept of it durably, before and outside any transaction (T2, T16).

    Reading and re-encoding take up to two seconds: SQLite's one writer must not wait for them. Raises InvalidInput.
    """
    with _examined(upload, town=town, quotas=quotas) as (examined, source_digest):
        return _kept(examined, town=town, source_digest=source_digest)


def checked(upload: Upload, *, town: str, quotas: Quotas) -> Checked:
    """Check an upload by the same rules and return what may be kept of it, keeping nothing (T16).

    For what is no record yet; handed in later, it is checked again. Raises InvalidInput.
    """
    with _examined(upload, town=town, quotas=quotas) as (examined, _):
        return Checked(examined.name, examined.kind, examined.media_type, examined.path.read_bytes())


def deed_of(admitted: Admitted, *, quotas: Quotas, stamp: Stamp, files_so_far: int = 0) -> Deed:
    """Return the deed that makes the admitted file's row, to be recorded alone or with the deed that it serves.

    Raises Conflict when the case is full or the person has handed in too much today.
    """
    if files_so_far >= quotas.max_files_per_case:
        raise Conflict(f"本件已有 {files_so_far} 个附件，到了上限。请把要补的合并成一个 PDF，或另登记一件。")
    spent = bytes_of_day(stamp.by, at=stamp.recorded_at)
    if spent + admitted.size > quotas.max_day_bytes:
        room = max(0, quotas.max_day_bytes - spent) // MEGABYTE
        raise Conflict(
            f"今天上传的附件已近上限，还可传 {room} MB。请压缩后再传，或明天再传；确有急用请找管理员。"
        )
    return Deed(
        name=TAKEN_IN, subject=StoredFile(town=admitted.town), changes=_columns(admitted, stamp=stamp)
    )


def take_in(upload: Upload, *, town: str, quotas: Quotas, stamp: Stamp, files_so_far: int = 0) -> StoredFile:
    """Check, store and record one upload; a repeat of the stamp's client key gets the first one's row.

    Raises InvalidInput for what is refused, Conflict when a quota is used up.
    """
    admitted = admit(upload, town=town, quotas=quotas)

    def enter() -> StoredFile:
        deed = deed_of(admitted, quotas=quotas, stamp=stamp, files_so_far=files_so_far)
        return stored_for(town, record(deed, stamp).subject_id)

    return once(stamp, enter, again=lambda file_id: stored_for(town, file_id))


def erase_file(stored: StoredFile, stamp: Stamp, *, words: str) -> None:
    """Erase what a file is called and holds, as part of the deed that decided it; its row stays, empty.

    Once that is committed the content goes too, unless another row names the same.
    """
    town, digest = stored.town, stored.digest
    gone = {"name": GONE, "digest": "", "source_digest": "", "size": 0, "width": 0, "height": 0}
    erase(stored, changes=gone, words=words, stamp=stamp)
    transaction.on_commit(lambda: _remove_content(town, digest))


def _remove_content(town: str, digest: str) -> None:
    if not digest or StoredFile.objects.filter(town=town, digest=digest).exists():
        return
    for path in (path_of(town, digest), preview_path_of(town, digest)):
        with suppress(FileNotFoundError):
            path.unlink()


def clear_unnamed(town: str, *, before: datetime) -> int:
    """Remove content that no row names and that was last handed in before `before`; return how many.

    What `admit` wrote for a transaction that then failed stays behind; `before` keeps those under way from harm.
    """
    removed = 0
    for path in unnamed_contents(town, before=before):
        path.unlink()
        with suppress(FileNotFoundError):
            preview_path_of(town, path.name).unlink()
        removed += 1
    return removed


@contextmanager
def _examined(upload: Upload, *, town: str, quotas: Quotas) -> Iterator[tuple[Examined, str]]:
    """Give what may be kept of an upload, with the digest of what came, while its scratch folder stands."""
    with scratch_folder(town) as scratch:
        received = scratch / "received"
        source_digest = _receive(upload, received, max_bytes=quotas.max_file_bytes)
        yield (
            examine(received, upload.name or "", max_pixels=quotas.max_pixels, scratch=scratch),
            source_digest,
        )


def _receive(upload: Upload, target: Path, *, max_bytes: int) -> str:
    """Write the upload to `target` piece by piece and return its digest; stops as soon as it is too large."""
    digest = hashlib.sha256()
    size = 0
    with target.open("wb") as writing:
        for piece in upload.chunks():
            size += len(piece)
            if size > max_bytes:
                raise refusal(f"文件超过 {max_bytes // MEGABYTE} MB。请压缩、缩小图片或分成几份后再上传。")
            digest.update(piece)
            writing.write(piece)
    return digest.hexdigest()


def _kept(examined: Examined, *, town: str, source_digest: str) -> Admitted:
    digest = digest_of(examined.path)
    path = keep(examined.path, town=town, digest=digest)
    if examined.preview:
        keep_preview(examined.preview, town=town, digest=digest)
    return Admitted(
        town=town,
        name=examined.name,
        kind=examined.kind,
        media_type=examined.media_type,
        digest=digest,
        source_digest=source_digest,
        size=path.stat().st_size,
        width=examined.width,
        height=examined.height,
    )


def _columns(admitted: Admitted, *, stamp: Stamp) -> dict[str, object]:
    return {
        "name": admitted.name,
        "kind": str(admitted.kind),
        "media_type": admitted.media_type,
        "digest": admitted.digest,
        "source_digest": admitted.source_digest,
        "size": admitted.size,
        "width": admitted.width,
        "height": admitted.height,
        "taken_in_by": stamp.by,
        "taken_in_at": stamp.recorded_at,
    }
