"""The box itself, and what may still be changed of a pasted draft before it is registered with the others."""

from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.forms import picked
from banjie.desk.intake.paste.keeping import PastedDraft
from banjie.desk.intake.proposals import categories_in, places_in
from banjie.places.finding import PlaceFinder

TAKES_PICTURES = {"data-paste-files": "#id_pictures", "data-paste-marks": "图片"}
"""Clipboard pictures go to the file field, and a mark stands where each was pasted."""
CONFIRM = "（请人工确认）"
UNKNOWN_PLACE = "没有认出，请选"


class PasteBox(DeskForm):
    """粘贴即登记."""

    pasted = forms.CharField(
        label="粘贴内容",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", **TAKES_PICTURES}),
        help_text="微信聊天（多选复制）、短信、便签，或表格里复制的单元格；一段一件，先成草稿，看过再登记。截图、照片也能粘，光标在哪一件就归哪一件。",
        error_messages={"required": "框里还没有内容。请把微信、短信或表格里复制的内容粘贴进来。"},
    )


class PastedForm(DeskForm):
    """One pasted draft: whether it is registered, and the proposals for its kind, place and category."""

    use_required_attribute = False

    ticked = forms.BooleanField(label="登记这一件", required=False)
    kind = forms.ChoiceField(label="类型")
    place = forms.ChoiceField(label="村（社区）、网格", required=False)
    category = forms.ChoiceField(label="类别", required=False)

    def __init__(
        self, counter: Counter, draft: PastedDraft, *args: Any, finder: PlaceFinder, **more: Any
    ) -> None:
        """Offer what the draft's own words propose, and what was chosen in the register form."""
        told = picked(draft.fields)
        initial = {name: told.get(name, "") for name in ("kind", "place", "category")}
        initial["ticked"] = "1" if draft.told("ticked") else ""
        super().__init__(*args, prefix=draft.mark, initial=initial, **more)
        text = "\n".join(draft.told(name) for name in ("place_words", "title", "text"))
        self.draft = draft
        self._offer("kind", [(kind.key, kind.title) for kind in counter.kinds])
        self._offer("place", _places(counter, draft, text, finder))
        self._offer("category", _categories(counter, draft, text))

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
        field.choices = options


def _places(counter: Counter, draft: PastedDraft, text: str, finder: PlaceFinder) -> list[tuple[str, str]]:
    proposed = places_in(counter, text, finder=finder)
    offered = {found.value: f"{found.label}{CONFIRM}" for found in proposed}
    names = dict(counter.places)
    chosen = picked(draft.fields).get("place", "")
    if chosen in names:
        offered.setdefault(chosen, names[chosen])
    first = [] if offered else [("", UNKNOWN_PLACE)]
    return [*first, *offered.items(), *(place for place in counter.villages if place[0] not in offered)]


def _categories(counter: Counter, draft: PastedDraft, text: str) -> list[tuple[str, str]]:
    found = categories_in(counter, title=draft.told("title"), text=text)
    offered = {one.value: f"{one.label}{CONFIRM}" for one in found}
    chosen, tree = picked(draft.fields).get("category", ""), counter.rules.categories
    if chosen in tree:
        offered.setdefault(chosen, tree.find(chosen).title)
    return [*offered.items(), ("", "先不归类")]
