"""Files as people hand them in, and as attackers make them; each function returns the bytes of one."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from PIL import Image

from banjie.files.quotas import Quotas
from banjie.ledger.record import Stamp

TOWN, OTHER_TOWN = "990011101", "990011102"
LI, WANG = UUID(int=1), UUID(int=2)
DAY = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
QUOTAS = Quotas(
    max_file_bytes=20_000_000, max_files_per_case=20, max_day_bytes=200_000_000, max_pixels=50_000_000
)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-" + b"STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


@dataclass
class Handed:
    """An upload as a face hands it over."""

    name: str
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), 65_536):
            yield self.content[start : start + 65_536]


def stamp(by: UUID = LI, at: datetime = DAY, client_key: str = "", content: object = None) -> Stamp:
    return Stamp(by=by, happened_at=at, recorded_at=at, client_key=client_key, content=content)


def picture(width: int = 40, height: int = 30, mode: str = "RGB") -> Image.Image:
    """Left half dark, right half light, so that a turn can be seen."""
    image = Image.new(mode, (width, height))
    image.paste("white" if mode != "L" else 255, (width // 2, 0, width, height))
    return image


def image(kind: str, picture_: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (picture_ or picture()).save(out, kind, **options)
    return out.getvalue()


def jpeg_with_position(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "某手机"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 9.0, 0.0)})
    return image("JPEG", exif=exif, comment=b"taken at home")


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises any size, with hardly any content."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))
        for name, body in chunks
    )


_RELATION = '<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def relations(*links: tuple[str, str]) -> str:
    """Relationships that lead outside: pairs of kind and target."""
    rows = "".join(
        _RELATION.format(n=n, kind=kind, target=target, mode=' TargetMode="External"')
        for n, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def office(
    kind: str, text: str = "道路破损", parts: Mapping[str, str | bytes] | None = None, types: str = ""
) -> bytes:
    main, content_type = _MAIN[kind]
    types = types or f"application/vnd.openxmlformats-officedocument.{content_type}.main+xml"
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{main}" ContentType="{types}"/></Types>',
        "_rels/.rels": relations().replace(
            "</R", _RELATION.format(n=1, kind="officeDocument", target=main, mode="") + "</R"
        ),
        main: f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:p><w:t>{text}</w:t></w:p></w:document>',
    }
    return packed({**whole, **(parts or {})})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def with_link_in_zip() -> bytes:
    out = io.BytesIO(office("docx"))
    with zipfile.ZipFile(out, "a") as package:
        link = zipfile.ZipInfo("word/media/image1.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def flagged_as_encrypted() -> bytes:
    content = bytearray(office("docx"))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def overlapping_zip() -> bytes:
    """Two directory records that name one and the same bytes."""
    content = bytearray(office("xlsx", parts={"xl/a.xml": "<a/>", "xl/b.xml": "<a/>"}))
    first, second = content.find(b"PK\x01\x02"), content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, second + 42, struct.unpack_from("<L", content, first + 42)[0])
    return bytes(content)


def bomb_in(kind: str, megabytes: int = 30) -> bytes:
    return office(kind, parts={"word/media/big.xml": b"<a>" + b" " * (megabytes * 1_000_000) + b"</a>"})


def pdf(extra: bytes = b"", tail: bytes = b"", head: bytes = b"") -> bytes:
    body = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R"
        + extra
        + b">>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    return b"%PDF-1.7\n" + head + body + b"xref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n" + tail


def object_stream(
    objects: bytes, filter_name: bytes = b"FlateDecode", packed_as: bytes | None = None
) -> bytes:
    content = packed_as if packed_as is not None else zlib.compress(b"7 0 " + objects)
    head = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/" + filter_name + b"/Length %d>>\n" % len(content)
    return pdf(tail=b"").replace(b"xref", head + b"stream\r\n" + content + b"\r\nendstream\nendobj\nxref")


def compound(*streams: tuple[str, bytes]) -> bytes:
    """A compound file with these streams in its root; a stream is padded to 4096 bytes at least."""
    fat, contents, entries = [0xFFFFFFFD], b"", [("Root Entry", 5, 0xFFFFFFFE, 0)]
    first = 1 + (len(streams) + 4) // 4
    fat += [*range(2, first), 0xFFFFFFFE]
    for name, content in streams:
        content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        entries.append((name, 2, len(fat), len(content)))
        fat += [*range(len(fat) + 1, len(fat) + len(content) // 512), 0xFFFFFFFE]
        contents += content
    assert len(fat) <= 128
    header = bytes.fromhex("d0cf11e0a1b11ae1").ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<6xLLLLLLLLL", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128L", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    directory = b"".join(_entry(*entry) for entry in entries).ljust((first - 1) * 512, b"\0")
    return header + table + directory + contents


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HB49xLQ", len(raw), kind, start, size)


def compound_with_mini_streams() -> bytes:
    """A compound file that sends every stream below 4 GB to the mini stream."""
    content = bytearray(compound(("Workbook", workbook((0x809, bytes(16))))))
    struct.pack_into("<L", content, 56, 0xFFFFFFFF)
    return bytes(content)


def circling_compound() -> bytes:
    """A compound file whose directory leads back to itself."""
    content = bytearray(compound(("WordDocument", b"")))
    struct.pack_into("<L", content, 512 + 4, 1)
    return bytes(content)


def workbook(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(body)) + body for number, body in records) + struct.pack(
        "<HH", 10, 0
    )


def mp3(frames: int = 12, tag: bytes = b"") -> bytes:
    frame = bytes.fromhex("fffb9000") + bytes(413)
    front = b"ID3\x04\x00\x00" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag if tag else b""
    return front + frame * frames


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L4s", 8 + len(content), name) + content


def m4a(title: bytes = b"", handler: bytes = b"soun") -> bytes:
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
    moov = box(b"moov", box(b"mvhd", bytes(100)) + track + box(b"udta", title))
    return box(b"ftyp", b"M4A \0\0\0\0M4A isom") + moov + box(b"mdat", b"sound" * 20)


def amr(frames: int = 10) -> bytes:
    return b"#!AMR\n" + (bytes([0x3C]) + bytes(31)) * frames


def wav(extra: bytes = b"") -> bytes:
    chunks = (
        b"fmt "
        + struct.pack("<LHHLLHH", 16, 1, 1, 8000, 8000, 1, 8)
        + b"data"
        + struct.pack("<L", 100)
        + bytes(100)
    )
    return struct.pack("<4sL4s", b"RIFF", 4 + len(chunks) + len(extra), b"WAVE") + chunks + extra
