"""Images: decoded and written anew, so that only pixels are kept: no position, no device, nothing hidden (T16)."""

import contextlib
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from banjie.files.checks.media import IMAGE_BY_CONTENT, Content, Media
from banjie.files.checks.refusal import refusal

WORKING_PIXELS = 25_000_000
"""Decoded at once at most, 75 MB: larger JPEGs are read at half or a quarter of their sides."""

OTHER_PIXELS = 16_000_000
"""The same for formats that cannot be read smaller: a long screenshot of a phone has 15 million."""

LOSSLESS_BYTES = 20_000_000
"""Beyond this many bytes of pixels, PNG takes seconds to pack and the picture is a photo or a scan: JPEG."""

MAX_SIDE = 30_000
PREVIEW_SIDE = 1600
JPEG_QUALITY = 88
PREVIEW_QUALITY = 80
PNG_LEVEL = 4
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise on broken content, as fuzzing found it."""


@dataclass(frozen=True)
class Picture:
    """An image written anew: where it and its preview lie, and its size in pixels; no preview for small ones."""

    path: Path
    preview: Path | None
    media: Media
    width: int
    height: int


def reencode(source: Path, *, content: Content, max_pixels: int, scratch: Path) -> Picture:
    """Write the first frame of `source` anew into `scratch`, turned as EXIF says and without any metadata.

    JPEG stays JPEG, opaque WebP and whatever is heavy becomes JPEG, the rest PNG. Raises InvalidInput
    for floods of pixels, truncated and damaged images.
    """
    try:
        image = _decode(source, content=content, max_pixels=max_pixels)
        plain = _only_pixels(image, as_jpeg=content is Content.JPEG)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _flood(max_pixels) from None
    except _DAMAGED:
        raise refusal("图片不完整或已损坏，打不开。请在手机或相机里打开确认后重新保存，再上传。") from None
    return _write(plain, scratch=scratch, is_lossy=content in (Content.JPEG, Content.WEBP))


def _decode(source: Path, *, content: Content, max_pixels: int) -> Image.Image:
    with Image.open(source, formats=_FORMATS) as image:
        width, height = image.size
        if width * height > max_pixels or max(width, height) > MAX_SIDE:
            raise _flood(max_pixels)
        if content is not Content.JPEG and width * height > OTHER_PIXELS:
            raise refusal(f"图片超过 {OTHER_PIXELS // 10_000} 万像素。请另存为JPG，或缩小后再上传。")
        if width * height > WORKING_PIXELS:
            _shrink_on_load(image)
        image.load()
        return _turned(image)


def _shrink_on_load(image: Image.Image) -> None:
    """Let libjpeg decode at 1/2, 1/4 or 1/8 of the sides."""
    scale = 2
    while image.width * image.height > WORKING_PIXELS * scale * scale:
        scale *= 2
    image.draft("RGB", (image.width // scale, image.height // scale))


def _turned(image: Image.Image) -> Image.Image:
    """Turn the image upright in its place; an EXIF block too broken to tell leaves it as it lies."""
    with contextlib.suppress(*_DAMAGED):
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _only_pixels(image: Image.Image, *, as_jpeg: bool) -> Image.Image:
    mode = _mode_for(image, as_jpeg=as_jpeg)
    plain = image if image.mode == mode else image.convert(mode)
    plain.info = {}
    return plain


def _mode_for(image: Image.Image, *, as_jpeg: bool) -> str:
    if as_jpeg:
        return "L" if image.mode == "L" else "RGB"
    if image.mode in ("1", "L"):
        return "RGBA" if "transparency" in image.info else "L"
    return "RGBA" if image.has_transparency_data else "RGB"


def _write(image: Image.Image, *, scratch: Path, is_lossy: bool) -> Picture:
    is_heavy = image.width * image.height * len(image.getbands()) > LOSSLESS_BYTES
    if is_heavy and image.mode == "RGBA":
        image = _on_white(image)
    as_jpeg = is_heavy or (is_lossy and image.mode != "RGBA")
    path = scratch / "image"
    if as_jpeg:
        image.save(path, "JPEG", quality=JPEG_QUALITY)
    else:
        image.save(path, "PNG", compress_level=PNG_LEVEL)
    media = IMAGE_BY_CONTENT[Content.JPEG if as_jpeg else Content.PNG]
    return Picture(
        path=path, preview=_preview(image, scratch), media=media, width=image.width, height=image.height
    )


def _preview(image: Image.Image, scratch: Path) -> Path | None:
    """Write a JPEG of at most 1600 px a side for looking at on the page, white behind what is transparent."""
    if max(image.size) <= PREVIEW_SIDE:
        return None
    share = PREVIEW_SIDE / max(image.size)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    small = image.resize(size, reducing_gap=2.0)
    path = scratch / "preview"
    (_on_white(small) if small.mode == "RGBA" else small).save(path, "JPEG", quality=PREVIEW_QUALITY)
    return path


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _flood(max_pixels: int) -> Exception:
    return refusal(f"图片的尺寸超过 {max_pixels // 10_000} 万像素。请缩小后再上传。")
