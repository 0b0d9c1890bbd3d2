"""The form by which a person says what a cell is: a figure, a number typed with its source, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.figures.queries import Catalogue
from banjie.reports.asked.matching import STYLE_WORDS, Choice, Source, Style
from banjie.reports.asked.spans import PERIOD, SPAN_WORDS, span_words

ONE, SAME_COLUMN, SAME_ROW, GROUP_ROW, GROUP_COLUMN = "one", "column", "row", "group_row", "group_column"
REACH_WORDS = {
    ONE: "只这一格",
    SAME_COLUMN: "这一列都用这个指标",
    SAME_ROW: "这一行都用这个指标",
    GROUP_ROW: "这一行都是这个范围",
    GROUP_COLUMN: "这一列都是这个范围",
}
SOURCES = (
    (Source.FIGURE.value, "台账里的数"),
    (Source.TYPED.value, "手工填，写明出处"),
    (Source.BLANK.value, "留空"),
)
GROUP = "group-"
Choices = Sequence[tuple[str, str]]


class CellForm(DeskForm):
    """What a cell is, and which other cells are the same."""

    source = forms.ChoiceField(label="这一格填", choices=SOURCES, widget=forms.RadioSelect)
    figure = forms.ChoiceField(label="数据指标", required=False)
    span = forms.ChoiceField(label="时段", required=False)
    style = forms.ChoiceField(
        label="写法",
        required=False,
        choices=[(style.value, STYLE_WORDS[style] or "这个数") for style in Style],
    )
    text = forms.CharField(label="填写内容", required=False, max_length=200)
    quoted = forms.CharField(
        label="数的出处",
        required=False,
        max_length=120,
        help_text="谁的数、哪份材料，如“县12345平台10月通报”。生成答表时连同时段记进引用数台账，下次要会提示。",
    )
    reach = forms.ChoiceField(label="用到", choices=list(REACH_WORDS.items()))

    def __init__(
        self,
        *args: Any,
        figures: Choices,
        groups: Mapping[str, tuple[str, Choices]],
        span: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        spans = {**SPAN_WORDS, **{f"{n}-{n}": f"{n}月" for n in range(1, 13)}}
        spans.setdefault(span, span_words(span))
        self.group_columns = tuple(groups)
        _offer(self.fields["figure"], [("", "请选择"), *figures])
        _offer(self.fields["span"], list(spans.items()))
        for column, (title, choices) in groups.items():
            self.fields[f"{GROUP}{column}"] = forms.ChoiceField(
                label=title, required=False, choices=[("", "全镇（不分）"), *choices]
            )
        self.order_fields(
            [
                "source",
                "figure",
                *(f"{GROUP}{one}" for one in groups),
                "span",
                "style",
                "text",
                "quoted",
                "reach",
            ]
        )

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """Return the fields that say which number of the ledger is meant."""
        return [
            self[name]
            for name in ("figure", *(f"{GROUP}{one}" for one in self.group_columns), "span", "style")
        ]

    @property
    def choice(self) -> Choice:
        """Return what a valid form says."""
        told = self.cleaned_data
        source = Source(told["source"])
        if source is Source.TYPED:
            return Choice(source, text=told["text"], quoted=told["quoted"])
        if source is not Source.FIGURE:
            return Choice(source)
        groups = {
            column: told[f"{GROUP}{column}"]
            for column in sorted(self.group_columns)
            if told.get(f"{GROUP}{column}")
        }
        return Choice(
            source,
            figure=told["figure"],
            group="+".join(groups),
            value="+".join(groups.values()),
            span=told["span"] or PERIOD,
            style=told["style"] or Style.PLAIN.value,
        )


def first_told(choice: Choice) -> dict[str, str]:
    """Return what the form shows of a choice; a cell without an answer is asked for a figure first."""
    groups = zip(choice.group.split("+"), choice.value.split("+"), strict=False) if choice.group else ()
    source = choice.source if choice.source in dict(SOURCES) else Source.FIGURE
    return {
        "source": source.value,
        "figure": choice.figure if source is Source.FIGURE else "",
        "span": choice.span,
        "style": choice.style,
        "text": choice.text,
        "quoted": choice.quoted,
        "reach": ONE,
        **{f"{GROUP}{column}": value for column, value in groups},
    }


def figure_choices(catalogue: Catalogue) -> Choices:
    """Return the figures to choose from."""
    return [(figure.key, f"{figure.title}（{figure.unit}）") for figure in catalogue.figures.values()]


def _offer(field: forms.Field, choices: Choices) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
    field.choices = choices
