"""Word, Excel, PowerPoint and OFD packages: no macros, nothing active, no links that fetch, no entities (T16)."""

import re
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.parsers import expat

from banjie.files.checks.media import ALLOWED, Content, Media
from banjie.files.checks.packages import DAMAGED, ODD, Budget, opened_package, pieces_of
from banjie.files.checks.refusal import refusal
from banjie.files.checks.signatures import is_eicar, virus_found

MAX_DEPTH = 2
MAX_LIST_BYTES = 2_000_000
MAX_TEXT_BYTES = 2_000_000
ACTIVE = "文档里带有宏或可运行的内容，系统不收。请另存为不带宏的 {extension} 文件，或另存为 PDF 后再上传。"
LINKED = (
    "文档里有指向外部的链接（{target}），打开时会自动连出去，系统不收。"
    "请在“文件—信息—编辑指向文件的链接”里断开，或另存为 PDF 后再上传。"
)
_MAIN_TYPES = {"docx": b"wordprocessingml.document.main+xml", "xlsx": b"spreadsheetml.sheet.main+xml"}
_MAIN_TYPES["pptx"] = b"presentationml.presentation.main+xml"
_ACTIVE_NAME = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|dialogsheets|customui|\.(bin\.rels|exe|dll|js|vbs|hta|html?|swf|lnk|bat|cmd|ps1|jar)$"
    r"|embeddings/.*\.(bin|docm|xlsm|xlsb|pptm)$",
    re.IGNORECASE,
)
_ACTIVE_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet|activeX|ms-office\.vba", re.IGNORECASE)
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_DYNAMIC = re.compile(rb"DDEAUTO|<(?:\w+:)?ddeLink\b")
_ENCODING = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([^\"']{1,40})")
_ENCODINGS = frozenset(
    {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"gb2312", b"gbk", b"gb18030", b"iso-8859-1"}
)
_TEXT_PART = re.compile(
    r"word/(document|header\d*|footer\d*)\.xml|xl/sharedStrings\.xml|ppt/slides/slide1\.xml"
)
_OFD_PART = re.compile(r"\.(xml|png|jpe?g|bmp|gif|tiff?|jb2|ttf|ttc|otf|esl|dat|icc)$|/$", re.IGNORECASE)
_FETCHING = re.compile(r"^\s*(?:\\\\|//|https?:|ftp:|file:/*\\\\|file://[^/])", re.IGNORECASE)
_CLICKED = re.compile(r"^\s*(?:https?:|mailto:|tel:|#|file:///|[^:]*$|[a-z]:[\\/])", re.IGNORECASE)
_REMOTE_HOST = re.compile(
    r"^\s*(?:\\\\|//|file:(?://)?\\\\|file://+(?:localhost)?\\\\|file:////|file://[^/])", re.IGNORECASE
)

_LOCAL_KINDS = frozenset(
    {"image", "externallinkpath", "xlpathmissing", "xlstartup", "xlalternatestartup", "xllibrary"}
)


@dataclass
class _Opening:
    """The visible text at the opening of a document, gathered up to a bound for the 密级 check."""

    pieces: list[bytes] = field(default_factory=list)
    room: int = MAX_TEXT_BYTES

    def add(self, piece: bytes) -> None:
        if self.room > 0:
            self.pieces.append(piece[: self.room])
            self.room -= len(piece)

    def text(self) -> str:
        raw = b"".join(self.pieces).decode("utf-8", errors="replace")
        raw = re.sub(r"</(?:w:p|a:p|si)>|<w:br/>", "\n", raw)
        return re.sub(r"<[^>]*>", "", raw)


def check_package(path: Path, *, media: Media) -> str:
    """Check the office package at `path` and return the text it opens with; raises InvalidInput for hostile content."""
    opening = _Opening()
    with path.open("rb") as source:
        _check(source, extension=media.extension, budget=Budget(), opening=opening, depth=0)
    return opening.text()


def _check(source: IO[bytes], *, extension: str, budget: Budget, opening: _Opening, depth: int) -> None:
    with opened_package(source, budget=budget) as package:
        names = {part.filename for part in package.infolist()}
        _check_names(names, extension=extension)
        for part in package.infolist():
            if _is_embedded_package(part.filename):
                _check_embedded(package, part, budget=budget, opening=opening, depth=depth)
            else:
                _check_part(part.filename, pieces_of(package, part, budget=budget), opening=opening)
        if extension != "ofd":
            _check_lists(package, names, extension=extension, budget=budget)


def _check_names(names: set[str], *, extension: str) -> None:
    main = "OFD.xml" if extension == "ofd" else "[Content_Types].xml"
    if main not in names:
        raise refusal(f"扩展名是 .{extension}，内容却不是。请用 Word 或 WPS 打开确认，另存一份后再上传。")
    if any(_ACTIVE_NAME.search(name) for name in names):
        raise refusal(ACTIVE.format(extension=extension))
    if extension == "ofd" and not all(_OFD_PART.search(name) for name in names):
        raise refusal(
            "OFD 文件里夹带了别的文件，系统不收。请用阅读器另存一份不带附件的，或打印成 PDF 后再上传。"
        )


def _is_embedded_package(name: str) -> bool:
    media = ALLOWED.get(name.rpartition(".")[2].lower())
    return media is not None and media.content is Content.ZIP


def _check_embedded(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, *, budget: Budget, opening: _Opening, depth: int
) -> None:
    """Check a package inside a package, such as the sheet behind a chart of a Word report."""
    if depth >= MAX_DEPTH:
        raise refusal(ODD)
    with tempfile.TemporaryFile() as unpacked:
        for piece in pieces_of(package, part, budget=budget):
            unpacked.write(piece)
        extension = part.filename.rpartition(".")[2].lower()
        _check(unpacked, extension=extension, budget=budget, opening=opening, depth=depth + 1)


def _check_part(name: str, pieces: Iterable[bytes], *, opening: _Opening) -> None:
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    is_text = _TEXT_PART.fullmatch(name) is not None
    before = b""
    for piece in pieces:
        # UTF-16 hides no markup once its zero bytes are gone.
        window = before + (piece.replace(b"\0", b"") if is_xml else piece)
        if not before:
            _check_beginning(window, is_xml=is_xml)
        if is_xml and _DECLARED.search(window):
            raise refusal(ODD)
        if is_xml and _DYNAMIC.search(window):
            raise refusal(LINKED.format(target="DDE"))
        if is_text:
            opening.add(piece)
        before = window[-64:]


def _check_beginning(window: bytes, *, is_xml: bool) -> None:
    if is_eicar(window):
        raise virus_found()
    declared = _ENCODING.search(window[:300]) if is_xml else None
    if declared and declared.group(1).lower() not in _ENCODINGS:
        raise refusal(ODD)


def _check_lists(package: zipfile.ZipFile, names: set[str], *, extension: str, budget: Budget) -> None:
    """Check what the package says it is, and every relationship that leads out of it."""
    types = _whole(package, "[Content_Types].xml", budget=budget)
    if _ACTIVE_TYPE.search(types):
        raise refusal(ACTIVE.format(extension=extension))
    if _MAIN_TYPES[extension] not in types:
        raise refusal(f"扩展名是 .{extension}，内容却不是。请用 Word 或 WPS 打开确认，另存一份后再上传。")
    for name in sorted(names):
        if name.endswith(".rels"):
            for relation in _relations(_whole(package, name, budget=budget)):
                _check_relation(relation)


def _whole(package: zipfile.ZipFile, name: str, *, budget: Budget) -> bytes:
    if package.getinfo(name).file_size > MAX_LIST_BYTES:
        raise refusal(ODD)
    return b"".join(pieces_of(package, package.getinfo(name), budget=budget))


def _relations(xml: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: (
        found.append(attributes) if name.endswith("Relationship") else None
    )
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise refusal(DAMAGED) from None
    return found


def _check_relation(relation: dict[str, str]) -> None:
    """Let people click on web addresses; refuse what is fetched by itself, other hosts' shares and scripts."""
    kind = relation.get("Type", "").rpartition("/")[2].lower()
    target = unquote(relation.get("Target", ""))
    if relation.get("TargetMode", "").lower() != "external":
        return
    if kind == "hyperlink":
        is_harmless = bool(_CLICKED.match(target)) and not _REMOTE_HOST.match(target)
    else:
        is_harmless = kind in _LOCAL_KINDS and _is_local(target)
    if not is_harmless:
        raise refusal(LINKED.format(target=target[:60]))


def _is_local(target: str) -> bool:
    """Tell a dead link to the author's own disk, which opens nothing here, from one that goes over the network."""
    return not _FETCHING.match(target) and not _REMOTE_HOST.match(target) and bool(_CLICKED.match(target))
