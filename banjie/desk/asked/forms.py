"""The forms around a superior's form: what is told when it comes in, its days, and to whom the answer went."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from banjie.base.errors import InvalidInput
from banjie.desk.forms import DeskForm
from banjie.figures.periods import Period
from banjie.reports.models.asked import AskedForm, Sending

MONTHS_BACK = 36
BY_TITLE = "（按表名认）"
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(DeskForm):
    """The months that a form asks of, and the day by which it is wanted."""

    first = forms.ChoiceField(label="统计时段从", required=False)
    last = forms.ChoiceField(label="到", required=False, help_text="只报一个月的，两个都选这个月。")
    due_on = forms.DateField(
        label="要求报送日期",
        required=False,
        widget=DATE,
        error_messages={"invalid": "日期没有写对。请写成 2026-11-30。"},
    )

    def __init__(self, *args: Any, today: date, chosen: Iterable[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = _months(today, chosen)
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
            field.choices = months

    @property
    def period(self) -> Period | None:
        """Return the months that a valid form says, None where it says none."""
        first, last = (self.cleaned_data.get(name) or "" for name in ("first", "last"))
        first, last = first or last, last or first
        if not first:
            return None
        if first > last:
            raise InvalidInput(
                "起月在止月之后。请把两个月份对调。", fields={"last": "起月在止月之后，请对调。"}
            )
        begin, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
        return Period(begin, Period.month(end.year, end.month).to_on)


class ReceiveForm(DaysForm):
    """What is told of a form that comes in."""

    upload = forms.FileField(
        label="上级发来的空表",
        help_text="Excel 或 Word：.xlsx、.xls、.docx、.doc。原表怎么发来的就怎么传，不用改。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.docx,.doc,.wps"}),
    )
    sender = forms.CharField(
        label="来表单位",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "senders", "autocomplete": "off"}),
        help_text="谁要的，如“县信访局”。",
    )
    title = forms.CharField(label="表名", max_length=120, required=False, help_text="不写的，用表上的标题。")
    field_order = ("upload", "sender", "title", "first", "last", "due_on")


class SendForm(DeskForm):
    """To whom an answer went, by which way, and on which day."""

    sent_to = forms.CharField(label="报给谁", max_length=60)
    way = forms.ChoiceField(label="报送方式", choices=Sending.choices)
    sent_on = forms.DateField(
        label="报送日期", widget=DATE, error_messages={"invalid": "日期没有写对。请写成 2026-11-30。"}
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_sent_on(self) -> date:
        """Refuse a day that is still to come."""
        day: date = self.cleaned_data["sent_on"]
        if day > self.today:
            raise forms.ValidationError("报送日期还没有到。请写实际报出的那一天。")
        return day


def days_told(form: AskedForm) -> dict[str, object]:
    """Return the days of a form as the fields show them."""
    return {"first": f"{form.from_on:%Y-%m}", "last": f"{form.to_on:%Y-%m}", "due_on": form.due_on}


def _months(today: date, chosen: Iterable[date]) -> list[tuple[str, str]]:
    """Return the months to choose from, this one first, with those that are chosen already."""
    count = today.year * 12 + today.month - 1
    months = [date((count - back) // 12, (count - back) % 12 + 1, 1) for back in range(MONTHS_BACK)]
    months += [day.replace(day=1) for day in chosen if day.replace(day=1) not in months]
    told = [
        (f"{month:%Y-%m}", f"{month.year}年{month.month}月") for month in sorted(set(months), reverse=True)
    ]
    return [("", BY_TITLE), *told]
