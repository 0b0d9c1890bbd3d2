"""The verdict on one file: name, type by content, structure; what is kept is written to a scratch folder."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import puremagic

from banjie.files.checks.compound import check_compound
from banjie.files.checks.images import reencode
from banjie.files.checks.media import (
    ACCEPTED,
    ALLOWED,
    HEAD_BYTES,
    IMAGE_BY_CONTENT,
    IMAGES,
    Content,
    FileKind,
    Media,
    content_of,
    known_refusal,
)
from banjie.files.checks.names import CleanName, clean_name
from banjie.files.checks.office import check_package
from banjie.files.checks.pdf import check_pdf
from banjie.files.checks.refusal import refusal
from banjie.files.checks.secrecy import secrecy_mark_in, stopped
from banjie.files.checks.signatures import is_eicar, virus_found
from banjie.files.checks.sounds import copy_sound
from banjie.files.checks.texts import check_text


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its content lies at `path`; sizes in pixels, zero for what is no image."""

    path: Path
    name: str
    kind: FileKind
    media_type: str
    width: int = 0
    height: int = 0
    preview: Path | None = None


def examine(path: Path, raw_name: str, *, max_pixels: int, scratch: Path) -> Examined:
    """Return what to keep of the file at `path`, or raise InvalidInput with what is wrong and what to do (T16)."""
    name = clean_name(raw_name)
    _stop_mark(name.stem)
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    media = _media_of(name, head)
    if media.content in IMAGES:
        return _examined_image(path, name, content=content_of(head), max_pixels=max_pixels, scratch=scratch)
    kept = _checked(path, media=media, scratch=scratch)
    return Examined(path=kept, name=str(name), kind=media.kind, media_type=media.media_type)


def _media_of(name: CleanName, head: bytes) -> Media:
    """Return the type that extension and content agree on; images may go by each other's extension, or by none."""
    if not head:
        raise refusal("文件是空的（0 字节）。请确认文件已保存、传送完整，再上传。")
    if is_eicar(head):
        raise virus_found()
    known = known_refusal(head)
    if known:
        raise refusal(known)
    content = content_of(head)
    media = ALLOWED.get(name.extension)
    if content in IMAGES and ((media is None and not name.extension) or (media and media.content in IMAGES)):
        return IMAGE_BY_CONTENT[content]
    if media is None:
        raise refusal(
            f"系统不收{f' .{name.extension} ' if name.extension else '没有扩展名的'}文件。{ACCEPTED}"
        )
    if media.content is not content:
        raise refusal(
            f"扩展名是 .{media.extension}，内容却不是{_likeness(head)}。请确认来源，用原来的软件另存一份后再上传。"
        )
    return media


def _likeness(head: bytes) -> str:
    """Say what the content looks like, if that can be told."""
    with contextlib.suppress(puremagic.PureError, ValueError, IndexError):
        extension = puremagic.from_string(head)
        return f"（像是 {extension} 文件）" if extension else ""
    return ""


def _examined_image(
    path: Path, name: CleanName, *, content: Content, max_pixels: int, scratch: Path
) -> Examined:
    picture = reencode(path, content=content, max_pixels=max_pixels, scratch=scratch)
    keeps_extension = (
        ALLOWED.get(name.extension, picture.media).content is picture.media.content and name.extension
    )
    renamed = CleanName(name.stem, name.extension if keeps_extension else picture.media.extension)
    return Examined(
        path=picture.path,
        name=str(renamed),
        kind=FileKind.IMAGE,
        media_type=picture.media.media_type,
        width=picture.width,
        height=picture.height,
        preview=picture.preview,
    )


def _checked(path: Path, *, media: Media, scratch: Path) -> Path:
    """Check structure and marks by content; return where the content to keep lies."""
    if media.kind is FileKind.SOUND:
        return copy_sound(path, content=media.content, scratch=scratch)
    if media.content is Content.ZIP:
        _stop_mark(check_package(path, media=media))
    elif media.content is Content.COMPOUND:
        check_compound(path, media=media)
    elif media.content is Content.PDF:
        check_pdf(path)
    else:
        _stop_mark(check_text(path))
    return path


def _stop_mark(text: str) -> None:
    mark = secrecy_mark_in(text)
    if mark:
        raise refusal(stopped(mark))
