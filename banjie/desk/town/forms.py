"""Forms of the calendar and of places."""

from typing import Any

from django import forms

from banjie.base.errors import InvalidInput
from banjie.desk.forms import DeskForm
from banjie.desk.office.choices import ChoosingForm
from banjie.desk.town.notice_text import read_notice
from banjie.worktime.notice import FIRST_YEAR, LAST_YEAR, Notice, checked_notice


class NoticeForm(DeskForm):
    """The yearly notice of days off, pasted; `cleaned_data["notice"]` is what it says."""

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(label="通知文号", max_length=120, help_text="例如 国办发明电〔2025〕7号")
    days = forms.CharField(
        label="放假安排",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="把通知里逐个节日的那几行原样贴进来；也可以一行一天，如“2027-01-09 补班”。",
    )

    def clean(self) -> dict[str, Any]:
        """Read the days and hold them against what a notice must say."""
        typed = super().clean() or {}
        if not {"year", "source", "days"} <= typed.keys():
            return typed
        try:
            days = read_notice(typed["days"], year=typed["year"])
            typed["notice"] = checked_notice(typed["year"], days, typed["source"])
        except InvalidInput as refusal:
            for field, words in refusal.fields.items():
                self.add_error(field, words)
        return typed

    @property
    def notice(self) -> Notice | None:
        """Return what the pasted text says, once it is valid."""
        notice: Notice | None = getattr(self, "cleaned_data", {}).get("notice")
        return notice


class PlaceForm(DeskForm):
    """What every place has: its name and what else people call it."""

    name = forms.CharField(label="名称", max_length=40)
    aliases = forms.CharField(
        label="俗称", max_length=200, required=False, help_text="群众的叫法，几个的用顿号或空格隔开"
    )

    def clean_aliases(self) -> list[str]:
        """Return the usual names, one by one."""
        text: str = self.cleaned_data["aliases"]
        return [word for word in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if word]


class VillageForm(PlaceForm):
    """A village or community to take in under its national code."""

    code = forms.CharField(
        label="区划代码", max_length=12, help_text="国家统计局公布的12位代码，前9位与本乡镇相同"
    )
    field_order = ("code", "name", "aliases")


class GridForm(ChoosingForm, PlaceForm):
    """A grid to set up in a village; the villages are its choices."""

    division_code = forms.ChoiceField(label="所在村（社区）")
    field_order = ("division_code", "name", "aliases")
