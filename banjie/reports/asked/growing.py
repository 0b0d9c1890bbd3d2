"""Lines added to a worksheet in the looks of one of its own; what stands below moves down."""

import re
from copy import deepcopy

from banjie.reports.asked.package import Element, child, children, named

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7})")
RANGED = {"mergeCell": "ref", "hyperlink": "ref", "dataValidation": "sqref", "conditionalFormatting": "sqref",
          "autoFilter": "ref", "dimension": "ref"}  # fmt: skip
"""Elements that name a range, and the attribute in which."""


def grow(root: Element, line: int, count: int) -> None:
    """Add lines behind one; a range that ends at it reaches over the new ones."""
    data = child(root, "sheetData")
    for row in children(data, "row"):
        if int(row.get("r", "0")) > line:
            _renumber(row, int(row.get("r", "0")) + count)
    for element in root.iter():
        attribute = RANGED.get(named(element))
        if attribute and element.get(attribute):
            element.set(
                attribute, _moved(element.get(attribute), line, count, is_merge=named(element) == "mergeCell")
            )
    for model in [row for row in children(data, "row") if row.get("r") == str(line)]:
        for number in range(line + count, line, -1):
            model.addnext(_empty_like(model, number))


def grow_names(root: Element, sheet: int, line: int, count: int) -> None:
    """Have the print area and the like of a sheet reach over the lines that were added."""
    shown = [
        place
        for place, one in enumerate(children(child(root, "sheets"), "sheet"))
        if one.get("state", "visible") == "visible"
    ]
    names = child(root, "definedNames")
    for one in children(names, "definedName") if names is not None else ():
        if one.get("localSheetId") == str(shown[sheet]) and one.text:
            sheet_name, mark, area = one.text.rpartition("!")
            one.text = f"{sheet_name}{mark}{_moved(area, line, count, is_merge=False)}"


def _empty_like(model: Element, number: int) -> Element:
    """Return an empty line that looks like another one."""
    more = deepcopy(model)
    for cell in children(more, "c"):
        for one in list(cell):
            cell.remove(one)
        cell.attrib.pop("t", None)
    _renumber(more, number)
    return more


def _renumber(row: Element, number: int) -> None:
    row.set("r", str(number))
    for cell in children(row, "c"):
        cell.set("r", re.sub(r"\d+$", str(number), cell.get("r", "")))


def _moved(ref: str, line: int, count: int, *, is_merge: bool) -> str:
    """Return a reference with the lines behind one moved; one that ends there reaches over the new ones."""
    return " ".join(_moved_one(one, line, count, is_merge=is_merge) for one in ref.split(" "))


def _moved_one(ref: str, line: int, count: int, *, is_merge: bool) -> str:
    first, colon, last = ref.partition(":")
    reaches = bool(colon) and not is_merge

    def move(told: "re.Match[str]", *, is_last: bool) -> str:
        number = int(told[2])
        is_moved = number > line or (is_last and reaches and number == line)
        return f"{told[1]}{number + count if is_moved else number}"

    moved = _RANGE.sub(lambda told: move(told, is_last=False), first)
    return moved + colon + _RANGE.sub(lambda told: move(told, is_last=True), last)
