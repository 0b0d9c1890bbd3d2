"""Forms about an enterprise: what it is, that it shut, that two rows are one, why its contact is looked at."""

from typing import Any

from django import forms

from banjie.base.actor import Actor
from banjie.desk.forms import DeskForm
from banjie.desk.office.choices import Choices, ChoosingForm
from banjie.enterprises.actions.standing import ENDS
from banjie.enterprises.lists import INDUSTRIES, SIZES
from banjie.places.queries import place_name, village_names

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def places_of(actor: Actor) -> Choices:
    """Return the villages in reach, and the whole town for whoever reaches it."""
    villages = [pair for pair in village_names(actor.town) if pair[0].startswith(actor.scope)]
    if actor.scope != actor.town:
        return villages
    return [*villages, (actor.town, f"{place_name(actor.town)}（全镇，或说不清哪个村）")]


class EnterpriseForm(ChoosingForm):
    """登记企业: name and village must be told, the rest may follow."""

    use_required_attribute = False

    name = forms.CharField(label="企业名称", max_length=120, help_text="照营业执照写全称。")
    uscc = forms.CharField(label="统一社会信用代码", required=False, max_length=40)
    is_as_licensed = forms.BooleanField(
        label="照执照填写", required=False, help_text="只在提示校验位不符、而执照上确实如此时勾选。"
    )
    short_name = forms.CharField(label="简称", required=False, max_length=40)
    division_code = forms.ChoiceField(label="所在村（社区）")
    place_words = forms.CharField(label="地址", required=False, max_length=120)
    contact = forms.CharField(label="联系人", required=False, max_length=60)
    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    size = forms.ChoiceField(
        label="规模", required=False, choices=[("", "未定"), *((k.value, t) for k, t in SIZES.items())]
    )
    industry = forms.ChoiceField(
        label="行业门类",
        required=False,
        choices=[("", "未定"), *((k.value, f"{k.value} {t}") for k, t in INDUSTRIES.items())],
        help_text="国民经济行业分类 GB/T 4754-2017。",
    )
    since_on = forms.DateField(label="成立日期", required=False, widget=DAY)


class AmendForm(EnterpriseForm):
    """变更: the form holds what stands; contact and phone stand covered, so an empty one stays as it is."""

    clear = forms.MultipleChoiceField(
        label="要清空的项",
        required=False,
        choices=[("contact", "联系人"), ("phone", "联系电话")],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(label="为什么变更", max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say that contact and phone are kept when left empty."""
        super().__init__(*args, **more)
        for name in ("contact", "phone"):
            self.fields[name].help_text = "空着不变。"


class CloseForm(DeskForm):
    """停业、注销: which, since when, and how one knows."""

    status = forms.ChoiceField(label="状态", choices=[(one.value, one.label) for one in ENDS])
    on = forms.DateField(label="从哪一天起", widget=DAY)
    words = forms.CharField(label="依据", max_length=200, help_text="如：走访核实、市场监管所告知。")


class GroundForm(DeskForm):
    """恢复经营、撤销合并: how one knows."""

    words = forms.CharField(label="依据", max_length=200)


class MergeForm(DeskForm):
    """合并重复登记: which one stands, and how one knows that they are the same."""

    into = forms.CharField(label="并入哪一家", required=False, max_length=120)
    into_id = forms.UUIDField(required=False)
    words = forms.CharField(
        label="怎么知道是同一家", max_length=200, help_text="如：同一地址、同一负责人，走访核实。"
    )


class RevealForm(DeskForm):
    """查看联系人: what for (T19, U12)."""

    reason = forms.CharField(label="用途", max_length=200, help_text="如：通知开会、走访预约。查看会留痕。")
