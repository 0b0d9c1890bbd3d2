"""Lists of forms: which books fit their columns, and the records that fill them as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from banjie.books.book import Book
from banjie.books.columns import sheet_fields
from banjie.books.queries import Asked as AskedOf
from banjie.books.queries import asked_records, books_of, can_see, names_for, said_field
from banjie.books.queries.scope import OFFICE
from banjie.books.vocabulary import BookReach, BookSort
from banjie.people.queries import StaffActor
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import FormList, lists_in
from banjie.reports.asked.listing import (
    NO_ROOM,
    Grown,
    Row,
    answers_of,
    fields_for,
    grown_for,
    row_of,
    why_not_grown,
)
from banjie.reports.models import AskedForm

MOST_ROWS = 500
TOO_MANY = "“{title}”这一段时间有{count}条以上，一张表最多填{most}条。请改短统计时段，或从台账的“导出”里取。"


@dataclass(frozen=True)
class Filled:
    """A list with what may fill it, and what does: the book, and its records as rows."""

    form_list: FormList
    fitting: tuple[Book, ...]
    book: Book | None = None
    rows: Sequence[Row] = ()

    @property
    def added(self) -> int:
        """Return how many lines are added for the rows."""
        return max(0, len(self.rows) - self.form_list.lines)

    @property
    def shown(self) -> list[list[str]]:
        """Return the words of the first rows by column."""
        return [
            [row.cells.get(place, ("", ""))[0] for place in self.form_list.heads] for row in self.rows[:10]
        ]


@dataclass(frozen=True)
class Listed:
    """The lists of a form as answers in their places, and the lines that are added for them."""

    answers: Sequence[Answer] = ()
    grown: Sequence[Grown] = ()
    problem: str = ""


def lists_of(actor: StaffActor, form: AskedForm, *, today: date) -> list[Filled]:
    """Return the lists of a form with the books that fit; those that were chosen are filled with the form's days."""
    books = [book for book in books_of(actor.town, today).awake if can_see(actor, book)]
    found = []
    for one in lists_in(form.form):
        fitting = tuple(book for book in books if fields_for(one, book, sheet_fields(actor, book)))
        chosen = next((book for book in fitting if book.key == form.lists.get(one.key)), None)
        rows = _rows(actor, form, one, chosen) if chosen else []
        found.append(Filled(one, fitting, chosen, rows))
    return found


def listed(form: AskedForm, lists: Sequence[Filled]) -> Listed:
    """Return the answers of the lists, and why they cannot be written where the table cannot hold the records."""
    answers: list[Answer] = []
    grown: list[Grown] = []
    read, problem = form.form, ""
    for one in lists:
        if one.book is None:
            continue
        if one.added and (why := why_not_grown(read, one.form_list)):
            problem = NO_ROOM.format(
                title=one.book.title, count=len(one.rows), lines=one.form_list.lines, why=why
            )
            continue
        if len(one.rows) > MOST_ROWS:
            problem = TOO_MANY.format(title=one.book.title, count=MOST_ROWS, most=MOST_ROWS)
        below = sum(each.count for each in grown if each.grid == one.form_list.grid)
        answers += answers_of(one.form_list, one.rows, below=below)
        if more := grown_for(one.form_list, len(one.rows)):
            grown.append(more)
    return Listed(answers, grown, problem)


def may_have_answer(actor: StaffActor, form: AskedForm, *, today: date) -> bool:
    """Tell whether the answer's file is the actor's to have: his own, or of books that he sees whole."""
    if actor.id == form.answered_by:
        return True
    books = books_of(actor.town, today)
    return all(key in books and _sees_whole(actor, books.book(key)) for key in form.lists.values())


def _sees_whole(actor: StaffActor, book: Book) -> bool:
    is_all = book.reach is BookReach.TOWN or not OFFICE.isdisjoint(actor.roles)
    return can_see(actor, book) and is_all and not any(spec.seen_by for spec in book.fields)


def _rows(actor: StaffActor, form: AskedForm, found: FormList, book: Book) -> list[Row]:
    """Return the records of the form's days, of things those that stand at its end, in their order."""
    first = None if book.sort is BookSort.THING else form.from_on
    seen = asked_records(actor, book, AskedOf(from_on=first, to_on=form.to_on)).order_by("day", "id")
    rows = list(seen[: MOST_ROWS + 1])
    places = fields_for(found, book, sheet_fields(actor, book))
    fields = {place: book.by_key[key] for place, key in places.items()}
    names = names_for(actor, book, rows)
    return [
        row_of(
            {place: said_field(actor, book, row, spec, names).words for place, spec in fields.items()},
            fields,
            row.values,
        )
        for row in rows
    ]
