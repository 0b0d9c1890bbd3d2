"""Forms of whoever takes a case up: accept, sort, decline, redirect, hand to a unit or a person."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from banjie.desk.cases.deeds.forms.base import COMMON, SHORT, DeedForm, words_field


class Nothing(DeedForm):
    """受理、签收: nothing to say."""


class Sorting(DeedForm):
    """Put a case that bears no category under one, proposed from its words and set by nobody unseen (U3)."""

    category_proposed = forms.ChoiceField(label="类别像是", required=False, widget=forms.RadioSelect)
    category = forms.ChoiceField(label="从目录里选类别", required=False)
    spans: ClassVar[dict[str, str]] = {"category_proposed": "whole", "category": "half"}

    def fit(self) -> None:
        """Offer the proposals and the whole tree, but for a case that is sorted already."""
        if self.sight.case.category:
            del self.fields["category_proposed"], self.fields["category"]
            return
        proposed, listed = self.fields["category_proposed"], self.fields["category"]
        if isinstance(proposed, forms.ChoiceField) and isinstance(listed, forms.ChoiceField):
            proposed.choices = [*self.choices.category_proposals, ("", "先不归类，或从目录里选")]
            listed.choices = [("", "（先不归类）"), *self.choices.categories]
        if not self.choices.category_proposals:
            del self.fields["category_proposed"]

    def clean(self) -> dict[str, Any]:
        """Take one category, whichever way it was chosen."""
        cleaned = self.cleaned_data
        told = {cleaned.get("category", ""), cleaned.pop("category_proposed", "")} - {""}
        if len(told) > 1:
            self.add_error("category", "类别选了两个不一样的，请只留一个。")
        cleaned["category"] = next(iter(told), "")
        return cleaned


class Accept(Sorting):
    """受理."""

    lead = "受理后开始计办理时限。"


class SignFor(Nothing):
    """签收."""

    lead = "签收后，您就是这一件的责任人。"


class Decline(DeedForm):
    """不予受理."""

    lead = "不予受理要告诉诉求人理由和依据。"
    button = "danger"
    reason = words_field("理由和依据")


class Redirect(DeedForm):
    """转出."""

    lead = "转到别的单位要写明是哪一家，诉求人要去找它。"
    destination = forms.CharField(label="转到哪里", max_length=SHORT)
    reason = words_field("说明", required=False, rows=2)


class Handing(DeedForm):
    """Hand a case to a unit, or to one person of it."""

    unit = forms.TypedChoiceField(label="承办单位", coerce=UUID, empty_value=None)
    staff = forms.TypedChoiceField(label="经办人", required=False, coerce=UUID, empty_value=None)
    words = words_field("交代", required=False, rows=2)
    spans: ClassVar[dict[str, str]] = {"unit": "half", "staff": "half"}

    def fit(self) -> None:
        """Offer the units and people of the town; the category's own unit is proposed, never set unseen (U3)."""
        unit, staff = self.fields["unit"], self.fields["staff"]
        if isinstance(unit, forms.ChoiceField) and isinstance(staff, forms.ChoiceField):
            unit.choices = [("", "请选择"), *self.choices.units]
            staff.choices = lambda: [("", "派到单位，由单位的人签收"), *self.choices.hands.by_unit]
        proposed = self.choices.proposed
        if proposed:
            unit.initial = str(proposed.unit.id)
            who = f" {proposed.staff.name}" if proposed.staff else ""
            unit.help_text = f"{proposed.why}：{proposed.unit.name}{who}。不对请改。"
            staff.initial = str(proposed.staff_id) if proposed.staff else None
        if self.is_bound and not self.data.get("unit"):
            self.data = {**dict(self.data.items()), "unit": self._unit_of_chosen()}

    def _unit_of_chosen(self) -> str:
        """Return the unit of the person chosen, so that choosing him is enough."""
        return self.choices.hands.unit_of.get(str(self.data.get("staff", "")), "")


class Assign(Handing, Sorting):
    """派办."""

    lead = "签收以前，仍由首问责任人负责。"
    spans: ClassVar[dict[str, str]] = {**Sorting.spans, **Handing.spans}
    field_order = ("category_proposed", "category", "unit", "staff", "words", *COMMON)

    def fit(self) -> None:
        """Offer units and people, and categories for a case without one."""
        Handing.fit(self)
        Sorting.fit(self)


class Transfer(Handing):
    """转办."""

    lead = "转办要写明原因和已经办到哪一步；时限照走。"
    words = words_field("为什么转、办到哪一步", rows=3)


class Recall(DeedForm):
    """收回派办."""

    lead = "还没有人签收的可以收回，回到待派办。"
    words = words_field("为什么收回", required=False, rows=2)
