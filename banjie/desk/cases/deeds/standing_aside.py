"""The forms of what is seldom: 异议, 挂账, 转回, 听证 and 回头看."""

from typing import ClassVar

from django import forms

from banjie.desk.cases.deeds.forms import LONG, SHORT, DeedForm
from banjie.rulebook.vocabulary import DUTY_WORDS


class Object(DeedForm):
    """异议: on what ground a case is not ours, and whose it is."""

    lead = "不属本单位职责的，签收以前提出；写明依据和应由谁办，由党政办改派或者维持。可以接着打印商请函。"
    reason = forms.CharField(
        label="为什么不归本单位", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.CharField(label="依据", max_length=SHORT, help_text="履职事项清单的哪一条、哪个文件。")
    should_go_to = forms.CharField(label="应由谁办", max_length=80)
    spans: ClassVar[dict[str, str]] = {"should_go_to": "half"}

    def fit(self) -> None:
        """Say what the list of duties makes of the case's category."""
        case, tree = self.sight.case, self.sight.watch.rules.categories
        if case.category in tree:
            found = tree.find(case.category)
            if found.duty:
                said = f"“{found.title}”在履职事项清单里属于{DUTY_WORDS[found.duty]}事项。"
                self.fields["basis"].help_text = said + "写明哪一条、哪个文件。"


class Park(DeedForm):
    """挂账: until when, and what is waited for."""

    lead = "一时办不了的，挂到某一天；期间停钟，但仍算未了结，到期自动转回。由承办人以外的人决定。"
    until_on = forms.DateField(
        label="挂到哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期看不明白，请写成 2026-03-05。"},
    )
    condition = forms.CharField(
        label="等什么", max_length=SHORT, help_text="例如资金下达、规划批复；条件到了就提前转回。"
    )
    words = forms.CharField(
        label="为什么现在办不了",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="这段话要告诉诉求人。",
    )
    spans: ClassVar[dict[str, str]] = {"until_on": "short", "condition": "wide"}


class Return(DeedForm):
    """转回: what has become of what was waited for."""

    lead = "等的条件到了，接着办；挂账期间的工作日顺延。"
    words = forms.CharField(label="条件怎么样了", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class Hear(DeedForm):
    """听证: who came, what each side said, what came of it."""

    lead = "多次不满意的，先听证再反馈。由承办人以外的人主持；听证以后仍不满意的，不再退回。"
    words = forms.CharField(
        label="谁到场、各方怎么说、结论",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="到场的人按类别写，例如代表2人、村民3人；不写身份证号和电话。",
    )


class Recheck(DeedForm):
    """回头看: whether it holds."""

    lead = "销号以后再去看一次。问题又出现的，当时退回重办。"
    finding = forms.ChoiceField(
        label="看下来",
        choices=[("sound", "没有反复"), ("again", "问题又出现了，退回重办")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="看了什么、现在怎么样", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    spans: ClassVar[dict[str, str]] = {"finding": "whole"}
