"""Parts of an Office file, read and written anew; only the child process imports this, since lxml is large."""

import zipfile
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from lxml import etree


class Element(Protocol):
    """What we use of an element of lxml, which brings no types of its own."""

    tag: object
    text: str | None
    attrib: MutableMapping[str, str]

    def __iter__(self) -> Iterator["Element"]:
        """Yield the children."""

    def iter(self) -> Iterator["Element"]:
        """Yield the element and everything in it."""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""

    def append(self, element: "Element") -> None:
        """Add a child at the end."""

    def remove(self, element: "Element") -> None:
        """Take a child out."""

    def addprevious(self, element: "Element") -> None:
        """Put another before this one."""

    def addnext(self, element: "Element") -> None:
        """Put another behind this one."""

    def makeelement(self, tag: str, attributes: Mapping[str, str]) -> "Element":
        """Return a new element of the same document."""

    def getparent(self) -> "Element | None":
        """Return what it lies in."""


def parsed(xml: bytes) -> Element:
    """Return the root of a part; nothing is fetched and no entity is put in."""
    reader = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False
    )
    found: Element = etree.fromstring(xml, reader)
    return found


def written(root: Element) -> bytes:
    """Return a part as bytes."""
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def named(element: Element | None) -> str:
    """Return the name of an element without its namespace."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element, name: str) -> Element | None:
    """Return the first child of that name."""
    return next((one for one in element if named(one) == name), None)


def children(element: Element | None, name: str) -> list[Element]:
    """Return the children of that name."""
    return [] if element is None else [one for one in element if named(one) == name]


def beside(element: Element, name: str) -> str:
    """Return a name in the namespace of an element, for a new one beside or in it."""
    space, closed, _ = str(element.tag).rpartition("}")
    return f"{space}{closed}{name}"


def relation_of(element: Element) -> str:
    """Return the relationship that an element names, by the old names of the format as by the strict ones."""
    return next((value for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def targets_of(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return relationship id → part for a part of the package."""
    path = PurePosixPath(part)
    listed = str(path.parent / "_rels" / f"{path.name}.rels")
    if listed not in package.namelist():
        return {}
    return {
        str(one.get("Id")): _resolved(path.parent, str(one.get("Target")))
        for one in parsed(package.read(listed))
        if one.get("TargetMode", "") != "External"
    }


def rewrite(
    path: Path, out: Path, changed: Mapping[str, bytes], *, left_out: frozenset[str] = frozenset()
) -> None:
    """Write the package anew with some parts changed; every other part is carried over as it is."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.infolist():
            if entry.filename not in left_out:
                target.writestr(entry.filename, changed.get(entry.filename) or package.read(entry))


def _resolved(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = []
    for one in (*folder.parts, *PurePosixPath(target).parts):
        parts = parts[:-1] if one == ".." else [*parts, one]
    return "/".join(parts)
