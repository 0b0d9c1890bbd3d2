"""Where content lies: MEDIA_ROOT/<town>/<aa>/<digest>, written so that it is on the disk before a row names it (T2)."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

SCRATCH = "scratch"
PREVIEW_SUFFIX = ".preview"
_COPY_BYTES = 256 * 1024
_TOWN = re.compile(r"\d{9}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def path_of(town: str, digest: str) -> Path:
    """Return where the content with this digest lies; raises ValueError for what is no town or no digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is not a SHA-256 digest")
    return _root_of(town) / digest[:2] / digest


def preview_path_of(town: str, digest: str) -> Path:
    """Return where the small JPEG beside an image lies, if it has one."""
    path = path_of(town, digest)
    return path.with_name(path.name + PREVIEW_SUFFIX)


@contextmanager
def scratch_folder(town: str) -> Iterator[Path]:
    """Give a folder on the same disk as the content, and remove it with whatever is left inside."""
    parent = _root_of(town) / SCRATCH
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def keep(source: Path, *, town: str, digest: str) -> Path:
    """Move `source` to where its digest belongs; on return its bytes and its name survive a power cut.

    The same content is stored once. Its folder is synced even then: whoever wrote it may not have come to that yet.
    """
    target = path_of(town, digest)
    _make_folder(target.parent)
    if target.exists():
        os.utime(target)
        source.unlink()
    else:
        _sync(source)
        source.chmod(0o600)
        source.rename(target)
    _sync(target.parent)
    return target


def keep_preview(source: Path, *, town: str, digest: str) -> None:
    """Move a preview beside its image; it can be lost without harm, so nothing waits for the disk."""
    target = preview_path_of(town, digest)
    source.chmod(0o600)
    source.replace(target)


def contents_of(town: str) -> Iterator[Path]:
    """Yield every content of a town, without previews and scratch."""
    for folder in sorted(_root_of(town).glob("[0-9a-f][0-9a-f]")):
        yield from (path for path in sorted(folder.iterdir()) if _DIGEST.fullmatch(path.name))


def _root_of(town: str) -> Path:
    if not _TOWN.fullmatch(town):
        raise ValueError(f"{town!r} is not a town's division code")
    return Path(settings.MEDIA_ROOT) / town


def _make_folder(folder: Path) -> None:
    """Make the folder and sync each one above it that is new, up to one that stood already."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
