"""Forms about a resident: who he is, what to correct, why he is looked at in full."""

from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.fields.citizen import IdKind
from banjie.residents.facts import LABELS

PLACE = "division_code"


class ResidentForm(DeskForm):
    """登记群众: the name and the village must be told, the rest may follow."""

    use_required_attribute = False

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    id_number = forms.CharField(label="证件号码", required=False, max_length=30)
    id_kind = forms.ChoiceField(
        label="证件类别",
        required=False,
        choices=[("", "居民身份证等18位证件"), (IdKind.OTHER, IdKind.OTHER.label)],
    )
    division_code = forms.ChoiceField(label="所在村（社区）、网格")
    house = forms.CharField(label="住址", required=False, max_length=80)
    outer_code = forms.CharField(label="外部系统人员编号", required=False, max_length=40)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        """Offer the places in reach."""
        super().__init__(*args, **more)
        field = self.fields[PLACE]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
        field.choices = [("", "请选择"), *places]


class CorrectForm(ResidentForm):
    """更正: what is left empty stays as it is, since what stands is not shown in full."""

    why = forms.CharField(label="为什么更正", max_length=200)
    clear = forms.MultipleChoiceField(
        label="要清空的项",
        required=False,
        choices=[(part, LABELS[part]) for part in ("phone", "id_number", "house")],
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("name", "phone", "id_number", "id_kind", PLACE, "house", "outer_code", "clear", "why")

    def __init__(self, *args: Any, **more: Any) -> None:
        """Ask for the reason; every other field may be left empty."""
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.required = name == "why"


class RevealForm(DeskForm):
    """查看完整信息: which parts, and what for (T19, U12)."""

    use_required_attribute = False

    parts = forms.MultipleChoiceField(
        label="要看的项", choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple, initial=["phone"]
    )
    reason = forms.CharField(label="用途", max_length=200, help_text="如：回访联系、核对身份。查看会留痕。")
