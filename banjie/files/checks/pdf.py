"""PDF: scanned as bytes, object streams unpacked, for anything that runs, launches, sends or hides a file (T16)."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from banjie.files.checks.refusal import refusal

MAX_STREAMS = 200_000
MAX_UNPACKED_BYTES = 32_000_000
HEAD_BYTES = 1024
TAIL_BYTES = 2048
_REMEDY = "请用“打印—另存为 PDF”重新生成一份，再上传。"
_NAME_END = rb"(?=[\s/<>\[\](){}%]|$)"


def _spelt(*names: str) -> bytes:
    """Return a pattern for names, each letter plain or as #xx (ISO 32000-1 §7.3.5)."""
    begins = b"|".join(sorted({_letter(name[0]) for name in names}))
    spelt = b"|".join(b"".join(_letter(sign) for sign in name) for name in names)
    return rb"/(?=" + begins + rb")(?:" + spelt + rb")"


def _letter(sign: str) -> bytes:
    digits = "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{ord(sign):x}")
    return f"(?:{sign}|#{digits})".encode()


_ACTIVE_NAMES = (
    "JavaScript",
    "Launch",
    "RichMedia",
    "EmbeddedFile",
    "EmbeddedFiles",
    "SubmitForm",
    "ImportData",
    "GoToE",
)
_FORBIDDEN = re.compile(
    _spelt(*_ACTIVE_NAMES)
    + _NAME_END
    + rb"|"
    + _spelt("EF")
    + rb"\s{0,9}(?:<<|\d{1,9} \d{1,5} R)"
    + rb"|"
    + _spelt("XFA")
    + rb"\s{0,9}(?:\[|\d{1,9} \d{1,5} R)"
)
"""What runs, launches, sends or hides; short names only with what follows them, lest packed pictures match."""

_ENCRYPTED = re.compile(_spelt("Encrypt") + _NAME_END)
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_OBJECT_STREAM = re.compile(_spelt("ObjStm") + _NAME_END)
_OBJECTS_HEAD = re.compile(rb"\s{0,20}\d{1,9}\s{1,20}\d{1,9}[\s\d]")
_MARKUP = re.compile(rb"<\s{0,5}(?:script|html|svg|iframe|\?php|!doctype)", re.IGNORECASE)
_ARCHIVE_END = b"PK\x05\x06"
ACTIVE = f"PDF 里带有脚本、动作、表单程序或夹带的文件，系统不收。{_REMEDY}"
DAMAGED = f"PDF 不完整或结构不正常，无法检查。{_REMEDY}"


def check_pdf(path: Path) -> None:
    """Raise InvalidInput for a PDF that is broken, encrypted, a polyglot, or that does more than show pages."""
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
        _check_frame(content)
        if _ENCRYPTED.search(content):
            raise refusal(
                f"PDF 加了密码或权限限制，系统无法检查。请去掉限制后再传，或打印后拍照上传。{_REMEDY}"
            )
        _check_names(content)
        _check_object_streams(content)


def _check_frame(content: mmap.mmap) -> None:
    """Check beginning and end: a cut download has no %%EOF, and another format may hide behind it or in front."""
    tail = content[-TAIL_BYTES:]
    if b"%%EOF" not in tail:
        raise refusal(DAMAGED)
    if _MARKUP.search(content[:HEAD_BYTES]) or _MARKUP.search(tail[tail.rfind(b"%%EOF") :]):
        raise refusal(DAMAGED)
    if content.rfind(_ARCHIVE_END, max(0, len(content) - 65_600)) >= 0:
        raise refusal(DAMAGED)


def _check_names(content: mmap.mmap | bytes) -> None:
    if _FORBIDDEN.search(content):
        raise refusal(ACTIVE)


def _check_object_streams(content: mmap.mmap) -> None:
    """Search what lies in object streams; one that is named but cannot be read is a refusal."""
    read = 0
    room = MAX_UNPACKED_BYTES
    for count, start in enumerate(match.end() for match in _STREAM.finditer(content)):
        if count > MAX_STREAMS:
            raise refusal(DAMAGED)
        for piece in _unpacked_objects(content, start):
            read += 1 if piece == b"" else 0
            room -= len(piece)
            _check_names(piece)
            if room < 0:
                raise refusal(f"PDF 解开后过大。{_REMEDY}")
    if sum(1 for _ in _OBJECT_STREAM.finditer(content)) > read:
        raise refusal(DAMAGED)


def _unpacked_objects(content: mmap.mmap, start: int) -> Iterator[bytes]:
    """Yield an empty piece for a stream that begins as object streams do, then its content, pieces overlapping."""
    if _OBJECTS_HEAD.match(content[start : start + 64]):
        yield b""
        return
    inflater = zlib.decompressobj()
    try:
        head = inflater.decompress(content[start : start + 512], 64)
        if not _OBJECTS_HEAD.match(head):
            return
        yield b""
        yield from _inflated(content, start)
    except zlib.error:
        return


def _inflated(content: mmap.mmap, start: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    before = b""
    while not inflater.eof and start < len(content):
        packed = inflater.unconsumed_tail or content[start : start + 65_536]
        start += 0 if inflater.unconsumed_tail else len(packed)
        piece = inflater.decompress(packed, 1_000_000)
        yield before + piece
        before = piece[-64:]
