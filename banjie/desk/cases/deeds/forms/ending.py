"""Forms that bring a case to its end or back again: the asker's word, call-back, closing, withdrawal."""

from typing import ClassVar

from django import forms

from banjie.base.clock import local_day
from banjie.cases.queries import endings_of
from banjie.cases.vocabulary import CONTENT, GRADES, Mark, Said
from banjie.desk.cases.deeds.forms.base import COMMON, DeedForm, said_field, words_field

MARKS = (Mark.NONE, Mark.SIGNATURE, Mark.THUMB_PRINT, Mark.SLIP_CODE, Mark.WITNESS)
"""Marks that a clerk can take down; a link and a tablet make their own."""


class Marked(DeedForm):
    """The asker's own word with the mark that it bears."""

    said = said_field(GRADES, "诉求人怎么说")
    words = words_field("原话", required=False, rows=3)
    mark = forms.ChoiceField(
        label="凭什么", choices=[(mark.value, mark.label) for mark in MARKS], widget=forms.RadioSelect
    )
    slip_code = forms.CharField(
        label="回执码",
        required=False,
        max_length=12,
        help_text="诉求人回执上的六位数字",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    witness = forms.CharField(label="见证人", required=False, max_length=40)
    spans: ClassVar[dict[str, str]] = {
        "said": "whole",
        "mark": "whole",
        "slip_code": "short",
        "witness": "short",
    }

    def fit(self) -> None:
        """Let no mark be taken for granted but the slip code, which proves itself."""
        self.fields["mark"].initial = Mark.SLIP_CODE.value


class Rate(Marked):
    """评价."""

    lead = "记下诉求人自己的话。不满意的自动退回重办；没有凭据的另由他人回访。"


class Settle(Marked):
    """当场办结."""

    lead = "当场办好、本人认可的，一步办结。"
    result = words_field("怎么办的", rows=3)
    field_order = ("result", "said", "words", "mark", "slip_code", "witness", *COMMON)

    def fit(self) -> None:
        """Offer only contentment: a discontented asker's case is taken up, not settled."""
        super().fit()
        said = self.fields["said"]
        if isinstance(said, forms.ChoiceField):
            said.choices = [(word.value, word.label) for word in GRADES if word in CONTENT]


class CallBack(DeedForm):
    """回访."""

    lead = "由经办人以外的人问。不满意的自动退回重办；没联系上的记一次。"
    phrases_of = "call_back"
    said = said_field((*GRADES, Said.UNREACHED), "回访结果")
    words = words_field("对方说的", required=False, rows=3)
    closes = forms.BooleanField(
        label="满意的同时销号", required=False, help_text="您没有销号权限或外部系统没有办结的，只记回访。"
    )

    def fit(self) -> None:
        """Offer to close in the same breath only to who may close."""
        if not self.sight.actor.may("cases.close_case") or self.sight.case.is_mirrored:
            del self.fields["closes"]
        else:
            self.fields["closes"].initial = True


class Close(DeedForm):
    """销号."""

    lead = "按解决销号，要有诉求人的话或他人的回访；别的销号方式要写依据，单独统计。"
    kind = forms.ChoiceField(label="销号方式", widget=forms.RadioSelect)
    basis = words_field(
        "依据", required=False, rows=2, help_text="解释到位、移交、不属职责、依法终结的必须写。"
    )
    outer_state = forms.CharField(label="外部系统的结论", max_length=120)

    def fit(self) -> None:
        """Offer the ways in which this case may end, and ask the outer verdict of mirrored cases alone."""
        offered = endings_of(self.sight.case, on=local_day(self.sight.watch.now))
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in offered]
            field.initial = offered[0].value if offered else ""
        if not self.sight.case.is_mirrored:
            del self.fields["outer_state"]


class Reopen(DeedForm):
    """退回重办."""

    lead = "退回给原经办人再办一轮；第一轮的到期日不变。"
    words = words_field("哪里没有办好")


class Withdraw(DeedForm):
    """撤回."""

    lead = "诉求人自己要求撤回的，写下他的原话。"
    words = words_field("诉求人为什么撤回")


class Void(DeedForm):
    """作废."""

    lead = "登记错的作废，件和理由都留着，看得到。"
    button = "danger"
    reason = words_field("为什么作废", rows=3)
