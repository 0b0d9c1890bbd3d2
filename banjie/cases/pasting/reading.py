"""One door for every paste: cells, a chat, or plain notes, told by their form."""

from datetime import datetime

from banjie.cases.pasting.chat import read_chat
from banjie.cases.pasting.notes import read_notes
from banjie.cases.pasting.pieces import Pasted, Source
from banjie.cases.pasting.table import read_table
from banjie.sheets.reading.cells import are_cells, read_rows


def plain_lines(text: str) -> str:
    """Return a text with one kind of line break and without characters that no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def read_pasted(text: str, *, at: datetime) -> Pasted:
    """Return the pieces of a paste; `at` is now in the office's zone. Never raises, loses nothing.

    The text must have come through `plain_lines`, so that what is left can be put back by its place.
    """
    if not text.strip():
        return Pasted(Source.NOTES)
    rows = read_rows(text) if "\t" in text or '"' in text else ()
    if are_cells(text, rows):
        return read_table(text, rows, at=at)
    if pieces := read_chat(text, at=at):
        return Pasted(Source.CHAT, pieces)
    return Pasted(Source.NOTES, read_notes(text))
