"""What a bulk deed asks once for all its rows."""

from typing import Any
from uuid import UUID

from django import forms

from banjie.desk.cases.deeds.choices import hands_of
from banjie.desk.cases.deeds.forms import SHORT
from banjie.desk.forms import DeskForm
from banjie.people.queries import StaffActor, unit_labels


class BulkForm(DeskForm):
    """One deed on many rows; it can be undone for a while, or the number of rows is typed to confirm it."""

    lead = ""
    is_undoable = False
    words = forms.CharField(
        label="交代", required=False, max_length=SHORT, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, actor: StaffActor, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        self.offer(actor)

    def offer(self, actor: StaffActor) -> None:
        """Fill in what there is to choose from."""


class BulkAssign(BulkForm):
    """派办: all of them to one unit, or to one person of it."""

    lead = "逐件派办，每件各记一条留痕。派错了，十分钟内可以一并收回，还没有签收的都回到待派办。"
    is_undoable = True
    unit = forms.TypedChoiceField(label="承办单位", coerce=UUID, empty_value=None)
    staff = forms.TypedChoiceField(label="经办人", required=False, coerce=UUID, empty_value=None)
    field_order = ("unit", "staff", "words")

    def offer(self, actor: StaffActor) -> None:
        """Offer the units of the town and their people."""
        unit, staff = self.fields["unit"], self.fields["staff"]
        if isinstance(unit, forms.ChoiceField) and isinstance(staff, forms.ChoiceField):
            unit.choices = [("", "请选择"), *((str(one.id), one.name) for one in unit_labels(actor.town))]
            staff.choices = [("", "派到单位，由单位的人签收"), *hands_of(actor.town).by_unit]


class BulkUrge(BulkForm):
    """催办: it cannot be taken back, so the number of rows is typed to confirm it."""

    lead = "逐件催办，每件各记一条留痕；刚催过的不再催。催了收不回，请填件数确认。"
    typed = forms.CharField(
        label="件数", max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def offer(self, actor: StaffActor) -> None:
        """Say which number is to be typed."""
        self.fields["words"].label = "催什么"
        self.fields["typed"].help_text = f"填 {self.count} 确认。"

    def clean_typed(self) -> str:
        """Refuse any other number than that of the rows."""
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != str(self.count):
            raise forms.ValidationError(f"要填 {self.count} 才催。请核对件数。")
        return typed
