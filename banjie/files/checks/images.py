"""Images: decoded and written anew, so that only pixels are kept: no position, no device, nothing hidden (T16)."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from banjie.files.checks.media import IMAGE_BY_CONTENT, Content, Media
from banjie.files.checks.refusal import refusal

WORKING_PIXELS = 25_000_000
"""Decoded at once at most, about 100 MB: larger JPEGs are read at half or a quarter of their sides."""

MAX_SIDE = 30_000
PREVIEW_SIDE = 1600
JPEG_QUALITY = 88
PREVIEW_QUALITY = 80
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

    JPEG stays JPEG, anything opaque of WebP becomes JPEG, the rest PNG. Raises InvalidInput for floods of pixels,
    truncated and damaged images.
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
        if width * height > WORKING_PIXELS:
            _shrink_on_load(image, content=content)
        image.load()
        return _turned(image)


def _shrink_on_load(image: Image.Image, *, content: Content) -> None:
    """Let libjpeg decode at 1/2, 1/4 or 1/8; other formats cannot, and PNG of this size takes seconds."""
    if content is not Content.JPEG:
        raise refusal(f"图片超过 {WORKING_PIXELS // 10_000} 万像素。请另存为JPG，或缩小后再上传。")
    scale = 2
    while image.width * image.height > WORKING_PIXELS * scale * scale:
        scale *= 2
    image.draft("RGB", (image.width // scale, image.height // scale))


def _turned(image: Image.Image) -> Image.Image:
    """Return the image upright; an EXIF block too broken to tell leaves it as it lies."""
    try:
        return ImageOps.exif_transpose(image)
    except _DAMAGED:
        return image.copy()


def _only_pixels(image: Image.Image, *, as_jpeg: bool) -> Image.Image:
    plain = image.convert(_mode_for(image, as_jpeg=as_jpeg))
    plain.info = {}
    return plain


def _mode_for(image: Image.Image, *, as_jpeg: bool) -> str:
    if as_jpeg:
        return "L" if image.mode == "L" else "RGB"
    if image.mode in ("1", "L"):
        return "RGBA" if "transparency" in image.info else "L"
    return "RGBA" if image.has_transparency_data else "RGB"


def _write(image: Image.Image, *, scratch: Path, is_lossy: bool) -> Picture:
    as_jpeg = is_lossy and image.mode != "RGBA"
    path = scratch / "image"
    if as_jpeg:
        image.save(path, "JPEG", quality=JPEG_QUALITY)
    else:
        image.save(path, "PNG", compress_level=_compression_for(image))
    media = IMAGE_BY_CONTENT[Content.JPEG if as_jpeg else Content.PNG]
    return Picture(
        path=path, preview=_preview(image, scratch), media=media, width=image.width, height=image.height
    )


def _compression_for(image: Image.Image) -> int:
    """Return zlib's level: screenshots well packed, large pictures quickly (each verdict within 2 s)."""
    return 6 if image.width * image.height <= 4_000_000 else 1


def _preview(image: Image.Image, scratch: Path) -> Path | None:
    """Write a JPEG of at most 1600 px a side for looking at on the page, white behind what is transparent."""
    if max(image.size) <= PREVIEW_SIDE:
        return None
    small = image.copy() if image.mode in ("L", "RGB") else _on_white(image)
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), reducing_gap=2.0)
    path = scratch / "preview"
    small.save(path, "JPEG", quality=PREVIEW_QUALITY)
    return path


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _flood(max_pixels: int) -> Exception:
    return refusal(f"图片的尺寸超过 {max_pixels // 10_000} 万像素。请缩小后再上传。")
