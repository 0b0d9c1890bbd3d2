"""The form of a replay: over which days."""

from datetime import date, timedelta

from django import forms

from banjie.desk.forms import DeskForm

YEAR = timedelta(days=365)


class PeriodForm(DeskForm):
    """The days over which a draft is tried; by itself the year up to yesterday."""

    from_on = forms.DateField(label="从", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    to_on = forms.DateField(
        label="到",
        help_text="按原来的到期日取，止日最晚是昨天。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @classmethod
    def usual(cls, today: date) -> dict[str, date]:
        """Return what stands in the form when it is opened."""
        return {"from_on": today - YEAR, "to_on": today - timedelta(days=1)}
