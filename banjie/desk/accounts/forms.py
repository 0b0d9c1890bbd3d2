"""Forms of log-in and of one's own password and PIN."""

from typing import Any

from django import forms


def _secret(autocomplete: str, **attrs: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete, **attrs})


class LogIn(forms.Form):
    """Name and password; the next page rides along."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        error_messages={"required": "没有填用户名。请填系统管理员给您的用户名。"},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label="密码",
        max_length=256,
        strip=False,
        error_messages={"required": "没有填密码。"},
        widget=_secret("current-password"),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class NewPassword(forms.Form):
    """A new password, typed twice, with the old one as proof."""

    old_password = forms.CharField(
        label="现在的密码",
        strip=False,
        error_messages={"required": "没有填现在的密码。"},
        widget=_secret("current-password"),
    )
    password = forms.CharField(
        label="新密码",
        strip=False,
        error_messages={"required": "没有填新密码。"},
        widget=_secret("new-password"),
    )
    again = forms.CharField(
        label="再输一遍新密码",
        strip=False,
        error_messages={"required": "没有再输一遍新密码。"},
        widget=_secret("new-password"),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the two new ones against each other."""
        typed = super().clean() or {}
        if typed.get("password") and typed.get("again") and typed["password"] != typed["again"]:
            self.add_error("again", "两次输入的新密码不一样。请重新输入。")
        return typed


class NewPin(forms.Form):
    """A new PIN, typed twice."""

    pin = forms.CharField(
        label="办理码",
        max_length=6,
        error_messages={"required": "没有填办理码。"},
        widget=_secret("off", inputmode="numeric"),
    )
    again = forms.CharField(
        label="再输一遍",
        max_length=6,
        error_messages={"required": "没有再输一遍办理码。"},
        widget=_secret("off", inputmode="numeric"),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        typed = super().clean() or {}
        if typed.get("pin") and typed.get("again") and typed["pin"] != typed["again"]:
            self.add_error("again", "两次输入的办理码不一样。请重新输入。")
        return typed
