"""Adding a book on the web: paste the office's own sheet, look over what was made of it, and keep it from today."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.base.page import page
from banjie.books.actions import declare_book, wake
from banjie.books.book import Book
from banjie.books.drafting import DraftBook, DraftField, text_of
from banjie.books.guessing import Habits, Offices, guesses_of, key_of
from banjie.books.queries import books_of, can_write
from banjie.books.sheets import FAMILY
from banjie.cases.settings import setting
from banjie.desk.access import needs
from banjie.desk.books.declared import (
    BookForm,
    FieldForms,
    FieldRows,
    PasteForm,
    draft_of,
    drafts_of,
    forms_guessed,
    forms_standing,
)
from banjie.desk.deeds import at_work, attempt, stamp_of
from banjie.desk.numbers import largest_sheet
from banjie.desk.sheets.tasks import go_on
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import village_names
from banjie.rulebook.findings import BadText
from banjie.rulebook.models import TextVersion
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey
from banjie.rulebook.text import Section
from banjie.sheets.actions import Sent, take_in_sheet
from banjie.sheets.layout import Table, lay_out
from banjie.sheets.reading import read_pasted

DEED = "books.declare_book"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope="own town")
def new_book(request: HttpRequest) -> HttpResponseBase:
    """Make a book of what was pasted: the cells, then the columns looked over, then the book and its first import."""
    actor = at_work(request)
    paste = PasteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not paste.is_valid():
        return page(request, "desk/books/paste.html", {"form": paste})
    pasted = paste.cleaned_data["pasted"]
    if request.POST.get("then") != "declare":
        try:
            guesses = guesses_of(_table(pasted), _offices(actor)) if pasted.strip() else []
        except InvalidInput as wrong:
            paste.add_error("pasted", wrong.message)
            return page(request, "desk/books/paste.html", {"form": paste}, status=422)
        return _look_over(request, *forms_guessed(guesses), pasted=pasted)
    about, fields = BookForm(request.POST), FieldRows(request.POST, prefix="f")
    key = key_of(str(request.POST.get("title", "")), set(books_of(actor.town, local_day(now())).editions))
    done = attempt(about, lambda _: _declare(request, actor, key, about, fields))
    if done.result is None:
        return _look_over(request, about, fields, pasted=pasted, status=done.status)
    made = books_of(actor.town, local_day(now())).book(done.result.key)
    messages.success(request, f"“{made.title}”已经可以记了。")
    if not can_write(actor, made):
        return redirect("books:catalogue")
    return (
        _import(request, actor, made.key, pasted) if pasted.strip() else redirect("books:list", key=made.key)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope="own town")
def amend_book(request: HttpRequest, key: str) -> HttpResponseBase:
    """Change the labels, choices and columns of a book from today; old records keep the columns of their day."""
    actor = at_work(request)
    book = books_of(actor.town, local_day(now())).book(key)
    if request.method != "POST":
        return _look_over(request, *forms_standing(book), book=book)
    about, fields = BookForm(request.POST), FieldRows(request.POST, prefix="f")
    done = attempt(about, lambda _: _declare(request, actor, key, about, fields, book=book))
    if not done.is_done:
        return _look_over(request, about, fields, book=book, status=done.status)
    messages.success(request, "已改好，从今天起按新的栏目记；以前的记录照旧。")
    return redirect("books:list", key=key)


def _declare(
    request: HttpRequest,
    actor: StaffActor,
    key: str,
    about: BookForm,
    fields: FieldForms,
    *,
    book: Book | None = None,
) -> TextVersion:
    """Write the text of the book and put it in force from today; what is wrong is said in words."""
    stamp = stamp_of(request, actor)
    today = local_day(stamp.recorded_at)
    if not fields.is_valid():
        raise InvalidInput("栏目里有没填好的，请核对下面的表。")
    standing = next(
        (edition.text for edition in rules_on(actor.town, today).texts(Section.BOOKS) if edition.key == key),
        None,
    )
    columns = drafts_of(fields)
    draft = _following(draft_of(about.cleaned_data, columns), columns, book)
    kept = setting(rules_on(actor.town, today), SettingKey.NEW_KEPT, int)
    source = text_of(draft, today=today, years_kept=kept, standing=standing)
    try:
        version = declare_book(key, source, actor=actor, stamp=stamp, from_on=today)
    except BadText as bad:
        told = "；".join(f"{one.fault}，{one.remedy}" for one in bad.findings[:5])
        raise InvalidInput(told) from bad
    if standing is None and actor.may("books.wake_book"):
        wake(version.key, actor=actor, stamp=replace(stamp, client_key=""))
    return version


def _following(draft: DraftBook, columns: Sequence[DraftField], book: Book | None) -> DraftBook:
    """Let the day of a standing book be told by the new name of its column, where only the column was renamed."""
    if book is None or draft.day != book.day_field.label:
        return draft
    renamed = (one.label for one in columns if one.key == book.day_field.key)
    return replace(draft, day=next(renamed, draft.day))


def _import(request: HttpRequest, actor: StaffActor, key: str, pasted: str) -> HttpResponseBase:
    """Take the pasted rows in as the book's first batch, to be looked at before anything is written."""
    office: UUID | None = next(iter(sorted(actor.unit_ids, key=str)), None)
    stamp = replace(stamp_of(request, actor), client_key="")
    batch = take_in_sheet(
        actor,
        stamp,
        importer_key=f"{FAMILY}.{key}",
        sent=Sent(pasted=pasted),
        office=office,
        max_bytes=largest_sheet(actor.town, at=stamp.recorded_at),
    )
    go_on(batch)
    return redirect("sheets:batch", batch_id=batch.pk)


def _table(pasted: str) -> Table:
    sheets = read_pasted(pasted).filled
    if not sheets:
        raise InvalidInput("粘进来的内容里没有格子。请在 Excel 里选中表头和几行，复制后再粘。")
    table = lay_out(sheets[0], known=frozenset())
    if not table.has_head:
        raise InvalidInput("没有认出表头。请连表头那一行一起复制。")
    return table


def _offices(actor: StaffActor) -> Offices:
    office = names_of(actor.town)
    villages = frozenset(name for _, name in village_names(actor.town))
    rules = rules_on(actor.town, local_day(now()))
    habits = Habits(
        setting(rules, SettingKey.GUESS_CHOICES, int),
        setting(rules, SettingKey.GUESS_REPEATS, int),
        setting(rules, SettingKey.GUESS_MONEY, tuple),
    )
    return Offices(habits, villages, frozenset(office.units.values()), frozenset(office.staff.values()))


def _look_over(
    request: HttpRequest,
    about: BookForm,
    fields: FieldForms,
    *,
    pasted: str = "",
    book: Book | None = None,
    status: int = 200,
) -> HttpResponseBase:
    told = {
        "about": about,
        "fields": fields,
        "pasted": pasted,
        "book": book,
        "title": f"改栏目：{book.title}" if book else "看看认得对不对",
        "action": reverse("books:amend_book", args=[book.key]) if book else reverse("books:new_book"),
        "back": reverse("books:list", args=[book.key]) if book else reverse("books:catalogue"),
    }
    return page(request, "desk/books/declare.html", told, status=status)
