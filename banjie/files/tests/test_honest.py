"""What people really hand in is taken in, cleaned of what nobody meant to hand over (T16, V5 14.2.8)."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from banjie.files.checks import Examined, FileKind, examine
from banjie.files.tests import factories as make


def _examined(tmp_path: Path, name: str, content: bytes) -> Examined:
    received = tmp_path / "received"
    received.write_bytes(content)
    return examine(received, name, max_pixels=make.QUOTAS.max_pixels, scratch=tmp_path)


HONEST = {
    "photo": ("IMG_2031.jpg", make.image("JPEG"), FileKind.IMAGE, "image/jpeg"),
    "grey photo": ("IMG_2031.JPEG", make.image("JPEG", make.picture(mode="L")), FileKind.IMAGE, "image/jpeg"),
    "photo in print colours": (
        "扫描.jpg",
        make.image("JPEG", Image.new("CMYK", (9, 9))),
        FileKind.IMAGE,
        "image/jpeg",
    ),
    "screenshot": ("微信截图_20260305.png", make.image("PNG"), FileKind.IMAGE, "image/png"),
    "clipboard image": (
        "image.png",
        make.image("PNG", make.picture(mode="RGBA")),
        FileKind.IMAGE,
        "image/png",
    ),
    "blob without extension": ("blob", make.image("PNG"), FileKind.IMAGE, "image/png"),
    "moving picture": ("动图.gif", make.image("GIF"), FileKind.IMAGE, "image/png"),
    "webp": ("图.webp", make.image("WEBP"), FileKind.IMAGE, "image/jpeg"),
    "old screenshot": ("截图.bmp", make.image("BMP"), FileKind.IMAGE, "image/png"),
    "pdf": ("关于道路的请示.docx.pdf", make.pdf(), FileKind.PDF, "application/pdf"),
    "pdf with object streams": (
        "通知.pdf",
        make.object_stream(b"<</Type/Page>>"),
        FileKind.PDF,
        "application/pdf",
    ),
    "docx": ("12.5会议纪要.docx", make.office("docx"), FileKind.DOCUMENT, None),
    "docx with web links": (
        "通知.docx",
        make.office(
            "docx",
            parts={
                "word/_rels/document.xml.rels": make.relations(
                    ("hyperlink", "https://www.gov.cn/"),
                    ("hyperlink", "附件1.docx"),
                    ("hyperlink", "..\\附件\\2.docx"),
                    ("image", "file:///C:\\图片.png"),
                )
            },
        ),
        FileKind.DOCUMENT,
        None,
    ),
    "docx with a chart's sheet": (
        "报告.docx",
        make.office("docx", parts={"word/embeddings/Microsoft_Excel_Sheet1.xlsx": make.office("xlsx")}),
        FileKind.DOCUMENT,
        None,
    ),
    "xlsx": ("台账.xlsx", make.office("xlsx"), FileKind.SHEET, None),
    "xlsx dragged down to the last row": (
        "台账.xlsx",
        make.office("xlsx", parts={"xl/worksheets/sheet1.xml": b'<row><c r="A1" s="1"/></row>' * 200_000}),
        FileKind.SHEET,
        None,
    ),
    "pptx": ("汇报.pptx", make.office("pptx"), FileKind.SLIDES, None),
    "ofd": (
        "公文.ofd",
        make.packed({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": "<d/>"}),
        FileKind.DOCUMENT,
        None,
    ),
    "doc": (
        "请示.doc",
        make.compound(("WordDocument", b"\xec\xa5"), ("1Table", b"")),
        FileKind.DOCUMENT,
        None,
    ),
    "xls": ("名单.xls", make.compound(("Workbook", make.workbook((0x809, bytes(16))))), FileKind.SHEET, None),
    "txt": ("说明.txt", "村东头路灯不亮。\r\n请处理。".encode(), FileKind.TEXT, "text/plain"),
    "txt of notepad": ("说明.txt", "村东头路灯不亮".encode("gb18030"), FileKind.TEXT, "text/plain"),
    "csv of excel": (
        "名单.csv",
        "姓名,金额\n李,-12.5\n王,+3\n".encode("utf-8-sig"),
        FileKind.SHEET,
        "text/csv",
    ),
    "mp3": ("通话.mp3", make.mp3(tag=b"TIT2 somewhere"), FileKind.SOUND, "audio/mpeg"),
    "m4a": ("录音.m4a", make.m4a(), FileKind.SOUND, "audio/mp4"),
    "amr": ("语音.amr", make.amr(), FileKind.SOUND, "audio/amr"),
    "wav": ("录音笔.wav", make.wav(), FileKind.SOUND, "audio/wav"),
}


@pytest.mark.parametrize("label", HONEST)
def test_an_honest_upload_is_taken_in(label: str, tmp_path: Path) -> None:
    name, content, kind, media_type = HONEST[label]
    examined = _examined(tmp_path, name, content)
    assert examined.kind is kind
    assert media_type in (None, examined.media_type)


def test_a_photo_loses_position_device_and_comment_and_stands_upright(tmp_path: Path) -> None:
    handed = make.jpeg_with_position(orientation=6)
    assert Image.open(io.BytesIO(handed)).getexif().get_ifd(make.GPS)
    examined = _examined(tmp_path, "IMG_2031.jpg", handed)
    kept = Image.open(examined.path)
    assert not kept.getexif()
    assert "comment" not in kept.info
    assert "某手机".encode() not in examined.path.read_bytes()
    assert (examined.width, examined.height) == kept.size == (30, 40)
    assert kept.getpixel((15, 5))[0] < 50 < 200 < kept.getpixel((15, 35))[0]


@pytest.mark.parametrize(
    "text_chunks",
    [b"Comment: Alice's house", b"XML:com.adobe.xmp: <x:xmpmeta/>"],
)
def test_a_png_keeps_pixels_only(text_chunks: bytes, tmp_path: Path) -> None:
    told = PngInfo()
    told.add_text(*text_chunks.decode().split(": "))
    examined = _examined(
        tmp_path, "图.png", make.image("PNG", pnginfo=told, dpi=(96, 96)) + b"<script>alert(1)</script>"
    )
    content = examined.path.read_bytes()
    assert b"tEXt" not in content
    assert content.endswith(b"IEND\xaeB`\x82")


def test_a_script_behind_a_photo_is_gone(tmp_path: Path) -> None:
    examined = _examined(tmp_path, "照片.jpg", make.image("JPEG") + b"<?php system($_GET[0]);")
    assert b"php" not in examined.path.read_bytes()


def test_a_transparent_drawing_stays_transparent(tmp_path: Path) -> None:
    examined = _examined(tmp_path, "章.png", make.image("PNG", Image.new("RGBA", (9, 9), (255, 0, 0, 0))))
    assert Image.open(examined.path).getpixel((4, 4))[3] == 0


def test_a_png_called_jpg_gets_its_true_name(tmp_path: Path) -> None:
    """WeChat saves screenshots as .jpg; pictures are written anew, so only the name was wrong."""
    assert _examined(tmp_path, "mmexport1.jpg", make.image("PNG")).name == "mmexport1.png"


def test_a_large_photo_gets_a_preview_and_a_small_one_none(tmp_path: Path) -> None:
    large = _examined(tmp_path, "照片.jpg", make.image("JPEG", make.picture(3000, 2000)))
    assert large.preview is not None
    assert Image.open(large.preview).size == (1600, 1067)
    assert _examined(tmp_path, "照片.jpg", make.image("JPEG")).preview is None


def test_a_photo_beyond_the_working_size_is_kept_at_half_its_sides(tmp_path: Path) -> None:
    examined = _examined(tmp_path, "照片.jpg", make.image("JPEG", make.picture(6400, 4800)))
    assert (examined.width, examined.height) == (3200, 2400)


def test_a_two_picture_photo_of_a_phone_is_a_photo(tmp_path: Path) -> None:
    out = io.BytesIO()
    make.picture().save(out, "MPO", save_all=True, append_images=[make.picture()])
    assert _examined(tmp_path, "照片.jpg", out.getvalue()).media_type == "image/jpeg"


def test_recordings_lose_titles_and_places(tmp_path: Path) -> None:
    place = b"+30.2500+120.1500/"
    assert place not in _examined(tmp_path, "录音.m4a", make.m4a(place)).path.read_bytes()
    assert place not in _examined(tmp_path, "录音.mp3", make.mp3(tag=place)).path.read_bytes()
    assert place not in _examined(tmp_path, "录音.wav", make.wav(b"LIST\x12\0\0\0" + place)).path.read_bytes()


def test_a_recording_keeps_its_sound(tmp_path: Path) -> None:
    examined = _examined(tmp_path, "录音.m4a", make.m4a(b"title"))
    assert examined.path.stat().st_size == len(make.m4a(b"title"))
    assert b"sound" * 20 in examined.path.read_bytes()
