"""Old Word, Excel and PowerPoint files (MS-CFB): read just far enough to see macros, programs and passwords (T16)."""

import mmap
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from banjie.files.checks.media import FileKind, Media
from banjie.files.checks.refusal import refusal
from banjie.files.checks.secrecy import secrecy_mark_in, stopped

HEADER_BYTES = 512
ENTRY_BYTES = 128
MAX_SECTORS = 400_000
MINI_BYTES = 4096
MAX_STREAM_BYTES = 8_000_000
_END_OF_CHAIN = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MACRO = re.compile(r"vba|macros|_vba_project.*", re.IGNORECASE)
_EMBEDDED = re.compile(r"\x01?ole10native|package|\x01ole10ftodata", re.IGNORECASE)
_ENCRYPTED = frozenset({"encryptedpackage", "encryptedsummary", "\x06dataspaces"})
_MAIN_STREAMS = {
    FileKind.DOCUMENT: ("worddocument",),
    FileKind.SHEET: ("workbook", "book"),
    FileKind.SLIDES: ("powerpoint document",),
}
_DYNAMIC = re.compile(b"DDEAUTO|" + "DDEAUTO".encode("utf-16-le"))
_MARKED = re.compile(
    b"|".join(re.escape(f"{level}★".encode("utf-16-le")) for level in ("绝密", "机密", "秘密")),
)
_SHEET_RECORD, _PASSWORD_RECORD, _END_RECORD = 0x85, 0x2F, 0x0A
_WORD_ENCRYPTED = 0x0100
DAMAGED = (
    "文件不完整或已损坏，打不开。请用 Word 或 WPS 打开确认，另存为新格式（.docx、.xlsx、.pptx）后再上传。"
)
ACTIVE = "文档里带有宏或夹带的程序，系统不收。请另存为新格式（.docx、.xlsx、.pptx），或另存为 PDF 后再上传。"
LOCKED = "文件加了密码，系统无法检查。请去掉打开密码，另存一份后再上传。"


@dataclass(frozen=True)
class _Entry:
    """A directory entry: its name in lower case, what it is, where it starts and its size in bytes."""

    name: str
    kind: int
    start: int
    size: int


def check_compound(path: Path, *, media: Media) -> None:
    """Raise InvalidInput for macros, macro sheets, embedded programs, passwords, DDE and damaged files."""
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
        try:
            volume = _Volume(content)
            entries = list(volume.entries())
            _check_entries(entries, media=media)
            _check_main(volume, entries, media=media)
        except (struct.error, IndexError):
            raise refusal(DAMAGED) from None
        _check_bytes(content)


class _Volume:
    """The sectors of a compound file and the chains that join them."""

    def __init__(self, content: mmap.mmap) -> None:
        self.content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise refusal(DAMAGED)
        self.sector_bytes = 1 << shift
        self.fat = self._read_fat()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector_bytes
        sector = self.content[start : start + self.sector_bytes]
        if not sector:
            raise refusal(DAMAGED)
        return sector

    def _read_fat(self) -> list[int]:
        count, first_more, more = (
            *struct.unpack_from("<L", self.content, 44),
            *struct.unpack_from("<LL", self.content, 68),
        )
        numbers = list(struct.unpack_from("<109L", self.content, 76))
        per_sector = self.sector_bytes // 4
        if count * per_sector > MAX_SECTORS or more > MAX_SECTORS // per_sector:
            raise refusal(DAMAGED)
        for _ in range(more):
            table = struct.unpack(f"<{per_sector}L", self._sector(first_more))
            numbers += table[:-1]
            first_more = table[-1]
        fat: list[int] = []
        for number in numbers[:count]:
            fat += struct.unpack_from(
                f"<{per_sector}L", self._sector(number).ljust(self.sector_bytes, b"\xff")
            )
        return fat

    def chain(self, start: int) -> Iterator[bytes]:
        """Yield the sectors of a chain; one that runs in a circle ends in a refusal."""
        for _ in range(len(self.fat) + 1):
            if start >= _END_OF_CHAIN:
                return
            yield self._sector(start)
            start = self.fat[start]
        raise refusal(DAMAGED)

    def entries(self) -> Iterator[_Entry]:
        """Yield the used directory entries."""
        for sector in self.chain(struct.unpack_from("<L", self.content, 48)[0]):
            for at in range(0, len(sector) - ENTRY_BYTES + 1, ENTRY_BYTES):
                name_bytes, kind = struct.unpack_from("<HB", sector, at + 64)
                start, size = struct.unpack_from("<LL", sector, at + 116)
                raw = sector[at : at + max(0, min(name_bytes, 64) - 2)]
                if kind in (_STORAGE, _STREAM, _ROOT):
                    yield _Entry(raw.decode("utf-16-le", errors="replace").lower(), kind, start, size)

    def beginning_of(self, entry: _Entry) -> bytes:
        """Return up to 8 MB of a stream that lies in whole sectors."""
        read = bytearray()
        for sector in self.chain(entry.start):
            read += sector
            if len(read) >= min(entry.size, MAX_STREAM_BYTES):
                break
        return bytes(read[: entry.size])


def _check_entries(entries: list[_Entry], *, media: Media) -> None:
    names = [entry.name for entry in entries]
    if any(name in _ENCRYPTED for name in names):
        raise refusal(LOCKED)
    if any(_MACRO.fullmatch(name) or _EMBEDDED.fullmatch(name) for name in names):
        raise refusal(ACTIVE)
    if not any(name in _MAIN_STREAMS[media.kind] for name in names):
        raise refusal(
            f"扩展名是 .{media.extension}，内容却不是。请用 Word 或 WPS 打开确认，另存一份后再上传。"
        )


def _check_main(volume: _Volume, entries: list[_Entry], *, media: Media) -> None:
    """Check the main stream; office programs never write it small enough for the mini stream, so that is a trick."""
    for entry in entries:
        if entry.name not in _MAIN_STREAMS[media.kind]:
            continue
        if entry.size < MINI_BYTES or struct.unpack_from("<L", volume.content, 56)[0] != MINI_BYTES:
            raise refusal(DAMAGED)
        content = volume.beginning_of(entry)
        if media.kind is FileKind.SHEET:
            _check_workbook(content)
        elif media.kind is FileKind.DOCUMENT and struct.unpack_from("<H", content, 10)[0] & _WORD_ENCRYPTED:
            raise refusal(LOCKED)


def _check_workbook(content: bytes) -> None:
    """Walk the records of the workbook's globals: a password, or a sheet that is an Excel 4.0 macro sheet."""
    at = 0
    while at + 4 <= len(content):
        record, length = struct.unpack_from("<HH", content, at)
        if record == _PASSWORD_RECORD:
            raise refusal(LOCKED)
        if record == _SHEET_RECORD and length > 5 and content[at + 9] & 0x0F in (1, 6):
            raise refusal(ACTIVE)
        if record == _END_RECORD:
            return
        at += 4 + length


def _check_bytes(content: mmap.mmap) -> None:
    if _DYNAMIC.search(content):
        raise refusal(ACTIVE)
    found = _MARKED.search(content)
    if found:
        text = content[found.start() : found.end() + 12].decode("utf-16-le", errors="ignore")
        raise refusal(stopped(secrecy_mark_in(text) or text[:3]))
