"""Forms of accounts."""

from django import forms

from banjie.desk.office.choices import ChoosingForm


class ChangeStaff(ChoosingForm):
    """What may change of an account."""

    name = forms.CharField(label="姓名", max_length=40)
    work_phone = forms.CharField(label="办公电话", max_length=30, required=False)
    division_code = forms.ChoiceField(label="工作地")


class HireStaff(ChangeStaff):
    """An account to open."""

    login = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="2至40个小写字母、数字，如姓名拼音；设好后不能改",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    is_shared_device = forms.BooleanField(
        label="这是村（社区）的共用设备",
        required=False,
        help_text="设备只登录一次，每办一件事由经办人选姓名、输办理码；工作地要选所在的村（社区）",
    )
    field_order = ("name", "login", "work_phone", "division_code", "is_shared_device")
