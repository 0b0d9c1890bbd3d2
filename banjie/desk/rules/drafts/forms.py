"""Forms of a draft: its words, what the review says, what the meeting decided."""

from collections.abc import Sequence
from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.rules.wording import Line
from banjie.rulebook.queries import Waiting

LONGEST_PROSE = 200_000
PASSED, BACK = "passed", "back"


def _day(label: str, help_text: str) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=picker)


class ProseForm(DeskForm):
    """The words of a draft, each value in brackets."""

    prose = forms.CharField(
        label="正文",
        max_length=LONGEST_PROSE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=(
            "方括号【】里是数值：可以挪动、复制整个方括号，不要改编号；数值本身在上一页改。"
            "一条一段，以“第几条”开头；分项一行一个，以“- ”开头。"
        ),
    )


class DropForm(DeskForm):
    """What becomes of the lines that print a value which is taken out."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"line_{line.place}"] = forms.CharField(
                label=f"原来是：{line.shown.strip()}",
                required=False,
                max_length=LONGEST_PROSE,
                initial=line.left,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="改成什么样；空着就是整段删去。方括号是别的数值，要留着。",
            )

    @property
    def lines(self) -> dict[int, str]:
        """Return what was typed for each line, by its number."""
        return {
            int(name.removeprefix("line_")): str(words).strip() for name, words in self.cleaned_data.items()
        }


class TitleForm(DeskForm):
    """What a regulation is to be called."""

    title = forms.CharField(label="名称", max_length=60, help_text="以前按旧名称办的，仍按旧名称引用")


class PaperForm(DeskForm):
    """By which meeting and paper values are confirmed."""

    meeting = forms.CharField(label="决定的会议", max_length=60, help_text="如 镇党委会2026年第12次会议")
    document = forms.CharField(label="发文字号", max_length=60, help_text="如 青政发〔2026〕5号")


class ConfirmAllForm(PaperForm):
    """In which texts the values that wait for the town are confirmed."""

    texts = forms.MultipleChoiceField(
        label="哪些制度",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选要确认的制度。请至少选一篇。"},
    )

    def __init__(self, *args: Any, waiting: Sequence[Waiting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{one.edition.section}/{one.edition.key}", f"{one.edition.text.title}（{one.count}个）")
            for one in waiting
        ]
        texts = self.fields["texts"]
        assert isinstance(texts, forms.ChoiceField)  # noqa: S101  says the type of our own field
        texts.choices = choices
        self.initial["texts"] = [value for value, _ in choices]


class ReviewForm(DeskForm):
    """What the legality review came to."""

    verdict = forms.ChoiceField(
        label="审查结论",
        choices=[(PASSED, "通过：没有与上位法抵触"), (BACK, "退回修改")],
        widget=forms.RadioSelect,
        error_messages={"required": "没有选审查结论。请选通过或者退回。"},
    )
    words = forms.CharField(
        label="审查意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的要写明理由",
    )

    @property
    def is_passed(self) -> bool:
        """Tell whether the draft is passed."""
        return bool(self.cleaned_data["verdict"] == PASSED)


class AdviceForm(ReviewForm):
    """What an adviser who does not log in wrote, put down by someone of the office (代录)."""

    adviser = forms.CharField(
        label="出具意见的人", max_length=60, help_text="如 镇法律顾问 某律师、县司法局 某科"
    )
    paper = forms.FileField(label="书面意见", help_text="盖章或签字的意见书，扫描件或照片")
    field_order = ("adviser", "paper", "verdict", "words")


class DecideForm(PaperForm):
    """By which meeting and paper it is decided, and from which day it is in force."""

    from_on = _day("施行日期", "从这一天起开始的件按新的办；以前开始的仍按原来的")


class RepealForm(DecideForm):
    """By which meeting and paper the town's own text is repealed, and from which day it is no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].label = "从哪一天起废止"
        self.fields["from_on"].help_text = "从这一天起按县里或者出厂的办；以前开始的件仍按原来的"
