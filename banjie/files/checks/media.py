"""The allow-list: which types are taken in, by which extensions they go and how their content begins (V5 5.2.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 4096
ACCEPTED = "可以上传：图片（JPG、PNG、GIF、WebP、BMP）、PDF、OFD、Word、Excel、PPT、文本、录音（MP3、M4A、AMR、WAV）。"


class FileKind(StrEnum):
    """What a file is to the person who looks for it."""

    IMAGE = "image"
    PDF = "pdf"
    DOCUMENT = "document"
    SHEET = "sheet"
    SLIDES = "slides"
    TEXT = "text"
    SOUND = "sound"


KIND_LABELS = {
    FileKind.IMAGE: "图片",
    FileKind.PDF: "PDF",
    FileKind.DOCUMENT: "文档",
    FileKind.SHEET: "表格",
    FileKind.SLIDES: "演示文稿",
    FileKind.TEXT: "文本",
    FileKind.SOUND: "录音",
}


class Content(StrEnum):
    """What the first bytes of an accepted file say it is."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    PDF = "pdf"
    ZIP = "zip"
    COMPOUND = "compound"
    MP3 = "mp3"
    M4A = "m4a"
    AMR = "amr"
    WAV = "wav"
    TEXT = "text"


IMAGES = frozenset({Content.JPEG, Content.PNG, Content.GIF, Content.WEBP, Content.BMP})


@dataclass(frozen=True)
class Media:
    """One accepted type: its extension, what its content must be, and what it is called."""

    extension: str
    content: Content
    kind: FileKind
    media_type: str


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ALL = (
    Media("jpg", Content.JPEG, FileKind.IMAGE, "image/jpeg"),
    Media("jpeg", Content.JPEG, FileKind.IMAGE, "image/jpeg"),
    Media("png", Content.PNG, FileKind.IMAGE, "image/png"),
    Media("gif", Content.GIF, FileKind.IMAGE, "image/gif"),
    Media("webp", Content.WEBP, FileKind.IMAGE, "image/webp"),
    Media("bmp", Content.BMP, FileKind.IMAGE, "image/bmp"),
    Media("pdf", Content.PDF, FileKind.PDF, "application/pdf"),
    Media("ofd", Content.ZIP, FileKind.DOCUMENT, "application/ofd"),
    Media("docx", Content.ZIP, FileKind.DOCUMENT, f"{_OPEN_XML}.wordprocessingml.document"),
    Media("xlsx", Content.ZIP, FileKind.SHEET, f"{_OPEN_XML}.spreadsheetml.sheet"),
    Media("pptx", Content.ZIP, FileKind.SLIDES, f"{_OPEN_XML}.presentationml.presentation"),
    Media("doc", Content.COMPOUND, FileKind.DOCUMENT, "application/msword"),
    Media("wps", Content.COMPOUND, FileKind.DOCUMENT, "application/msword"),
    Media("xls", Content.COMPOUND, FileKind.SHEET, "application/vnd.ms-excel"),
    Media("et", Content.COMPOUND, FileKind.SHEET, "application/vnd.ms-excel"),
    Media("ppt", Content.COMPOUND, FileKind.SLIDES, "application/vnd.ms-powerpoint"),
    Media("txt", Content.TEXT, FileKind.TEXT, "text/plain"),
    Media("csv", Content.TEXT, FileKind.SHEET, "text/csv"),
    Media("mp3", Content.MP3, FileKind.SOUND, "audio/mpeg"),
    Media("m4a", Content.M4A, FileKind.SOUND, "audio/mp4"),
    Media("amr", Content.AMR, FileKind.SOUND, "audio/amr"),
    Media("wav", Content.WAV, FileKind.SOUND, "audio/wav"),
)
ALLOWED = {media.extension: media for media in _ALL}
IMAGE_BY_CONTENT = {media.content: media for media in reversed(_ALL) if media.content in IMAGES}

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x05\x06", b"PK\x07\x08", b"BZh", b"\xfd7zXZ")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00")


def _brand_in(brands: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _starts(*prefixes: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(prefixes)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _is_mp3(head: bytes) -> bool:
    """Tell an ID3 tag or a layer III frame sync from a UTF-16 mark, which begins with FF too."""
    return head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2)


def _is_bmp(head: bytes) -> bool:
    return head.startswith(b"BM") and head[6:10] == bytes(4)


_CONTENTS: tuple[tuple[Content, Callable[[bytes], bool]], ...] = (
    (Content.JPEG, _starts(b"\xff\xd8\xff")),
    (Content.PNG, _starts(b"\x89PNG\r\n\x1a\n")),
    (Content.GIF, _starts(b"GIF87a", b"GIF89a")),
    (Content.WEBP, _riff(b"WEBP")),
    (Content.BMP, _is_bmp),
    (Content.PDF, _starts(b"%PDF-")),
    (Content.ZIP, _starts(b"PK\x03\x04")),
    (Content.COMPOUND, _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    (Content.WAV, _riff(b"WAVE")),
    (Content.AMR, _starts(b"#!AMR\n", b"#!AMR-WB\n")),
    (Content.M4A, _brand_in(_SOUND_BRANDS)),
    (Content.MP3, _is_mp3),
)

_REFUSED: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (
        _brand_in(_HEIF_BRANDS),
        "这是苹果或新款手机的 HEIC 照片，办公电脑多半打不开。请在手机里改存为JPG（相册分享时选“最兼容”），再上传。",
    ),
    (
        _starts(b"II*\x00", b"MM\x00*"),
        "这是 TIFF 扫描图，浏览器里看不了。请在扫描仪上选 PDF 或 JPG 重新扫一次，再上传。",
    ),
    (
        _starts(b"\x02#!SILK", b"#!SILK"),
        "这是微信内部的语音格式，别的电脑放不出来。请在手机上用“录音机”转录为 MP3 或 M4A，或把内容听写成文字。",
    ),
    (_starts(*_ARCHIVES), "压缩包里有什么看不见，系统不收。请解压后把里面的文件逐个上传。"),
    (
        _starts(*_PROGRAMS),
        "这是程序或快捷方式，不是附件，系统不收。请换成照片、PDF 或文档；来历不明的请不要打开。",
    ),
    (
        lambda head: head[4:8] == b"ftyp" and head[8:12] not in _SOUND_BRANDS,
        "系统暂不收视频。请截取关键画面存成图片上传，视频原件留在本单位备查，并在备注里写明存在哪里。",
    ),
)


def content_of(head: bytes) -> Content:
    """Return what the first bytes of a file say it is; what has no signature counts as text and is tried as such."""
    return next((content for content, fits in _CONTENTS if fits(head)), Content.TEXT)


def known_refusal(head: bytes) -> str | None:
    """Return the sentence for a type that is recognised but not taken in, or None."""
    return next((message for fits, message in _REFUSED if fits(head)), None)
