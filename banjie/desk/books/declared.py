"""The forms of making a book: the paste, the columns, the book itself; filled by a guess or by what stands."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from banjie.books.book import Book
from banjie.books.drafting import DraftBook, DraftField
from banjie.books.guessing import TYPE_WORDS, Guess, day_of
from banjie.books.vocabulary import GROUP_WORDS, Group
from banjie.desk.forms import DeskForm
from banjie.fields.spec import FieldType
from banjie.people.rights import ADMINISTRATORS, Role

BLANK_ROWS = 3
MOST_FIELDS = 60
LONGEST_PASTE = 2_000_000
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

    @property
    def stands(self) -> bool:
        """Tell whether the column stands already, so that only its name, choices and duty may change."""
        return bool(self["key"].value())

    @property
    def type_words(self) -> str:
        """Return in words what a standing column takes."""
        return next((words for kind, words in TYPE_WORDS.items() if kind.value == self["type"].value()), "")

    @property
    def personal_words(self) -> str:
        """Return in words whether a standing column is sealed."""
        return "是" if str(self["personal"].value()) in {"True", "on"} else "—"


FieldForms = BaseFormSet[FieldForm]
"""The columns of a book."""
FieldRows = formset_factory(FieldForm, extra=BLANK_ROWS, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS)


def drafts_of(fields: FieldForms) -> list[DraftField]:
    """Return the columns that have a name, as the text of a book takes them."""
    told = [form.cleaned_data for form in fields if form.cleaned_data.get("label")]
    return [
        DraftField(
            label=one["label"].strip(),
            type=FieldType(one["type"] or FieldType.TEXT),
            key=one["key"],
            unit=one["unit"].strip(),
            choices=words_of(one["choices"]),
            required=one["required"],
            personal=one["personal"],
            is_retired=one["is_retired"],
        )
        for one in told
    ]


def draft_of(told: dict[str, Any], fields: Sequence[DraftField]) -> DraftBook:
    """Return a book as its form tells it."""
    return DraftBook(
        title=told["title"].strip(),
        menu=told["menu"].strip(),
        group=Group(told["group"]),
        replaces=words_of(told["replaces"]),
        feeds=words_of(told["feeds"]),
        writes=tuple(told["writes"]),
        sees=tuple(told["sees"]),
        day=told["day"].strip(),
        about=told["about"].strip(),
        fields=tuple(fields),
    )


def forms_guessed(guesses: Sequence[Guess]) -> tuple[BookForm, FieldForms]:
    """Return the forms filled by what a sheet was taken for."""
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
    return BookForm(initial={"day": label, "writes": ["handler", "unit_head", "dispatcher"]}), FieldRows(
        initial=told, prefix="f"
    )


def forms_standing(book: Book) -> tuple[BookForm, FieldForms]:
    """Return the forms filled by a book that stands; what it no longer asks is left out."""
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
    return about, FieldRows(initial=told, prefix="f")


def words_of(told: str) -> tuple[str, ...]:
    """Return the parts of a list as people write it, with 、 or commas between."""
    return tuple(
        part.strip() for part in told.replace("，", "、").replace(",", "、").split("、") if part.strip()
    )
