"""Adding a book on the web: paste the office's own sheet, look over what was made of it, and keep it from today."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
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
from banjie.books.guessing import TYPE_WORDS, Guess, Offices, day_of, guesses_of, key_of
from banjie.books.queries import books_of, can_write
from banjie.books.sheets import FAMILY
from banjie.books.vocabulary import GROUP_WORDS, Group
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, stamp_of
from banjie.desk.forms import DeskForm
from banjie.desk.numbers import largest_sheet
from banjie.desk.sheets.tasks import go_on
from banjie.fields.spec import FieldType
from banjie.people.queries import StaffActor, names_of
from banjie.people.rights import ADMINISTRATORS, Role
from banjie.places.queries import village_names
from banjie.rulebook.findings import BadText
from banjie.rulebook.models import TextVersion
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section
from banjie.sheets.actions import Sent, take_in_sheet
from banjie.sheets.layout import Table, lay_out
from banjie.sheets.reading import read_pasted

DEED = "books.declare_book"
BLANK_ROWS = 3
MOST_FIELDS = 60
LONGEST_PASTE = 2_000_000
DAYS = (FieldType.DATE, FieldType.MONTH)
ROLES = [(role.value, role.label) for role in Role if role not in ADMINISTRATORS]


class PasteForm(DeskForm):
    """The first step: the cells of the office's own sheet, or nothing to begin with an empty book."""

    pasted = forms.CharField(
        label="从 Excel 里连表头一起复制，粘到这里",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="没有表也行，空着点“下一步”，自己写栏目。",
    )


class BookForm(DeskForm):
    """What is told of the book itself."""

    title = forms.CharField(label="台账名称", max_length=40)
    menu = forms.CharField(label="菜单里叫什么", max_length=6, help_text="不超过6个字，用办公室的叫法。")
    group = forms.ChoiceField(
        label="放在目录哪一类", choices=[(group.value, words) for group, words in GROUP_WORDS.items()]
    )
    day = forms.CharField(
        label="按哪一天排先后、算数字", max_length=40, help_text="写上面一个日期或月份栏目的名称。"
    )
    replaces = forms.CharField(
        label="代替哪些表、本子", max_length=200, help_text="用顿号隔开。启用以后这些就不用再填了。"
    )
    feeds = forms.CharField(
        label="谁看、用在哪里", max_length=200, help_text="用顿号隔开，如：月度通报、县里季度报表。"
    )
    about = forms.CharField(
        label="记什么、什么时候记", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    writes = forms.MultipleChoiceField(label="谁来记", choices=ROLES, widget=forms.CheckboxSelectMultiple)
    sees = forms.MultipleChoiceField(
        label="还有谁能看", choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )


class FieldForm(DeskForm):
    """One column; of a field that stands neither type nor unit changes, since its records have them."""

    use_required_attribute = False

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    label = forms.CharField(label="栏目", required=False, max_length=40)
    type = forms.ChoiceField(
        label="填什么", required=False, choices=[(kind.value, words) for kind, words in TYPE_WORDS.items()]
    )
    unit = forms.CharField(label="单位", required=False, max_length=8)
    choices = forms.CharField(label="可选的项", required=False, max_length=500)
    required = forms.BooleanField(label="必填", required=False)
    personal = forms.BooleanField(label="个人信息", required=False)
    is_retired = forms.BooleanField(label="不再问", required=False)


FieldForms = BaseFormSet[FieldForm]
"""The columns of a book."""
_Fields = formset_factory(FieldForm, extra=BLANK_ROWS, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS)


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
        return _look_over(request, *_guessed(guesses), pasted=pasted)
    about, fields = BookForm(request.POST), _Fields(request.POST, prefix="f")
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
        return _look_over(request, *_standing(book), book=book)
    about, fields = BookForm(request.POST), _Fields(request.POST, prefix="f")
    done = attempt(about, lambda _: _declare(request, actor, key, about, fields))
    if not done.is_done:
        return _look_over(request, about, fields, book=book, status=done.status)
    messages.success(request, "已改好，从今天起按新的栏目记；以前的记录照旧。")
    return redirect("books:list", key=key)


def _declare(
    request: HttpRequest, actor: StaffActor, key: str, about: BookForm, fields: FieldForms
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
    source = text_of(_draft(about.cleaned_data, _drafts(fields)), today=today, standing=standing)
    try:
        version = declare_book(key, source, actor=actor, stamp=stamp, from_on=today)
    except BadText as bad:
        told = "；".join(f"{one.fault}，{one.remedy}" for one in bad.findings[:5])
        raise InvalidInput(told) from bad
    if standing is None and actor.may("books.wake_book"):
        wake(version.key, actor=actor, stamp=replace(stamp, client_key=""))
    return version


def _drafts(fields: FieldForms) -> list[DraftField]:
    """Return the columns that have a name, as the text of a book takes them."""
    told = [form.cleaned_data for form in fields if form.cleaned_data.get("label")]
    return [
        DraftField(
            label=one["label"].strip(),
            type=FieldType(one["type"] or FieldType.TEXT),
            key=one["key"],
            unit=one["unit"].strip(),
            choices=_words(one["choices"]),
            required=one["required"],
            personal=one["personal"],
            is_retired=one["is_retired"],
        )
        for one in told
    ]


def _draft(told: dict[str, Any], fields: Sequence[DraftField]) -> DraftBook:
    return DraftBook(
        title=told["title"].strip(),
        menu=told["menu"].strip(),
        group=Group(told["group"]),
        replaces=_words(told["replaces"]),
        feeds=_words(told["feeds"]),
        writes=tuple(told["writes"]),
        sees=tuple(told["sees"]),
        day=told["day"].strip(),
        about=told["about"].strip(),
        fields=tuple(fields),
    )


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
    return Offices(villages, frozenset(office.units.values()), frozenset(office.staff.values()))


def _guessed(guesses: Sequence[Guess]) -> tuple[BookForm, FieldForms]:
    day = day_of(guesses)
    told = [
        {
            "label": one.label,
            "type": one.type.value,
            "unit": one.unit,
            "choices": "、".join(one.choices),
            "required": one.required,
            "personal": one.personal,
        }
        for one in guesses
    ]
    label = next((one.label for one in guesses if one.key == day), "")
    return BookForm(initial={"day": label, "writes": ["handler", "unit_head", "dispatcher"]}), _Fields(
        initial=told, prefix="f"
    )


def _standing(book: Book) -> tuple[BookForm, FieldForms]:
    told = [
        {
            "key": spec.key,
            "label": spec.label,
            "type": spec.type.value,
            "unit": spec.unit,
            "choices": "、".join(choice.label for choice in spec.choices),
            "required": spec.required,
            "personal": spec.personal,
        }
        for spec in book.fields
        if spec.until is None
    ]
    about = BookForm(
        initial={
            "title": book.title,
            "menu": book.menu,
            "group": book.group.value,
            "day": book.day_field.label,
            "replaces": "、".join(book.replaces),
            "feeds": "、".join(book.feeds),
            "about": "（照旧）",
            "writes": sorted(book.writes),
            "sees": sorted(book.sees),
        }
    )
    return about, _Fields(initial=told, prefix="f")


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


def _words(told: str) -> tuple[str, ...]:
    return tuple(
        part.strip() for part in told.replace("，", "、").replace(",", "、").split("、") if part.strip()
    )
