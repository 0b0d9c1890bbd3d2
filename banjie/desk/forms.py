"""The form that every page of the desk derives from: each complaint says what to do, in words (U32)."""

from functools import cache
from typing import Any

from django import forms

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)


class DeskForm(forms.Form):
    """A form whose missing fields are named in a sentence of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _name_missing(type(self))
        super().__init__(*args, **kwargs)


@cache
def _name_missing(form: type[DeskForm]) -> None:
    """Write the sentences once into what each form of the class is copied from."""
    for field in form.base_fields.values():
        field.error_messages["required"] = _missing(field)


def _missing(field: forms.Field) -> str:
    """Return the sentence for an empty field, unless the form has written its own."""
    own = field.error_messages["required"]
    if own != forms.Field.default_error_messages["required"]:
        return str(own)
    verb = "选" if isinstance(field, CHOSEN) else "填"
    return f"还没有{verb}{field.label or '这一项'}，请{verb}好再提交。"
