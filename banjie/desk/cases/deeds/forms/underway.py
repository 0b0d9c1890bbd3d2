"""Forms of whoever has a case in hand: pause, extend, report, remark, reply."""

from typing import ClassVar

from django import forms

from banjie.desk.cases.deeds.forms.base import LONG, DeedForm, words_field
from banjie.worktime.terms import Term, TermUnit, say_term


class Pause(DeedForm):
    """中止."""

    lead = "中止期间停钟。只能用制度列出的理由，并告诉诉求人。"
    phrases_of = "pause"
    ground_key = forms.ChoiceField(label="中止理由", widget=forms.RadioSelect)
    words = words_field("等什么、预计多久", rows=3)

    def fit(self) -> None:
        """Offer the grounds that the kind lists, each with what allows it."""
        grounds = self.sight.kind.pause_grounds if self.sight.kind else ()
        field = self.fields["ground_key"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(ground.key, f"{ground.title}（{ground.basis}）") for ground in grounds]


class Resume(DeedForm):
    """恢复."""

    lead = "恢复后接着计时，中止期间的工作日顺延。"
    words = words_field("说明", required=False, rows=2)


class AskExtension(DeedForm):
    """申请延期."""

    amount = forms.IntegerField(
        label="延长",
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "延长多少请填整数。", "min_value": "至少延长1。"},
    )
    reason = words_field("理由", help_text="这段话要告诉诉求人。")
    lead = "到期以前申请，由单位负责人或分管领导批准。"
    spans: ClassVar[dict[str, str]] = {"amount": "short"}

    def fit(self) -> None:
        """Say how far the kind lets its limit be moved."""
        kind = self.sight.kind
        case, rules = self.sight.case, self.sight.watch.rules
        allowed = rules.extension(case.kind, category=case.category) if kind else None
        longest = allowed.longest if allowed else Term(1, TermUnit.WORKDAYS)
        self.unit = longest.unit
        self.fields["amount"].help_text = f"最多{say_term(longest)}"
        self.fields["amount"].initial = longest.amount

    @property
    def term(self) -> str:
        """Return the term asked for, as the action takes it."""
        return f"{self.cleaned_data['amount']} {self.unit}"


class DecideExtension(DeedForm):
    """批准延期."""

    decision = forms.ChoiceField(
        label="决定", choices=[("grant", "准予延期"), ("refuse", "不批准")], widget=forms.RadioSelect
    )
    words = words_field("意见", required=False, rows=3, help_text="不批准的要写明为什么。")

    @property
    def leading(self) -> str:
        """Repeat what is asked for, so that nobody decides unseen."""
        asked = self.sight.file.open_extension
        return f"申请延长{self.sight.extensions[-1].label}：{asked.reason}" if asked else self.lead


class ReportProgress(DeedForm):
    """报进度."""

    lead = "写办到哪一步了；不影响时限。"
    words = words_field("进展")


class Comment(DeedForm):
    """备注."""

    lead = "给同事看的备注，不影响时限。"
    words = words_field("备注")


class Phone(DeedForm):
    """电话问得: one line (U43)."""

    lead = "一句话记下来，算一次进度。"
    words = forms.CharField(label="已电话联系，对方说", max_length=LONG)


class Reply(DeedForm):
    """反馈."""

    lead = "写明办理结果，告诉诉求人；反馈后进入回访。"
    phrases_of = "reply"
    words = words_field("办理结果", rows=5)

    @property
    def leading(self) -> str:
        """Remind of those whose requests were merged into this one: they are told by it."""
        numbers = "、".join(one.number for one in self.sight.kin.merged)
        return f"{self.lead}并入的{numbers}，诉求人也要一并告知。" if numbers else self.lead
