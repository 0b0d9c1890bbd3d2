"""Which lines of a workbook's sheets are hidden, by filter or by hand: the one thing that calamine does not tell."""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_LINE = re.compile(rb"\br=\"(\d+)\"")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_PIECE = 1 << 20


def hidden_lines(path: Path) -> dict[str, frozenset[int]]:
    """Return sheet name → hidden lines of an .xlsx; a package that is not as expected hides nothing."""
    try:
        with zipfile.ZipFile(path) as package:
            return {name: _lines_of(package, part) for name, part in _parts(package).items()}
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


def _lines_of(package: zipfile.ZipFile, part: str) -> frozenset[int]:
    lines: set[int] = set()
    with package.open(part) as source:
        before = b""
        while piece := source.read(_PIECE):
            window = before + piece
            cut = window.rfind(b"<")
            lines |= _hidden_in(window[:cut])
            before = window[cut:]
    return frozenset(lines | _hidden_in(before))


def _hidden_in(xml: bytes) -> set[int]:
    found = set()
    for row in _ROW.finditer(xml):
        line = _LINE.search(row[1])
        if line and _HIDDEN.search(row[1]):
            found.add(int(line[1]))
    return found
