"""The one form of papers: finalise what the page shows."""

from django import forms

from banjie.desk.forms import DeskForm


class FinaliseForm(DeskForm):
    """The digest of the numbers that were on the page, so that nobody finalises what he has not seen."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
