"""Forms of what is new: a whole regulation, and a value with the sentence that prints it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.rulebook.in_force import Rules
from banjie.rulebook.marks import provisions_in
from banjie.rulebook.rules import TIME_LIMIT
from banjie.rulebook.text import Text
from banjie.rulebook.values import UNIT_WORDS
from banjie.rulebook.vocabulary import CLOCK_WORDS

PLACE = "【】"
EVERY = "*"
TERM_WORDS = {"workdays": "个工作日", "workhours": "个工作小时", "days": "日（自然日）", "hours": "小时"}


class NewTextForm(DeskForm):
    """The title and the words of a regulation that the town makes itself."""

    title = forms.CharField(label="名称", max_length=60, help_text="如 首问负责制")
    prose = forms.CharField(
        label="正文",
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="一条一段，以“第一条”“第二条”开头。有数的，起草以后用“加数值”写进去。",
    )


class AddValueForm(DeskForm):
    """A value that the text did not have: what it is of, its amount and basis, and the sentence that prints it."""

    value = forms.IntegerField(label="数", min_value=0, max_value=10**9)
    unit = forms.ChoiceField(label="单位")
    sentence = forms.CharField(
        label="写成哪一句",
        max_length=400,
        help_text=f"数值的位置写 {PLACE}，如：道路破损{PLACE}内修补。",
    )
    after = forms.ChoiceField(label="写在哪一条之后")
    basis = forms.CharField(label="依据", max_length=200, help_text="写法律条款、文件字号，或者镇里开会定的")

    def __init__(self, *args: Any, text: Text, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_limit = text.type == TIME_LIMIT.name
        _choices(self, "unit", list((TERM_WORDS if self.is_limit else UNIT_WORDS).items()))
        _choices(self, "after", [(name, name) for name, _ in provisions_in(text.prose) if name])
        if self.is_limit:
            self._ask_what_of(rules)

    def _ask_what_of(self, rules: Rules) -> None:
        """Ask which clock of which cases the limit is of."""
        kinds = [(kind.key, kind.title) for kind in rules.kinds]
        tree = rules.categories
        leaves = [(leaf.key, tree.path_words(leaf.key)) for leaf in tree.leaves]
        asked: dict[str, forms.Field] = {
            "clock": forms.ChoiceField(
                label="哪一步的时限", choices=[(clock.value, words) for clock, words in CLOCK_WORDS.items()]
            ),
            "kind": forms.ChoiceField(label="哪一类件", choices=kinds),
            "category": forms.ChoiceField(
                label="哪一类事项", choices=[("", "（不分事项）"), *leaves], required=False
            ),
        }
        self.fields = {**asked, **self.fields}

    def clean_sentence(self) -> str:
        """Want one place for the value."""
        sentence = str(self.cleaned_data["sentence"])
        if sentence.count(PLACE) != 1:
            raise forms.ValidationError(f"请在句子里写一次 {PLACE}，表示数值的位置。")
        if "{" in sentence or "}" in sentence:
            raise forms.ValidationError("句子里不能有大括号，请改用圆括号。")
        return sentence

    def name_for(self, text: Text) -> str:
        """Return under which name the value is kept: what a limit is of, else the next number that is free."""
        told = self.cleaned_data
        if self.is_limit:
            parts = [told["clock"], told["kind"], told["category"]]
            return ".".join(part for part in parts if part)
        return next(name for n in range(1, 1000) if (name := f"values.{n}") not in text.parameters)

    @property
    def raw(self) -> str:
        """Return the value as a text writes it."""
        return f"{self.cleaned_data['value']} {self.cleaned_data['unit']}"


def with_sentence(text: Text, *, after: str, sentence: str, name: str) -> str:
    """Return the prose with a sentence behind a provision, the value's mark in its place."""
    said = sentence.strip().replace(PLACE, f"{{{{ {name} }}}}")
    parts = []
    for provision, prose in provisions_in(text.prose):
        if provision != after:
            parts.append(prose)
            continue
        last = prose.rstrip().rpartition("\n")[2]
        lead = "\n- " if last.startswith("- ") else "\n\n"
        parts.append(f"{prose.rstrip()}{lead}{said}\n\n")
    return "".join(parts)


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
    field.choices = list(choices)
