"""A list as a workbook, written as it is read: memory stays flat whatever the number of rows."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, cast

from banjie.sheets.writing.cells import row_writer
from banjie.sheets.writing.head import Cell, OutColumn, SheetHead, Version
from banjie.sheets.writing.stencil import SHEET_PART, Stencil, stencil_of

ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 32 * 1024
SWIFT = 1
"""Level of compression: the next one up takes twice as long for a tenth."""
SIGNED = ("填表人：", "审核人：", "分管领导（盖章）：")


class _Sink:
    """Takes what the zip writer writes and hands it on; nothing that was written can be gone back to."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.place = 0

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self.pieces.append(bytes(piece))
        self.place += len(piece)
        return len(piece)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self.place

    def seekable(self) -> bool:
        """Tell that it cannot be gone back."""
        return False

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def is_full(self) -> bool:
        """Tell whether there is enough to hand on."""
        return sum(map(len, self.pieces)) >= BYTES_AT_ONCE

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        whole, self.pieces = b"".join(self.pieces), []
        return whole


def write_sheet(
    columns: Sequence[OutColumn], rows: Iterable[Sequence[Cell]], *, version: Version, head: SheetHead
) -> Iterator[bytes]:
    """Yield the bytes of an .xlsx with these rows, piece by piece as they are drawn from `rows`."""
    stencil = stencil_of(columns, head, version)
    return zipped(stencil.parts, _sheet(stencil, rows, width=len(columns), version=version))


def zipped(parts: Iterable[tuple[str, bytes]], sheet: Iterable[str]) -> Iterator[bytes]:
    """Yield a workbook of these parts and a worksheet that comes piece by piece."""
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED, compresslevel=SWIFT) as package:
        for name, content in parts:
            package.writestr(name, content)
        with package.open(SHEET_PART, "w", force_zip64=True) as part:
            for piece in sheet:
                part.write(piece.encode())
                if sink.is_full:
                    yield sink.taken()
    yield sink.taken()


def _sheet(
    stencil: Stencil, rows: Iterable[Sequence[Cell]], *, width: int, version: Version
) -> Iterator[str]:
    yield stencil.before
    write = row_writer(stencil.styles[:width], is_bordered=version is Version.REPORT)
    line, left = stencil.first_line, iter(rows)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        yield "".join(write(n, cells) for n, cells in enumerate(chunk, start=line))
        line += len(chunk)
    if version is Version.REPORT:
        yield _signed(stencil, line + 1, width)
    yield stencil.after


def _signed(stencil: Stencil, line: int, width: int) -> str:
    """Return the line for those who answer for the sheet, spread over its columns."""
    places = sorted({0, width // 2, max(width - 2, 0)})
    cells: list[Cell] = [""] * width
    for place, words in zip(places, SIGNED[-len(places) :], strict=True):
        cells[place] = words
    return row_writer([stencil.styles[width]] * width)(line, cells)
