"""The forms of 并案, 撤销并案 and 催办."""

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
        try:
            return case_for(self.sight.actor, self.cleaned_data["into"].strip().upper())
        except NotFound as missing:
            raise forms.ValidationError(f"没有找到“{self.cleaned_data['into']}”，请核对编号。") from missing


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
