"""What is decided of cases past their retention."""

from django import forms

from banjie.cases.actions import APPRAISAL_WORDS
from banjie.desk.forms import DeskForm


class AppraisalForm(DeskForm):
    """The decision and its ground; which cases are ticked stands in the list."""

    appraisal = forms.ChoiceField(
        label="鉴定结论",
        choices=[(one.value, words) for one, words in APPRAISAL_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "没有选鉴定结论。请选继续保存或者同意报批擦除。"},
    )
    ground = forms.CharField(
        label="鉴定依据", max_length=200, help_text="鉴定小组的会议、文号；涉诉、信访没有终结的不能擦除"
    )
