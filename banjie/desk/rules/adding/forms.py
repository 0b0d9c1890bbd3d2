"""Forms of what is new: a whole regulation, and a value with the sentence that prints it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from banjie.base.declarations import NamePart, Part
from banjie.desk.forms import DeskForm
from banjie.desk.rules.adding.choosing import Addable
from banjie.desk.rules.inputs import value_fields, written_value
from banjie.rulebook.in_force import Rules
from banjie.rulebook.marks import provisions_in
from banjie.rulebook.numerals import in_characters
from banjie.rulebook.text import Text

PLACE = "【】"
EVERY = "*"
NEW = "new"
_PART = "part_"
Choices = Sequence[tuple[str, str]]


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
    """A value that the text did not have: what it is of, the value, its basis, and the sentence that prints it."""

    sentence = forms.CharField(
        label="写成哪一句",
        max_length=400,
        help_text=f"数值的位置写 {PLACE}，如：道路破损{PLACE}内修补。",
    )
    after = forms.ChoiceField(label="写在哪里")
    basis = forms.CharField(label="依据", max_length=200, help_text="写法律条款、文件字号，或者镇里开会定的")

    def __init__(
        self,
        *args: Any,
        text: Text,
        adding: Addable,
        named: Mapping[Part, Choices],
        offered: Mapping[str, Choices],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.adding = text, adding
        parts = adding.spec.parts if adding.spec else ()
        asked = {f"{_PART}{place}": _part_field(part, named) for place, part in enumerate(parts)}
        values, initial = value_fields(adding.sort, None, spec=adding.spec, offered=offered, label="数值")
        self.fields = {**asked, **values, **self.fields}
        self.initial = {**initial, "after": NEW, **self.initial}
        places = [(name, f"接在{name}后面") for name, _ in provisions_in(text.prose) if name]
        after = self.fields["after"]
        assert isinstance(after, forms.ChoiceField)  # noqa: S101  says the type of our own field
        after.choices = [*places, (NEW, f"最后另起一条（{next_provision(text.prose)}）")]

    def clean_sentence(self) -> str:
        """Want one place for the value."""
        sentence = str(self.cleaned_data["sentence"])
        if sentence.count(PLACE) != 1:
            raise forms.ValidationError(f"请在句子里写一次 {PLACE}，表示数值的位置。")
        if "{" in sentence or "}" in sentence:
            raise forms.ValidationError("句子里不能有大括号，请改用圆括号。")
        return sentence

    @property
    def name(self) -> str:
        """Return under which name the value is kept: as its spec has it, else the next number that is free."""
        spec = self.adding.spec
        if spec is None:
            return next(name for n in range(1, 1000) if (name := f"values.{n}") not in self.text.parameters)
        told = [str(self.cleaned_data[f"{_PART}{place}"] or "") for place in range(len(spec.parts))]
        return spec.name.replace(EVERY, ".".join(part for part in told if part)) if spec.parts else spec.name

    @property
    def raw(self) -> object:
        """Return the value as a text writes it."""
        return written_value(self.adding.sort, self.cleaned_data)

    @property
    def prose(self) -> str:
        """Return the prose with the sentence in its place, the value's mark in it."""
        told = self.cleaned_data
        return with_sentence(self.text, after=told["after"], sentence=told["sentence"], name=self.name)


def parts_named(rules: Rules, divisions: Choices) -> dict[Part, Choices]:
    """Return what a part of a name may be in a town: its kinds, matters and villages."""
    tree = rules.categories
    return {
        Part.KIND: [(kind.key, kind.title) for kind in rules.kinds],
        Part.CATEGORY: [(one.key, tree.path_words(one.key)) for one in tree.categories],
        Part.PLACE: divisions,
        Part.NUMBER: [(str(n), f"第{in_characters(n)}个") for n in range(1, 10)],
    }


def next_provision(prose: str) -> str:
    """Return the name of a provision that would come last, such as 第四条."""
    return f"第{in_characters(sum(1 for name, _ in provisions_in(prose) if name) + 1)}条"


def with_sentence(text: Text, *, after: str, sentence: str, name: str) -> str:
    """Return the prose with a sentence behind a provision or as a new one, the value's mark in its place."""
    said = sentence.strip().replace(PLACE, f"{{{{ {name} }}}}")
    if after == NEW:
        return f"{text.prose.rstrip()}\n\n{next_provision(text.prose)}　{said}\n"
    parts = []
    for provision, prose in provisions_in(text.prose):
        if provision != after:
            parts.append(prose)
            continue
        last = prose.rstrip().rpartition("\n")[2]
        lead = "\n- " if last.startswith("- ") else "\n\n"
        parts.append(f"{prose.rstrip()}{lead}{said}\n\n")
    return "".join(parts)


def _part_field(part: NamePart, named: Mapping[Part, Choices]) -> forms.Field:
    """Return the choice of what one part of a name is."""
    choices = [*(named.get(part.of, ()) if part.of else ()), *part.choices.items()]
    nothing = [("", "（不分）")] if part.is_optional else []
    return forms.ChoiceField(label=part.title, choices=[*nothing, *choices], required=not part.is_optional)
