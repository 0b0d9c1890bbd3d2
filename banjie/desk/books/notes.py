"""一次记录，几本台账: one form over what several books ask, each fact once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput, NotFound
from banjie.base.page import page
from banjie.books.actions import Note, write_note
from banjie.books.book import BookField
from banjie.books.models import Record
from banjie.books.queries import NoteField, NoteForm, blank_for, names_for, note_of
from banjie.books.shelf import Books
from banjie.desk.access import needs
from banjie.desk.books.filing import taken_in
from banjie.desk.books.forms import RecordForm
from banjie.desk.deeds import at_work, attempt, stamp_of
from banjie.desk.drafts.keeping import draft_of, draft_url, drop_draft
from banjie.desk.forms import DeskForm
from banjie.desk.intake.counter import Counter
from banjie.fields.spec import Stored
from banjie.people.queries import StaffActor

SEPARATOR = "-"
"""Stands in the name of an input for the dot of what it means."""


class NoteRecordForm(RecordForm):
    """The fields of a note, each under the name of what it means."""

    note: NoteForm

    def options_of(self, spec: BookField) -> str:
        """Return the address of the book by whose declaration the field is asked."""
        one = self.asked_as(spec)
        book = next(book for book in self.note.books if book.key == one.books[0])
        key = next(field.key for field in book.fields if one.name in (field.means, f"{book.key}.{field.key}"))
        return reverse("books:options", args=[book.key, key])

    def asked_as(self, spec: BookField) -> NoteField:
        """Return what the note asks by a field of this form."""
        return next(one for one in self.note.fields if _input(one.name) == spec.key)


class BooksForm(DeskForm):
    """Which books this note fills."""

    books = forms.MultipleChoiceField(label="记入", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, note: NoteForm, **more: object) -> None:
        """Offer the awake books of the note that the person writes, all ticked."""
        super().__init__(*args, **more)
        field = self.fields["books"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
        field.choices = [(book.key, book.title) for book in note.books]
        field.initial = [book.key for book in note.books]


def notes_of(actor: StaffActor, books: Books, *, at: datetime) -> list[dict[str, str]]:
    """Return the notes that fill more than one book of this person."""
    names = dict.fromkeys(book.note for book in books.awake if book.note)
    notes = [note_of(actor, name, at=at) for name in names]
    return [
        {
            "href": reverse("books:note", args=[note.name]),
            "label": "、".join(book.menu for book in note.books),
        }
        for note in notes
        if len(note.books) > 1
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("books.write_record", scope="can_write, by the action")
def note(request: HttpRequest, name: str) -> HttpResponseBase:
    """Ask each fact once, and write a record in each chosen book."""
    actor, at = at_work(request), now()
    asked = note_of(actor, name, at=at)
    if not asked.books:
        raise NotFound("没有您能填的台账用到这种记录。请从台账页面进入。")
    counter = Counter(actor, at)
    form = _form(request, counter, asked)
    choice = BooksForm(request.POST if request.method == "POST" else None, note=asked)
    status = 200
    if request.method == "POST":
        status = _write(request, counter, asked, form, choice)
        if status == 200:
            drop_draft(request, _draft_key(name))
            return redirect("books:home")
    told = {
        "title": "、".join(book.menu for book in asked.books),
        "action": reverse("books:note", args=[name]),
        "form": form,
        "choice": choice["books"],
        "asked_once": [one for one in form.asked if len(form.asked_as(one.spec).books) > 1],
        "parts": _parts(form),
        "draft_url": draft_url(_draft_key(name)),
        "draft_key": f"{actor.id}:{_draft_key(name)}",
    }
    return page(request, "desk/books/note.html", told, status=status)


def _write(
    request: HttpRequest, counter: Counter, asked: NoteForm, form: NoteRecordForm, choice: BooksForm
) -> int:
    if not choice.is_valid():
        form.is_valid()
        return 422
    chosen = frozenset(choice.cleaned_data["books"])
    for one in asked.fields:
        if not chosen & set(one.books):
            form.fields[_input(one.name)].required = False
    stamp = stamp_of(request, counter.actor)

    def act(_: object) -> Sequence[Record]:
        told = taken_in(form.uploads, form.told, actor=counter.actor, stamp=stamp, rules=counter.rules)
        named = {key.replace(SEPARATOR, "."): value for key, value in told.items()}
        try:
            return write_note(Note(asked.name, named, chosen), actor=counter.actor, stamp=stamp)
        except InvalidInput as wrong:
            fields = {_input(name): words for name, words in wrong.fields.items()}
            raise InvalidInput(wrong.message, fields=fields) from wrong

    done = attempt(form, act)
    if done.result:
        messages.success(request, f"记了一次，{len(done.result)}本台账各得一条。")
    return done.status


def _form(request: HttpRequest, counter: Counter, note: NoteForm) -> NoteRecordForm:
    """Return one form over the fields of the note, each under the name of what it means."""
    specs = [replace(one.field, key=_input(one.name)) for one in note.fields]
    on = local_day(counter.at)
    if request.method == "POST":
        posted = NoteRecordForm(counter, specs, on=on, data=request.POST, files=request.FILES)
        posted.note = note
        return posted
    values: dict[str, Stored] = {}
    names: dict[str, str] = {}
    for one in note.books:
        blank = blank_for(counter.actor, one, at=counter.at)
        names |= names_for(counter.actor, one, [Record(town=counter.actor.town, values=blank)]).names
        for key, value in blank.items():
            values.setdefault(_input(one.by_key[key].means or f"{one.key}.{key}"), value)
    form = NoteRecordForm(counter, specs, on=on, values=values, names=names)
    form.note = note
    if kept := draft_of(request, _draft_key(note.name)):
        form.initial.update(kept.dict())
    return form


def _parts(form: NoteRecordForm) -> list[dict[str, object]]:
    """Return for each book what it alone asks."""
    parts: list[dict[str, object]] = [
        {"title": book.title, "asked": [a for a in form.asked if form.asked_as(a.spec).books == (book.key,)]}
        for book in form.note.books
    ]
    return [part for part in parts if part["asked"]]


def _input(name: str) -> str:
    return name.replace(".", SEPARATOR)


def _draft_key(name: str) -> str:
    return f"note.{name}"
