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


class ErasingForm(DeskForm):
    """Who approved the erasing, by which paper, and that it was looked through."""

    decided_by = forms.CharField(label="谁批准的", max_length=80, help_text="如 镇党委会2026年第12次会议")
    document = forms.CharField(label="批准文件的文号", max_length=60, help_text="如 青政发〔2026〕5号")
    is_checked = forms.BooleanField(
        label="已逐件核对，确认擦除",
        error_messages={"required": "没有勾核对。擦除以后找不回来，请逐件核对再勾。"},
    )
