"""The chapters of the manual: read from Markdown files, found by the page that someone needs help with (U39)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from markdown_it import MarkdownIt

from banjie.base.errors import NotFound

FOLDER = Path(settings.BASE_DIR).parent / "docs" / "manual"
ORDER = ("start", "log-in", "register", "handle", "close", "deeds", "office", "calendar", "places", "rules")
"""The order in which chapters are read; further files follow by name."""
BY_VIEW = {
    "desk:login": "log-in",
    "desk:account": "log-in",
    "desk:pin": "log-in",
    "desk:search": "start",
    "drafts": "register",
    "workbench": "start",
    "intake": "register",
    "cases": "handle",
    "cases:receipt": "register",
    "cases:rate": "close",
    "cases:call-back": "close",
    "cases:close": "close",
    "cases:reopen": "close",
    "cases:withdraw": "close",
    "cases:void": "close",
    "office": "office",
    "town:calendar": "calendar",
    "town:notice": "calendar",
    "town": "places",
    "residents": "registers",
    "homes": "registers",
    "enterprises": "registers",
    "rulebook": "rules",
    "recorded": "notices",
    "selfcheck": "notices",
}
"""Which chapter helps on a page: by its name, else by its room, else the file that bears the room's name."""
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")  # a file system takes no name of any length
_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_PICTURE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.(?:png|webp|jpg)")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its key is the file's name, its title the first heading."""

    key: str
    title: str
    text: str

    @property
    def html(self) -> str:
        """Return the chapter as HTML; raw HTML in the text is shown as text."""
        return _rendered(self.text)


def chapters() -> list[Chapter]:
    """Return every chapter in reading order."""
    return sorted(_read(), key=lambda chapter: (_place(chapter.key), chapter.key))


def find_chapter(key: str) -> Chapter:
    """Return a chapter. Raises NotFound."""
    path = FOLDER / f"{key}.md"
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFound("手册里没有这一章。请从目录里选。")
    return _chapter(path)


def find_picture(name: str) -> Path:
    """Return the file of a picture in the manual. Raises NotFound."""
    path = FOLDER / "pictures" / name
    if not _PICTURE.fullmatch(name) or not path.is_file():
        raise NotFound("手册里没有这张图。")
    return path


def chapter_of(view_name: str) -> str:
    """Return the key of the chapter that helps on a page, "" when only the table of contents does."""
    room = view_name.partition(":")[0]
    key = BY_VIEW.get(view_name) or BY_VIEW.get(room) or room
    return key if _KEY.fullmatch(key) and (FOLDER / f"{key}.md").is_file() else ""


def markdown(text: str) -> str:
    """Return Markdown as HTML; raw HTML is shown as text, links lead only where a link may."""
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


@lru_cache(maxsize=64)
def _rendered(text: str) -> str:
    return markdown(text).replace('src="pictures/', 'src="/manual/pictures/').replace('.md"', '"')


def _read() -> Iterator[Chapter]:
    for path in FOLDER.glob("*.md"):
        if _KEY.fullmatch(path.stem):
            yield _chapter(path)


def _chapter(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.search(text)
    return Chapter(key=path.stem, title=title[1].strip() if title else path.stem, text=text)


def _place(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)
