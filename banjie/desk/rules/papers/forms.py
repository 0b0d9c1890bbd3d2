"""Forms of a paper's text."""

from django import forms

from banjie.desk.forms import DeskForm
from banjie.reports.rules import RHYTHM_WORDS, Rhythm

LONGEST = 200_000
_HELP = (
    "第一行写“# 标题”，小标题写“## 小标题”，段与段之间空一行，表格照原样一行一行写。"
    "要写数的地方，从下面的单子里复制方括号；〔有 某数 时〕和〔完〕之间的话，有这个数才写。"
)


class PaperTextForm(DeskForm):
    """The words of a paper, its marks in brackets, and how often it comes out."""

    rhythm = forms.ChoiceField(
        label="多久一篇",
        choices=[(one.value, said) for one, said in RHYTHM_WORDS.items()],
        initial=Rhythm.MONTH.value,
    )
    prose = forms.CharField(
        label="正文",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_HELP,
    )


class NewPaperForm(PaperTextForm):
    """A paper that there was none of."""

    title = forms.CharField(label="名称", max_length=60, help_text="如 季度民情分析")
    field_order = ("title", "rhythm", "prose")
