"""One form with every kind of field, shown whole and shown wrong."""

from django import forms

from banjie.desk.design.samples import ADDRESS, MINORITY_NAME
from banjie.desk.forms import DeskForm


class EveryField(DeskForm):
    """The fields that pages use; the design page is its only user."""

    name = forms.CharField(label="姓名", help_text="按身份证上的写，间隔号用“·”", max_length=50)
    phone = forms.CharField(
        label="电话", max_length=20, error_messages={"required": "没有填电话。没有电话的，写“无”。"}
    )
    id_number = forms.CharField(label="身份证号", required=False)
    on_day = forms.DateField(label="哪一天说的", widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ChoiceField(
        label="主办单位", choices=[("", "请选择"), ("a", "经济发展办"), ("b", "便民服务中心")]
    )
    money = forms.DecimalField(label="金额", required=False)
    address = forms.CharField(label="住址", required=False)
    words = forms.CharField(label="原话", widget=forms.Textarea(attrs={"rows": 3}))
    voice = forms.ChoiceField(
        label="怎么说的",
        choices=[("phone", "电话"), ("visit", "当面"), ("note", "纸条")],
        widget=forms.RadioSelect,
    )
    told = forms.BooleanField(label="已告知本人到期日", required=False)

    def clean_id_number(self) -> str:
        """Refuse, so that the page has a sentence to show."""
        if self.cleaned_data.get("id_number"):
            raise forms.ValidationError("身份证号第18位校验不符，请核对。")
        return ""


def filled() -> EveryField:
    """Return the form as a clerk finds it, with the longest values."""
    return EveryField(
        initial={
            "name": MINORITY_NAME,
            "phone": "138 0000 5678",
            "address": ADDRESS,
            "voice": "phone",
            "money": "1280.50",
        },
        prefix="good",
    )


def refused() -> EveryField:
    """Return the form as it comes back with errors."""
    form = EveryField(
        {
            "bad-name": MINORITY_NAME,
            "bad-phone": "",
            "bad-id_number": "110101199003070000",
            "bad-words": "路灯不亮",
        },
        prefix="bad",
    )
    form.is_valid()
    return form
