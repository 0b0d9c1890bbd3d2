"""Forms of leave and duty."""

from django import forms

from banjie.desk.office.choices import ChoosingForm, IdChoice
from banjie.people.models import AbsenceReason


def _moment(label: str, **more: object) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    wrong = {"invalid": "时间不对。请写成 2026-03-05 08:30。"}
    return forms.DateTimeField(label=label, widget=widget, error_messages=wrong, **more)  # type: ignore[arg-type]


class TakeLeave(ChoosingForm):
    """An approved absence to write down."""

    staff_id = IdChoice(label="谁请假")
    reason = forms.ChoiceField(label="事由", choices=AbsenceReason.choices)
    from_at = _moment("开始")
    until_at = _moment("结束", required=False, help_text="说不准的先空着，回来时销假")
    is_both_away_accepted = forms.BooleanField(label="同岗的另一人也不在，由单位负责人代", required=False)

    def clean_reason(self) -> AbsenceReason:
        """Return the reason as the room names it."""
        return AbsenceReason(self.cleaned_data["reason"])


class PlanDuty(ChoosingForm):
    """The duty officer of a day."""

    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    staff_id = IdChoice(label="值班员")
