"""The form of a handover."""

from django import forms

from banjie.desk.office.choices import ChoosingForm, IdChoice


class HandOver(ChoosingForm):
    """From whom to whom."""

    from_id = IdChoice(label="移交人")
    to_id = IdChoice(label="接收人")

    def clean_to_id(self) -> object:
        """Refuse a handover to oneself."""
        if self.cleaned_data["to_id"] == self.cleaned_data.get("from_id"):
            raise forms.ValidationError("移交人和接收人是同一人。请另选接收人。")
        return self.cleaned_data["to_id"]
