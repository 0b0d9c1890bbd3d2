"""The forms of 并案, 不是重复件, their undoing, and 催办."""

from django import forms

from banjie.base.errors import NotFound
from banjie.cases.models import Case
from banjie.cases.queries import case_for
from banjie.desk.cases.deeds.forms import SHORT, DeedForm


class Merge(DeedForm):
    """并案: into which one."""

    lead = "两件说的是一件事：这一件停钟，并入的那件照常办，两位诉求人都由它告知。随时可以撤销。"
    into = forms.CharField(
        label="并入哪一件",
        max_length=40,
        help_text="填编号，如 QZ2026-00012。下面列出的相像件也可以直接并入。",
    )
    words = forms.CharField(label="说明", required=False, max_length=SHORT)
    spans = {"into": "half", "words": "wide"}  # noqa: RUF012  as in the forms beside

    def clean_into(self) -> Case:
        """Return the case that is to stand, as far as this person may see it."""
        return seen_case(self, "into")


class Distinguish(DeedForm):
    """不是重复件: from which one."""

    lead = "两件不是一件事：以后不再互相提示。说错了可以撤销。"
    other = forms.CharField(label="和哪一件不是一件事", max_length=40, help_text="填编号，如 QZ2026-00012。")
    spans = {"other": "half"}  # noqa: RUF012  as in the forms beside

    def clean_other(self) -> Case:
        """Return the other case, as far as this person may see it."""
        return seen_case(self, "other")


class Undistinguish(Distinguish):
    """撤销不是重复件."""

    lead = "撤销以后，这两件相像的，又会互相提示。"


class Unmerge(DeedForm):
    """撤销并案."""

    lead = "回到并案前的状态，时钟接着走，并案期间的工作日顺延。"
    words = forms.CharField(label="为什么分开", required=False, max_length=SHORT)


class Urge(DeedForm):
    """催办."""

    lead = "提醒责任人尽快回应，不影响时限；隔一天才能再催。"
    words = forms.CharField(
        label="催什么", required=False, max_length=SHORT, widget=forms.Textarea(attrs={"rows": 2})
    )


def seen_case(form: DeedForm, name: str) -> Case:
    """Return the case whose number was typed into a field, as far as this person may see it."""
    typed = form.cleaned_data[name]
    try:
        return case_for(form.sight.actor, typed.strip().upper())
    except NotFound as missing:
        raise forms.ValidationError(f"没有找到“{typed}”，请核对编号。") from missing
