"""What calamine does not tell of a workbook: which lines are hidden, and which cells hold an error such as #N/A."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from banjie.sheets.reading.raw import Place

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_LINE = re.compile(rb"\br=\"(\d+)\"")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_ERROR = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\bt=\"e\")[^>]*\br=\"([A-Z]{1,3})(\d+)\"")
_PIECE = 1 << 20


@dataclass(frozen=True)
class Marks:
    """Of one sheet: the hidden lines, and the cells that hold an error instead of a value."""

    hidden_lines: frozenset[int] = frozenset()
    broken: frozenset[Place] = frozenset()


def marks_of(path: Path) -> dict[str, Marks]:
    """Return sheet name → marks of an .xlsx; a package that is not as expected has none."""
    try:
        with zipfile.ZipFile(path) as package:
            return {name: _marks_in(package, part) for name, part in _parts(package).items()}
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, OSError):
        return {}


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → part, through the relationships of the workbook."""
    targets = {
        told["Id"]: told["Target"]
        for told in _elements(package.read("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    sheets = _elements(package.read("xl/workbook.xml"), "sheet")
    return {told["name"]: _part(targets[_relation(told)]) for told in sheets}


def _relation(told: dict[str, str]) -> str:
    return next(value for name, value in told.items() if name.endswith(":id"))


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: (
        found.append(attributes) if tag.rpartition(":")[2] == name else None
    )
    parser.Parse(xml, True)
    return found


def _marks_in(package: zipfile.ZipFile, part: str) -> Marks:
    lines: set[int] = set()
    broken: set[Place] = set()
    with package.open(part) as source:
        before = b""
        while piece := source.read(_PIECE):
            window = before + piece
            cut = window.rfind(b"<")
            lines |= _hidden_in(window[:cut])
            broken |= _broken_in(window[:cut])
            before = window[cut:]
    return Marks(frozenset(lines), frozenset(broken))


def _hidden_in(xml: bytes) -> set[int]:
    found = set()
    for row in _ROW.finditer(xml):
        line = _LINE.search(row[1])
        if line and _HIDDEN.search(row[1]):
            found.add(int(line[1]))
    return found


def _broken_in(xml: bytes) -> set[Place]:
    return {(int(cell[2]), _place_of(cell[1].decode())) for cell in _ERROR.finditer(xml)}


def _place_of(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
