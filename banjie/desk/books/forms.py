"""The form of a record, made from the declaration of its book; forms of amending, voiding and looking in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from banjie.books.book import BookField
from banjie.desk.books.references import find, is_found
from banjie.desk.cases.deeds.forms import FilesField, ManyFiles
from banjie.desk.forms import DeskForm
from banjie.desk.intake.counter import Counter
from banjie.fields.declared import form_field
from banjie.fields.spec import Bound, FieldType, Stored
from banjie.fields.stored import as_typed, parts_of

TYPED, FILES = "__typed", "__files"
"""Follow the key of a field: the words by which something is found, and the files that are handed in."""
WIDE = frozenset((FieldType.LONG_TEXT, FieldType.CHOICES, FieldType.PHOTO, FieldType.FILE, FieldType.POINT))


@dataclass(frozen=True)
class Asked:
    """One field as the form shows it: a bound field, or the words and the key of what is found."""

    spec: BookField
    bound: forms.BoundField
    chosen: forms.BoundField | None = None
    options: str = ""

    @property
    def is_optional(self) -> bool:
        """Tell whether it may stay empty."""
        return not self.spec.required

    @property
    def span(self) -> str:
        """Return how wide it stands in the form."""
        return "whole" if self.spec.type in WIDE else "half"


class RecordForm(DeskForm):
    """记一条: what the book asks on the day, with what is known filled in (U1)."""

    use_required_attribute = False

    def __init__(
        self,
        counter: Counter,
        specs: Sequence[BookField],
        *,
        on: date,
        book: str = "",
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        values: Mapping[str, Stored] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Ask `specs` of a book; `values` are in stored form, `names` say what their references are called."""
        super().__init__(data, files)
        self.counter, self.book, self.specs = counter, book, tuple(specs)
        values, names = values or {}, names or {}
        for spec in self.specs:
            for name, field in _fields_of(counter, spec, on=on).items():
                self.fields[name] = field
            self.initial.update(_initial(spec, values, names))

    @property
    def asked(self) -> list[Asked]:
        """Return the fields in the order of the declaration."""
        return [self._asked(spec) for spec in self.specs]

    def _asked(self, spec: BookField) -> Asked:
        if is_found(spec):
            return Asked(spec, self[f"{spec.key}{TYPED}"], self[spec.key], self.options_of(spec))
        if spec.type.is_kept_file:
            return Asked(spec, self[f"{spec.key}{FILES}"], self[spec.key])
        return Asked(spec, self[spec.key])

    def options_of(self, spec: BookField) -> str:
        """Return the address that answers what a field may refer to."""
        return reverse("books:options", args=[self.book, spec.key])

    def clean(self) -> dict[str, Any]:
        """Find what was typed and not picked: one that is meant beyond doubt is taken."""
        for spec in self.specs:
            if is_found(spec):
                self._find(spec)
        return self.cleaned_data

    @property
    def uploads(self) -> dict[str, list[UploadedFile[bytes]]]:
        """Return the files handed in, by the key of their field."""
        handed = {spec.key: self.cleaned_data.get(f"{spec.key}{FILES}") for spec in self.specs}
        return {key: files for key, files in handed.items() if files}

    @property
    def told(self) -> dict[str, object]:
        """Return what was typed by field, references by their key; what is personal and empty is not told."""
        told = {
            spec.key: self.cleaned_data[spec.key] if _has_two(spec) else self[spec.key].data
            for spec in self.specs
        }
        sealed = {spec.key for spec in self.specs if spec.is_sealed}
        return {key: value for key, value in told.items() if value or key not in sealed}

    def _find(self, spec: BookField) -> None:
        typed = str(self.cleaned_data.get(f"{spec.key}{TYPED}") or "").strip()
        if self.cleaned_data.get(spec.key) or not typed:
            if not typed:
                self.cleaned_data[spec.key] = ""
            if spec.required and not self.cleaned_data.get(spec.key):
                self.add_error(f"{spec.key}{TYPED}", f"还没有填{spec.label}，请填好再提交。")
            return
        hits = find(self.counter, spec, typed)
        same = [hit for hit in hits if typed == hit.name] or hits
        if len(same) == 1:
            self.cleaned_data[spec.key] = same[0].id
            return
        words = "系统里没有找到，请核对" if not hits else f"有{len(hits)}个都像，请写得更全，或从列表中选一个"
        self.add_error(f"{spec.key}{TYPED}", f"{spec.label}“{typed}”{words}。")


class WhyForm(DeskForm):
    """更正、作废: the reason, which stays in the entry."""

    use_required_attribute = False

    why = forms.CharField(label="为什么", max_length=200)


class RevealForm(DeskForm):
    """查看完整信息: what for (T19)."""

    use_required_attribute = False

    reason = forms.CharField(label="用途", max_length=200, help_text="如：回访联系、核对身份。查看会留痕。")


def _has_two(spec: BookField) -> bool:
    """Tell whether a field is asked by two inputs: the words and the key, the new files and those kept."""
    return is_found(spec) or spec.type.is_kept_file


def _fields_of(counter: Counter, spec: BookField, *, on: date) -> dict[str, forms.Field]:
    if is_found(spec):
        return {
            f"{spec.key}{TYPED}": forms.CharField(
                label=spec.label, required=False, max_length=80, help_text=spec.help
            ),
            spec.key: forms.CharField(required=False, max_length=40),
        }
    if spec.type.is_kept_file:
        return {
            f"{spec.key}{FILES}": FilesField(
                label=spec.label,
                required=False,
                help_text=spec.help or "可以一次选几个。",
                widget=ManyFiles(attrs={"multiple": True}),
            ),
            spec.key: forms.CharField(required=False, max_length=2000),
        }
    return {spec.key: form_field(spec, on=on, options=counter.options_of(spec))}


def _initial(spec: BookField, values: Mapping[str, Stored], names: Mapping[str, str]) -> dict[str, object]:
    value = values.get(spec.key)
    if value is None:
        return {}
    if is_found(spec):
        return {spec.key: value, f"{spec.key}{TYPED}": names.get(str(value), "")}
    if spec.type is FieldType.CHOICES:
        return {spec.key: parts_of(value)}
    if spec.type.is_kept_file or (spec.type.is_picked and spec.type is not FieldType.YES_NO):
        return {spec.key: value}
    return {spec.key: _as_typed(spec, value, values.get(spec.bound_key))}


def _as_typed(spec: BookField, value: Stored, bound: Stored | None) -> str:
    """Return a value as it was typed, with 余 or 近 where it bears one (T-06)."""
    typed = as_typed(spec, value)
    if bound == Bound.AT_LEAST:
        return f"{typed}余"
    return f"近{typed}" if bound == Bound.UNDER else typed
