"""The books on the desk: those of this person, and the whole catalogue, from which a town wakes what it wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.books.actions import put_to_sleep, wake
from banjie.books.book import Book
from banjie.books.queries import (
    books_of,
    can_see,
    can_write,
    proposed_for_closing,
    showing_on,
    title_of,
)
from banjie.books.shelf import Books
from banjie.books.vocabulary import GROUP_WORDS
from banjie.desk.access import needs
from banjie.desk.books.notes import notes_of
from banjie.desk.books.rows import address_of
from banjie.desk.deeds import at_work, stamp_of
from banjie.people.queries import StaffActor
from banjie.people.rights import Role

WAKE, SLEEP = "wake", "sleep"
MOST_DATES = 50
"""Dates of records that are looked through for the first page."""


@dataclass(frozen=True)
class Line:
    """One book as a shelf shows it."""

    key: str
    title: str
    href: str
    replaces: str
    feeds: str
    writers: str
    new: str = ""
    state: str = ""
    then: str = ""
    deed: str = ""


@dataclass(frozen=True)
class Shelf:
    """The books of one group."""

    label: str
    books: tuple[Line, ...]


@dataclass(frozen=True)
class DateLine:
    """A date that matters of one record."""

    day: str
    words: str
    title: str
    href: str
    is_past: bool


@never_cache
@require_safe
@needs("books.see_records", scope="can_see, can_write")
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the books that this person writes or sees, by shelf."""
    actor, at = at_work(request), now()
    books = books_of(actor.town, local_day(at))
    mine = [book for book in books.awake if can_see(actor, book) or can_write(actor, book)]
    more = [{"label": "台账目录", "href": reverse("books:catalogue")}]
    told = {
        "groups": _shelves([_line(book, actor, books) for book in mine], mine),
        "notes": notes_of(actor, books, at=at),
        "dates": _dates(actor, local_day(at)),
        "more": more,
    }
    return page(request, "desk/books/home.html", told)


@never_cache
@require_safe
@needs("books.see_records", scope="the town's catalogue")
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Show every book in force, awake or asleep, with what it replaces and what it feeds."""
    actor, at = at_work(request), now()
    books = books_of(actor.town, local_day(at))
    every = sorted(books, key=lambda book: (not books.is_awake(book.key), book.title))
    may_wake = actor.may("books.wake_book")
    told = {
        "groups": _shelves([_line(book, actor, books) for book in every], every),
        "idle": proposed_for_closing(actor.town, local_day(at)) if may_wake else (),
        "may_wake": may_wake,
        "may_declare": actor.may("books.declare_book"),
    }
    return page(request, "desk/books/catalogue.html", told)


@require_POST
@needs("books.wake_book", scope="own town")
def move(request: HttpRequest, key: str) -> HttpResponseBase:
    """启用、停用 a book; its records stay either way."""
    actor = at_work(request)
    stamp = stamp_of(request, actor)
    book = books_of(actor.town, local_day(stamp.recorded_at)).book(key)
    if request.POST.get("then") == SLEEP:
        put_to_sleep(key, actor=actor, stamp=stamp)
        messages.success(request, f"已停用“{book.title}”，记录都还在。")
    else:
        wake(key, actor=actor, stamp=stamp)
        messages.success(
            request, f"已启用“{book.title}”。它代替：{'、'.join(book.replaces)}，这些可以不再填了。"
        )
    return redirect("books:catalogue")


def _dates(actor: StaffActor, today: date) -> list[DateLine]:
    """Return the dates of records that are near or past, those of this person's own sight, the nearest first."""
    return [
        DateLine(
            one.due_on.isoformat(),
            one.words,
            title_of(one.record, one.book),
            address_of(one.record),
            one.due_on < today,
        )
        for one in showing_on(actor, today, most=MOST_DATES)
    ]


def _line(book: Book, actor: StaffActor, books: Books) -> Line:
    is_awake = books.is_awake(book.key)
    may_open = can_see(actor, book) or can_write(actor, book)
    return Line(
        key=book.key,
        title=book.title,
        href=reverse("books:list", args=[book.key]) if may_open else "",
        replaces="、".join(book.replaces),
        feeds="、".join(book.feeds),
        writers="、".join(role.label for role in Role if role.value in book.writes),
        new=reverse("books:new", args=[book.key]) if is_awake and can_write(actor, book) else "",
        state="启用中" if is_awake else "未启用",
        then=SLEEP if is_awake else WAKE,
        deed="停用" if is_awake else "启用",
    )


def _shelves(lines: Iterable[Line], books: Iterable[Book]) -> list[Shelf]:
    told = list(zip(lines, books, strict=True))
    shelves = [
        Shelf(label, tuple(line for line, book in told if book.group is group))
        for group, label in GROUP_WORDS.items()
    ]
    return [shelf for shelf in shelves if shelf.books]
