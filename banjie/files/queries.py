"""Every read of files: a row of the town, its content, what a person handed in today, what no row names."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db.models import Sum

from banjie.base.clock import local
from banjie.base.errors import NotFound
from banjie.files.models import StoredFile
from banjie.files.storage import contents_of, path_of, preview_path_of

MISSING = "附件的内容不在磁盘上。请联系管理员从备份恢复。"


def stored_for(town: str, file_id: UUID) -> StoredFile:
    """Return a file of this town; raises NotFound for any other (T13). Whether its case may be seen is the case's."""
    stored = StoredFile.objects.filter(town=town, pk=file_id).first()
    if stored is None:
        raise NotFound("没有这个附件。它可能已被删去，或不属于您的单位。请回到办件页面重新打开。")
    return stored


def open_file(stored: StoredFile) -> BinaryIO:
    """Open the content for reading; raises NotFound when a disk has lost it, or it was erased."""
    if stored.is_erased:
        raise NotFound("这个附件已按到期鉴定擦除，只留名目。")
    return _opened(path_of(stored.town, stored.digest))


def open_preview(stored: StoredFile) -> tuple[BinaryIO, str]:
    """Open an image's JPEG of at most 1600 px, or the image itself when it is small; return it with its media type."""
    if not stored.is_erased and (preview := preview_path_of(stored.town, stored.digest)).exists():
        return preview.open("rb"), "image/jpeg"
    return open_file(stored), stored.media_type


def bytes_of_day(by: UUID, *, at: datetime) -> int:
    """Return how many bytes a person has handed in on the local day of `at`."""
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    todays = StoredFile.objects.filter(
        taken_in_by=by, taken_in_at__gte=midnight, taken_in_at__lt=midnight + timedelta(days=1)
    )
    total: int | None = todays.aggregate(total=Sum("size"))["total"]
    return total or 0


def unnamed_contents(town: str, *, before: datetime) -> Iterator[Path]:
    """Yield contents on the disk, last handed in before `before`, that no row of the town names."""
    for path in contents_of(town):
        is_old = path.stat().st_mtime < before.timestamp()
        if is_old and not StoredFile.objects.filter(town=town, digest=path.name).exists():
            yield path


def lost_contents(town: str) -> Iterator[StoredFile]:
    """Yield rows whose content is not on the disk or not of its size, for a check after a restore (T2)."""
    for stored in StoredFile.objects.filter(town=town).exclude(digest="").iterator():
        path = path_of(town, stored.digest)
        if not path.is_file() or path.stat().st_size != stored.size:
            yield stored


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NotFound(MISSING) from None
