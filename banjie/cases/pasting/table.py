"""Rows of a sheet as pieces: one row is one thing told, and every cell of it is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from banjie.cases.pasting.columns import Meaning, is_head_row, meanings_by_content, meanings_by_head
from banjie.cases.pasting.pieces import Pasted, Piece, Source, title_of
from banjie.cases.pasting.telling import LANDLINE, MOBILE, name_in, phone_in
from banjie.cases.pasting.times import read_moment, read_serial
from banjie.sheets.reading.cells import Row

LONGEST_TITLE = 120


def read_table(text: str, rows: Sequence[Row], *, at: datetime) -> Pasted:
    """Return the pieces of copied cells, with or without a head row."""
    heads = rows[0].cells if is_head_row(rows[0].cells) else ()
    body = rows[1:] if heads else rows
    cells = [row.cells for row in body]
    meanings = meanings_by_content(cells, meanings_by_head(heads), at=at)
    pieces = tuple(_piece(row, meanings, heads, at=at) for row in body)
    return Pasted(Source.CELLS, pieces, heads=text[rows[0].start : rows[0].end] if heads else "")


def _piece(row: Row, meanings: Mapping[int, Meaning], heads: Sequence[str], *, at: datetime) -> Piece:
    told = _told(row, meanings)
    title, text = told.get(Meaning.TITLE, ""), told.get(Meaning.TEXT, "")
    body = text or title
    words = told.get(Meaning.TIME, "")
    phone, unread = _phone(told.get(Meaning.PHONE, ""), body)
    others = [*_others(row, meanings, heads), *([f"电话 {unread}"] if unread else [])]
    moment = (read_moment(words, at=at) or read_serial(words, at=at)) if words else None
    if words and moment is None:
        others.append(f"时间 {words}")
    if text and len(title) > LONGEST_TITLE:
        others.append(f"标题 {title}")
    return Piece(
        text=_with_others(body, others),
        start=row.start,
        title=_short(title) or title_of(body),
        name=told.get(Meaning.NAME, "") or name_in(body),
        phone=phone,
        code=told.get(Meaning.CODE, ""),
        id_number=told.get(Meaning.ID_NUMBER, ""),
        outer_number=told.get(Meaning.OUTER_NUMBER, ""),
        place_words=told.get(Meaning.PLACE, ""),
        category_words=told.get(Meaning.CATEGORY, ""),
        told_at=moment,
        times=(words,) if words else (),
        is_chatter=not body,
    )


def _told(row: Row, meanings: Mapping[int, Meaning]) -> dict[Meaning, str]:
    """Return what the row says by meaning; cells of one meaning are put together, such as 村 and 组."""
    told: dict[Meaning, str] = {}
    for place, meaning in meanings.items():
        cell = row.cells[place].strip() if place < len(row.cells) else ""
        if cell:
            told[meaning] = f"{told[meaning]} {cell}" if meaning in told else cell
    return told


def _phone(cell: str, body: str) -> tuple[str, str]:
    """Return the phone, and the cell where it holds more than one number or none that we know."""
    if not cell:
        return phone_in(body), ""
    is_one = MOBILE.fullmatch(cell) or LANDLINE.fullmatch(cell)
    return phone_in(cell), "" if is_one else cell


def _others(row: Row, meanings: Mapping[int, Meaning], heads: Sequence[str]) -> list[str]:
    """Return the cells that no column of ours takes, each under its head."""
    found = []
    for place, cell in enumerate(row.cells):
        if cell.strip() and (place not in meanings or meanings[place] is Meaning.ORDINAL):
            head = heads[place].strip() if place < len(heads) else ""
            found.append(f"{head} {cell.strip()}".strip())
    return found


def _with_others(body: str, others: Sequence[str]) -> str:
    if not others:
        return body
    line = f"（表中其他各列：{'；'.join(others)}）"
    return f"{body}\n\n{line}" if body else line


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
