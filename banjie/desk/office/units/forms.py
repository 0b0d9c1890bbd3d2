"""Forms of units."""

from django import forms

from banjie.desk.office.choices import ChoosingForm, IdChoice
from banjie.people.models import UnitKind


class ChangeUnit(ChoosingForm):
    """What may change of a unit."""

    name = forms.CharField(label="名称", max_length=60)
    short_name = forms.CharField(label="简称", max_length=20, required=False)
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    phone = forms.CharField(
        label="电话", max_length=30, required=False, help_text="群众打这个电话能找到人；印在回执上"
    )
    leader_id = IdChoice(label="分管领导", required=False)

    def clean_kind(self) -> UnitKind:
        """Return the kind as the room names it."""
        return UnitKind(self.cleaned_data["kind"])


class AddUnit(ChangeUnit):
    """A unit to set up."""

    key = forms.CharField(
        label="代号",
        max_length=40,
        help_text="制度里的事项分类用它指明责任单位，如 civil_affairs；设好后不能改",
    )
    field_order = ("name", "key", "short_name", "kind", "phone", "leader_id")


class GiveUpUnit(ChoosingForm):
    """A unit to give up, in favour of another."""

    on = forms.DateField(label="撤销日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    successor_id = IdChoice(label="承接单位", required=False)
