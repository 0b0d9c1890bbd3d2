"""Zip packages: structure checked before a byte is unpacked, then read in pieces under a budget (V5 5.2.3)."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from banjie.files.checks.refusal import refusal

MAX_PARTS = 4000
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 100
RATIO_FREE_BYTES = 10_000_000
MAX_DIRECTORY_BYTES = 2_000_000
PIECE_BYTES = 256 * 1024
_END = b"PK\x05\x06"
_END_BYTES = 22
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
DAMAGED = "文件不完整或已损坏，打不开。请用 Word 或 WPS 打开确认，另存一份后再上传。"
ODD = "文件的内部结构不正常，可能被动过手脚。请用 Word 或 WPS 打开确认，另存一份后再上传。"
ENCRYPTED = "文件加了密码，系统无法检查。请去掉打开密码，另存一份后再上传。"
TOO_LARGE = "文件解开后过大，多半是有大量空行或大图。请删去空白行列、压缩图片，另存一份后再上传。"


@dataclass
class Budget:
    """What may still be unpacked, shared by a package and the packages embedded in it."""

    unpacked_bytes: int = MAX_UNPACKED_BYTES
    parts: int = MAX_PARTS

    def spend(self, size: int) -> None:
        """Take `size` unpacked bytes; raises InvalidInput when none are left."""
        self.unpacked_bytes -= size
        if self.unpacked_bytes < 0:
            raise refusal(TOO_LARGE)


@contextmanager
def opened_package(source: IO[bytes], *, budget: Budget) -> Iterator[zipfile.ZipFile]:
    """Open `source` as a zip package without tricks; whatever breaks while reading it is a refusal too."""
    size = _end_checked(source)
    try:
        with zipfile.ZipFile(source) as package:
            _check_entries(package.infolist(), size=size, budget=budget)
            yield package
    except _BROKEN:
        raise refusal(DAMAGED) from None


def pieces_of(package: zipfile.ZipFile, part: zipfile.ZipInfo, *, budget: Budget) -> Iterator[bytes]:
    """Yield a part in pieces of at most 256 KB, each taken from the budget."""
    with package.open(part) as stream:
        while piece := stream.read(PIECE_BYTES):
            budget.spend(len(piece))
            yield piece


def _end_checked(source: IO[bytes]) -> int:
    """Return the file's size once its end record is the last thing in it and the directory is of bounded size."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _END_BYTES - 256))
    tail = source.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise refusal(DAMAGED)
    parts, directory_bytes, _, comment_bytes = struct.unpack_from("<HLLH", tail, at + 10)
    if at + _END_BYTES + comment_bytes != len(tail):
        raise refusal(ODD)
    if parts > MAX_PARTS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise refusal(TOO_LARGE)
    source.seek(0)
    return size


def _check_entries(parts: list[zipfile.ZipInfo], *, size: int, budget: Budget) -> None:
    budget.parts -= len(parts)
    if not parts or budget.parts < 0:
        raise refusal(TOO_LARGE if parts else DAMAGED)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise refusal(ODD)
    for part in parts:
        _check_entry(part)
    _check_layout(parts)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > budget.unpacked_bytes:
        raise refusal(TOO_LARGE)
    if unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * size:
        raise refusal(TOO_LARGE)


def _check_entry(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if part.flag_bits & 0x41:
        raise refusal(ENCRYPTED)
    if name.startswith("/") or "\\" in part.orig_filename or ":" in name or "\0" in part.orig_filename:
        raise refusal(ODD)
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    if ".." in name.split("/") or is_link or part.compress_type not in _METHODS:
        raise refusal(ODD)


def _check_layout(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse content in front of the first part, and parts that overlap (the quoted zip bomb)."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    if ordered[0].header_offset != 0:
        raise refusal(ODD)
    for part, following in pairwise(ordered):
        if part.header_offset + 30 + part.compress_size > following.header_offset:
            raise refusal(ODD)
