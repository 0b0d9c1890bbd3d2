"""Declared fields, whole: their shape, checks and sentences, and the form field of each."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from banjie.base.errors import InvalidInput
from banjie.fields.declaration import spec_from
from banjie.fields.spec import Bound, Choice, FieldSpec, FieldType, Stored, in_force, is_asked
from banjie.fields.stored import as_typed, bound_of, check, check_all, parts_of, say

__all__ = [
    "Bound",
    "Choice",
    "DeclaredField",
    "FieldSpec",
    "FieldType",
    "Stored",
    "as_typed",
    "bound_of",
    "check",
    "check_all",
    "form_field",
    "in_force",
    "is_asked",
    "parts_of",
    "say",
    "spec_from",
]

Options = Sequence[tuple[str, str]]
_HINTS = {
    FieldType.DATE: "如2026-03-05或2026年3月5日",
    FieldType.MOMENT: "如2026-03-05 14:30",
    FieldType.MONEY: "单位：元",
    FieldType.SHARE: "单位：%",
    FieldType.MONTH: "如2026-03或2026年3月",
    FieldType.POINT: "纬度,经度，如30.27415,120.15515",
    FieldType.PHONE: "手机，或区号-固定电话",
}
_KEYBOARDS = {
    FieldType.WHOLE: "numeric",
    FieldType.DECIMAL: "decimal",
    FieldType.MONEY: "decimal",
    FieldType.SHARE: "decimal",
    FieldType.PHONE: "tel",
}


class DeclaredField(forms.Field):
    """A form field that cleans to the stored form of its declaration."""

    def __init__(self, spec: FieldSpec, *, on: date | None, options: Options) -> None:
        super().__init__(
            required=spec.required,
            label=spec.label,
            help_text=spec.help,
            widget=_widget(spec, on=on, options=options),
        )
        self.spec = spec
        self.on = on
        self.offered = frozenset(key for key, _ in options)

    def clean(self, value: object) -> Stored | None:
        """Return the stored form of what was posted; raises ValidationError with the sentence of `check`."""
        try:
            stored = check(self.spec, value, on=self.on)
        except InvalidInput as wrong:
            raise ValidationError(wrong.message) from wrong
        if stored is not None and self.offered and str(stored) not in self.offered:
            raise ValidationError(f"{self.spec.label}请从列表中选择，刚才选的一项已不在列表里")
        return stored

    def prepare_value(self, value: object) -> object:
        """Show a stored value as it would be typed; what the person just typed stays as it is (U32)."""
        if isinstance(value, int):
            return as_typed(self.spec, value)
        if self.spec.type is FieldType.CHOICES and isinstance(value, str):
            return parts_of(value)
        is_stored_moment = self.spec.type is FieldType.MOMENT and str(value or "").endswith("+08:00")
        return as_typed(self.spec, str(value)) if is_stored_moment else value


def form_field(spec: FieldSpec, *, on: date | None = None, options: Options = ()) -> DeclaredField:
    """Return the form field of a declaration; `options` are the (key, name) pairs that a reference may pick from."""
    return DeclaredField(spec, on=on, options=options)


def _widget(spec: FieldSpec, *, on: date | None, options: Options) -> forms.Widget:
    if spec.type is FieldType.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if spec.type.has_choices:
        options = [(choice.key, choice.label) for choice in spec.choices if is_asked(choice, on)]
    if spec.type is FieldType.CHOICES:
        return forms.CheckboxSelectMultiple(choices=options)
    if spec.type is FieldType.YES_NO:
        options = (("是", "是"), ("否", "否"))
    if spec.type.is_picked:
        return forms.Select(choices=[("", "请选择"), *options])
    hints = {"placeholder": _HINTS.get(spec.type, ""), "inputmode": _KEYBOARDS.get(spec.type, "")}
    return forms.TextInput(attrs={name: hint for name, hint in hints.items() if hint})
