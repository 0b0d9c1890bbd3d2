"""File names: cleaned where people were careless, refused where somebody wants to deceive (V5 5.3, 5.4)."""

import re
import unicodedata
from dataclasses import dataclass

from banjie.files.checks.refusal import refusal

MAX_NAME_BYTES = 180
_DECEIVING = re.compile("[\u0000\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PROGRAMS = (
    "exe",
    "com",
    "scr",
    "pif",
    "bat",
    "cmd",
    "msi",
    "msp",
    "dll",
    "cpl",
    "app",
    "apk",
    "jar",
    "sh",
    "iso",
    "img",
)
_SCRIPTS = (
    "ps1",
    "vbs",
    "vbe",
    "js",
    "jse",
    "wsf",
    "wsh",
    "hta",
    "reg",
    "inf",
    "lnk",
    "url",
    "py",
    "rb",
    "pl",
    "cgi",
)
_PAGES = ("html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "swf")
_SERVER_PAGES = ("php", "php5", "phtml", "asp", "aspx", "jsp", "jspx")
_WITH_MACROS = ("docm", "dotm", "xlsm", "xlsb", "xltm", "xlam", "pptm", "potm", "ppsm")
_RUNNABLE = frozenset(_PROGRAMS + _SCRIPTS + _PAGES + _SERVER_PAGES + _WITH_MACROS)


@dataclass(frozen=True)
class CleanName:
    """A name without path or control characters; `extension` is lower case, without dot, and may be empty."""

    stem: str
    extension: str

    def __str__(self) -> str:
        """Return the whole name."""
        return f"{self.stem}.{self.extension}" if self.extension else self.stem


def clean_name(raw: str) -> CleanName:
    """Return `raw` without folders, control and reserved characters, at most 180 bytes of UTF-8.

    Raises InvalidInput for NUL, direction overrides and a runnable extension in front of the last one.
    """
    if _DECEIVING.search(raw):
        raise refusal("文件名里藏有看不见的控制字符，常见于伪装的文件。请确认来源，改名后再上传。")
    stem, extension = _split(_plain(raw))
    _refuse_runnable(stem, extension)
    if _DEVICES.fullmatch(stem.split(".", 1)[0].strip()):
        stem = f"_{stem}"
    return CleanName(
        stem=_shortened(stem or "附件", MAX_NAME_BYTES - len(extension) - 1), extension=extension
    )


def _plain(raw: str) -> str:
    name = raw.replace("\\", "/").rsplit("/", 1)[-1]
    name = unicodedata.normalize("NFC", name)
    name = "".join(sign for sign in name if unicodedata.category(sign) not in _DROPPED_CATEGORIES)
    return _FORBIDDEN.sub("_", name).strip(" .\u3000")


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", extension.strip()):
        return name, ""
    return stem.strip(" .\u3000"), extension.strip().lower()


def _refuse_runnable(stem: str, extension: str) -> None:
    """Refuse 通知.exe.jpg and the like; 请示.docx.pdf and 12.5会议.jpg are how people name things."""
    inner = {part.strip().lower() for part in stem.split(".")[1:]}
    found = sorted(inner & _RUNNABLE) or ([extension] if extension in _RUNNABLE else [])
    if found:
        raise refusal(
            f"文件名带有“.{found[0]}”，这类文件可能夹带程序，系统不收。请确认来源；确是图片或文档的，改名后再上传。"
        )


def _shortened(stem: str, max_bytes: int) -> str:
    return stem.encode()[:max_bytes].decode(errors="ignore").rstrip(" .")
