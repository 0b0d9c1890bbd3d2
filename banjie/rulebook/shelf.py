"""Files of texts on disk: `<section>/<key>.md`, or `<section>/<key>@2026-01-01.md` for a version from a day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from banjie.rulebook.findings import BadText, Finding, Place
from banjie.rulebook.text import Section, Text, parse_text

SHIPPED = Path(__file__).parent / "shipped"
_KEY = re.compile(r"[\w-]{1,60}")
_NAME = re.compile(r"(?P<key>[\w-]+)(@(?P<day>\d{4}-\d\d-\d\d))?")


@dataclass(frozen=True)
class Filed:
    """A text as filed: where, from which day if its file name says one, and as written."""

    section: Section
    key: str
    named_on: date | None
    source: str
    file: str

    def read(self) -> Text:
        """Read the text, once in a process however often it is filed; raises BadText."""
        return _read(self)


@lru_cache(maxsize=512)
def _read(filed: Filed) -> Text:
    return parse_text(filed.section, filed.key, source=filed.source, file=filed.file)


def filed_in(folder: Path) -> list[Filed]:
    """Return the texts in a folder by section, key and day; BadText names each file that is misplaced."""
    findings: list[Finding] = []
    found: list[Filed] = []
    for path in sorted(folder.rglob("*.md")):
        try:
            found.append(_filed(path, folder))
        except BadText as bad:
            findings += bad.findings
    if not found and not findings:
        remedy = f"请把文件放进 {'、'.join(f'{section}/' for section in Section)} 这几个子目录"
        findings.append(Finding(Place(str(folder), 1), "目录里没有 .md 文件", remedy))
    if findings:
        raise BadText(findings)
    return sorted(found, key=lambda filed: (filed.section, filed.key, filed.named_on or date.min))


def read_all(filed: Iterator[Filed] | list[Filed]) -> tuple[list[Text], list[Finding]]:
    """Read every text; what cannot be read is told as findings."""
    texts: list[Text] = []
    findings: list[Finding] = []
    for one in filed:
        try:
            texts.append(one.read())
        except BadText as bad:
            findings += bad.findings
    return texts, findings


def write_files(folder: Path, sources: Mapping[str, str]) -> None:
    """Write texts by relative path under a folder, byte for byte as they are kept."""
    for name, source in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.encode())


def file_name(section: Section, key: str, *, from_on: date | None = None) -> str:
    """Return the relative path of a text, with its day where versions stand side by side."""
    return f"{section}/{key}@{from_on.isoformat()}.md" if from_on else f"{section}/{key}.md"


def is_key(name: str) -> bool:
    """Tell whether a text can be filed under `name`."""
    return _KEY.fullmatch(name) is not None


def _filed(path: Path, folder: Path) -> Filed:
    relative = path.relative_to(folder)
    file = relative.as_posix()
    if len(relative.parts) != 2 or relative.parts[0] not in set(Section):
        remedy = f"请放进 {'、'.join(f'{section}/' for section in Section)} 之一"
        raise BadText([Finding(Place(file, 1), "文件不在规定的子目录里", remedy)])
    name = _NAME.fullmatch(path.stem)
    day = _day(name["day"]) if name and name["day"] else None
    if name is None or (name["day"] and day is None):
        remedy = "请写成 名称.md 或 名称@2026-01-01.md，名称用字母、数字、下划线或汉字"
        raise BadText([Finding(Place(file, 1), "文件名不对", remedy)])
    try:
        source = path.read_bytes().decode()
    except UnicodeDecodeError:
        raise BadText(
            [Finding(Place(file, 1), "文件不是 UTF-8 编码", "请另存为 UTF-8（不带 BOM）")]
        ) from None
    return Filed(Section(relative.parts[0]), name["key"], day, source, file)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
