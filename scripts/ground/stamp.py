"""Stamps: a step is skipped while the digest of what it was made from stays the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path], *, salt: str = "") -> str:
    """Return one digest over the names and contents of `paths`, in order of name."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_current(stamp: Path, digest: str) -> bool:
    """Tell whether the step behind `stamp` was last done for `digest`."""
    return stamp.is_file() and stamp.read_text().strip() == digest


def set_stamp(stamp: Path, digest: str) -> None:
    """Note that the step behind `stamp` is done for `digest`."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest + "\n")
