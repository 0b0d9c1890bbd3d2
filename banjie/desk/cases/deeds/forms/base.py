"""What every form of a deed has: when it happened, for whom it is written down, on what ground."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms import BoundField

from banjie.cases.vocabulary import Said
from banjie.desk.cases.deeds.choices import Choices
from banjie.desk.cases.sight import Sight
from banjie.desk.forms import DeskForm

LONG = 20_000
"""Longer than the longest letter of a year of a county's petition board (7,900 characters)."""
SHORT = 200
COMMON = ("happened_at", "for_whom", "ground")
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


class DeedForm(DeskForm):
    """What every deed may say besides: when it happened, for whom it is written down, on what ground."""

    phrases_of = ""
    """The name under which the kind keeps phrases for this deed."""
    lead = ""
    """One sentence on what the deed brings about."""
    button = "primary"
    spans: ClassVar[dict[str, str]] = {}
    """Fields that are not eight columns wide."""

    happened_at = forms.DateTimeField(
        label="发生时间",
        required=False,
        input_formats=MOMENT_FORMATS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="不填就是现在。早就发生、现在才记的属于补录，要在“凭据”里写明原因。",
        error_messages={"invalid": "发生时间看不明白，请写成 2026-03-05 14:30。"},
    )
    for_whom = forms.TypedChoiceField(
        label="代谁记录",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="不用电脑的人办的事，由您代录。",
    )
    ground = forms.CharField(
        label="凭据", required=False, max_length=SHORT, help_text="代录或补录时写：电话、便签、会议纪要等。"
    )

    def __init__(self, *args: Any, sight: Sight, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight, self.choices = sight, choices
        staff = self.fields["for_whom"]
        if isinstance(staff, forms.ChoiceField):
            staff.choices = lambda: [("", "是我本人办的"), *choices.people]
        if not choices.people:
            del self.fields["for_whom"]
        self.fit()
        first = next(iter(self.own), None)
        if first:
            first.field.widget.attrs["autofocus"] = True

    def fit(self) -> None:
        """Adapt the fields to the case; a form with nothing to adapt leaves this alone."""

    @property
    def leading(self) -> str:
        """Return the sentence as it stands over the form; what it tells of the case is looked up only to show it."""
        return self.lead

    @property
    def laid(self) -> list[tuple[BoundField, str]]:
        """Return the deed's own fields with the width of each."""
        return [(field, self.spans.get(field.name, "wide")) for field in self.own]

    @property
    def own(self) -> list[BoundField]:
        """Return the deed's own fields."""
        return [self[name] for name in self.fields if name not in COMMON]

    @property
    def besides(self) -> list[BoundField]:
        """Return the fields that every deed has besides."""
        return [self[name] for name in COMMON if name in self.fields]

    @property
    def is_recorded(self) -> bool:
        """Tell whether the fold of what is seldom told must stand open: it is used, or complains."""
        return self.choices.is_for_another or any(field.value() or field.errors for field in self.besides)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Return the kind's phrases for this deed; a phrase is added to the text and never replaces it (U9)."""
        kind = self.sight.kind
        return tuple(kind.phrases.get(self.phrases_of, ())) if kind and self.phrases_of else ()


def words_field(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def said_field(choices: Iterable[Said], label: str) -> forms.ChoiceField:
    """Return a choice among what somebody may say of a case."""
    return forms.ChoiceField(
        label=label, choices=[(word.value, word.label) for word in choices], widget=forms.RadioSelect
    )


def told_at(form: DeedForm) -> datetime | None:
    """Return when the deed is said to have happened, if it was said."""
    moment: datetime | None = form.cleaned_data.get("happened_at")
    return moment
