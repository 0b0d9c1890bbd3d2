"""Recordings: walked frame by frame or box by box, and copied without titles, pictures and position."""

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from banjie.files.checks.media import Content
from banjie.files.checks.refusal import refusal

COPY_BYTES = 256 * 1024
_AMR_BYTES = {
    b"#!AMR\n": (13, 14, 16, 18, 20, 21, 27, 32, 6),
    b"#!AMR-WB\n": (18, 24, 33, 37, 41, 47, 51, 59, 61, 6),
}
_AMR_SILENT = (14, 15)
_AMR_PADDING = 0x83
_MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MP3_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MP3_PROBE_FRAMES = 8
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_BLANKED = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
_TOP_BOXES = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"moof", b"sidx", b"styp"}
)
MAX_BOXES = 5000
MAX_BOX_DEPTH = 8
MAX_FRAMES = 200_000
MAX_CHUNKS = 1000
MAX_TAGS = 8
_WAV_KEPT = (b"fmt ", b"fact", b"data")
DAMAGED = "录音不完整或已损坏。请在手机或录音笔上播放确认，重新导出为 MP3 或 M4A 后再上传。"


def copy_sound(source: Path, *, content: Content, scratch: Path) -> Path:
    """Copy the recording into `scratch` with the sound and nothing else; raises InvalidInput when it is not one."""
    target = scratch / "sound"
    copy = {Content.MP3: _copy_mp3, Content.M4A: _copy_m4a, Content.AMR: _copy_amr, Content.WAV: _copy_wav}[
        content
    ]
    try:
        with source.open("rb") as reading, target.open("w+b") as writing:
            copy(reading, writing)
    except (struct.error, IndexError):
        raise refusal(DAMAGED) from None
    return target


def _copy_span(reading: IO[bytes], writing: IO[bytes], *, start: int, size: int) -> None:
    reading.seek(start)
    while size > 0:
        piece = reading.read(min(size, COPY_BYTES))
        if not piece:
            raise refusal(DAMAGED)
        writing.write(piece)
        size -= len(piece)


def _copy_amr(reading: IO[bytes], writing: IO[bytes]) -> None:
    magic = reading.readline(16)
    sizes = _AMR_BYTES.get(magic)
    frames = reading.read()
    at = count = 0
    while sizes and at < len(frames) and count <= MAX_FRAMES:
        count += 1
        mode = frames[at] >> 3 & 0x0F
        if frames[at] & _AMR_PADDING or (mode >= len(sizes) and mode not in _AMR_SILENT):
            raise refusal(DAMAGED)
        at += 1 if mode in _AMR_SILENT else sizes[mode]
    if not sizes or not frames or at != len(frames):
        raise refusal(DAMAGED)
    writing.write(magic + frames)


def _copy_mp3(reading: IO[bytes], writing: IO[bytes]) -> None:
    """Leave out ID3v2 in front and ID3v1 behind: they carry pictures, objects and names of places."""
    end = reading.seek(0, 2)
    start = _after_tags(reading)
    reading.seek(max(0, end - 128))
    end -= 128 if reading.read(3) == b"TAG" else 0
    at = start
    for _ in range(_MP3_PROBE_FRAMES):
        reading.seek(at)
        at += _mp3_frame_bytes(reading.read(4))
        if at >= end:
            break
    _copy_span(reading, writing, start=start, size=end - start)


def _after_tags(reading: IO[bytes]) -> int:
    start = 0
    for _ in range(MAX_TAGS):
        reading.seek(start)
        head = reading.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            break
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        start += 10 + size
    return start + _padding_at(reading, start)


def _padding_at(reading: IO[bytes], start: int) -> int:
    reading.seek(start)
    padding = reading.read(4096)
    return len(padding) - len(padding.lstrip(b"\0"))


def _mp3_frame_bytes(head: bytes) -> int:
    """Return the length of the layer III frame that begins with `head`; raises InvalidInput when none does."""
    word: int = struct.unpack(">L", head)[0]
    version, layer = word >> 19 & 3, word >> 17 & 3
    kbits, rate = word >> 12 & 15, word >> 10 & 3
    if word >> 21 != 0x7FF or version == 1 or layer != 1 or kbits in (0, 15) or rate == 3:
        raise refusal(DAMAGED)
    if version == 3:
        return 144_000 * _MP3_KBITS_1[kbits] // _MP3_RATES[3][rate] + (word >> 9 & 1)
    return 72_000 * _MP3_KBITS_2[kbits] // _MP3_RATES[version][rate] + (word >> 9 & 1)


def _copy_wav(reading: IO[bytes], writing: IO[bytes]) -> None:
    """Write format and samples into a fresh frame; lists, bookmarks and appended bytes stay behind."""
    end = reading.seek(0, 2)
    kept: list[tuple[bytes, int, int]] = []
    at = 12
    for _ in range(MAX_CHUNKS):
        if at + 8 > end:
            break
        reading.seek(at)
        name, size = struct.unpack("<4sL", reading.read(8))
        if name in _WAV_KEPT:
            kept.append((name, at + 8, min(size, end - at - 8)))
        at += 8 + size + (size & 1)
    names = [name for name, _, _ in kept]
    if names.count(b"fmt ") != 1 or names.count(b"data") != 1:
        raise refusal(DAMAGED)
    writing.write(
        struct.pack("<4sL4s", b"RIFF", 4 + sum(8 + size + (size & 1) for _, _, size in kept), b"WAVE")
    )
    for name, start, size in kept:
        writing.write(struct.pack("<4sL", name, size))
        _copy_span(reading, writing, start=start, size=size)
        writing.write(b"\0" * (size & 1))


def _copy_m4a(reading: IO[bytes], writing: IO[bytes]) -> None:
    """Copy whole, then blank the boxes of titles and places: offsets of the samples stay right."""
    end = reading.seek(0, 2)
    _copy_span(reading, writing, start=0, size=end)
    top = [name for name, _, _ in _boxes(reading, 0, end, count=itertools.count())]
    if b"moov" not in top or not _TOP_BOXES.issuperset(top):
        raise refusal(DAMAGED)
    for start, size in list(_blanked_spans(reading, 0, end, count=itertools.count(), depth=0)):
        writing.seek(start - 4)
        writing.write(b"free")
        _write_zeros(writing, size)
    writing.flush()


def _write_zeros(writing: IO[bytes], size: int) -> None:
    while size > 0:
        writing.write(bytes(min(size, COPY_BYTES)))
        size -= COPY_BYTES


def _boxes(
    reading: IO[bytes], start: int, end: int, *, count: Iterator[int]
) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and size of the content of each box between `start` and `end` (ISO 14496-12).

    `count` runs through the whole file, so that boxes in boxes have one bound.
    """
    while start < end:
        if next(count) >= MAX_BOXES:
            raise refusal(DAMAGED)
        reading.seek(start)
        size, name = struct.unpack(">L4s", reading.read(8))
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", reading.read(8))[0], 16
        size = end - start if size == 0 else size
        if size < header or start + size > end:
            raise refusal(DAMAGED)
        yield name, start + header, size - header
        start += size


def _blanked_spans(
    reading: IO[bytes], start: int, end: int, *, count: Iterator[int], depth: int
) -> Iterator[tuple[int, int]]:
    for name, at, size in _boxes(reading, start, end, count=count):
        if name in _BLANKED:
            yield at, size
        elif name in _PARENTS and depth < MAX_BOX_DEPTH:
            if name == b"trak" and b"vide" in _handlers(reading, at, at + size, count=count):
                raise refusal("系统暂不收视频。请截取关键画面存成图片上传，视频原件留在本单位备查。")
            yield from _blanked_spans(reading, at, at + size, count=count, depth=depth + 1)


def _handlers(reading: IO[bytes], start: int, end: int, *, count: Iterator[int]) -> list[bytes]:
    """Return the handler types of a track: soun, vide, …."""
    found: list[bytes] = []
    for name, at, size in _boxes(reading, start, end, count=count):
        if name == b"mdia":
            found += _handlers(reading, at, at + size, count=count)
        if name == b"hdlr":
            reading.seek(at + 8)
            found.append(reading.read(4))
    return found
