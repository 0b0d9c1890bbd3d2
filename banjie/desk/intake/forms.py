"""The form of 登记: what every kind asks, and the fields that the kind itself declares."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from banjie.base.clock import local_day
from banjie.base.errors import NotAllowed
from banjie.cases.pasting import plain_lines
from banjie.cases.vocabulary import CONTENT, Channel, Mark, Sensitivity
from banjie.desk.forms import DeskForm
from banjie.desk.intake.counter import Counter
from banjie.desk.office.choices import IdChoice
from banjie.enterprises.queries import enterprise_names
from banjie.fields.declared import DeclaredField, form_field
from banjie.fields.spec import FieldType
from banjie.residents.queries import ResidentHit, find_residents

EXTRA = "x-"
"""Fields that a kind declares bear this before their key, so that none of them takes the name of one of ours."""
TITLE_LENGTH, PLACE_LENGTH = 120, 120
MOMENTS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
SETTLING = {
    "result": "当场办结要写明怎么办的。",
    "said": "请选诉求人的评价；不满意的不能当场办结。",
    "mark": "当场办结要有诉求人签字、手印，或见证人。",
    "witness": "请填写见证人姓名。",
}
MARKS = (Mark.SIGNATURE, Mark.THUMB_PRINT, Mark.WITNESS)
"""What the asker's word can bear at the counter, before a receipt with a code is in his hands."""
Option = tuple[str, str] | tuple[str, list[tuple[str, str]]]
Offered = Sequence[Option] | Callable[[], Sequence[Option]]
PICKED = {
    "place": ("place_proposed",),
    "category": ("category_listed", "category_proposed"),
    "resident_id": ("resident_hit",),
}
"""Fields that may be picked in more than one way: find box, list, proposal."""


class RegisterForm(DeskForm):
    """登记: six fields at most must be filled; everything else has a value or may stay empty (U1)."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="类型")
    asker = forms.CharField(label="诉求人", required=False, max_length=60)
    resident_id = forms.UUIDField(label="诉求人", required=False, widget=forms.HiddenInput)
    resident_hit = forms.UUIDField(label="诉求人", required=False, widget=forms.HiddenInput)
    new_name = forms.CharField(label="姓名", required=False, max_length=60)
    new_phone = forms.CharField(label="联系电话", required=False, max_length=40)
    new_id_number = forms.CharField(label="身份证号", required=False, max_length=30)
    new_place = forms.ChoiceField(label="户籍或居住村", required=False)
    place = forms.ChoiceField(label="村（社区）、网格")
    place_proposed = forms.CharField(required=False, max_length=60)
    place_words = forms.CharField(label="具体位置", required=False, max_length=PLACE_LENGTH)
    category = forms.CharField(label="类别", required=False, max_length=80)
    category_words = forms.CharField(label="类别", required=False, max_length=80)
    category_listed = forms.ChoiceField(label="从目录里选类别", required=False)
    category_proposed = forms.CharField(required=False, max_length=80)
    title = forms.CharField(
        label="标题",
        required=False,
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": "不填就用内容的头一句"}),
    )
    text = forms.CharField(
        label="内容", widget=forms.Textarea(attrs={"rows": 4, "placeholder": "照原话写，不用整理"})
    )
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices, initial=Channel.WINDOW)
    sensitivity = forms.ChoiceField(
        label="知悉范围", choices=Sensitivity.choices, initial=Sensitivity.ORDINARY
    )
    happened_at = forms.DateTimeField(
        label="什么时候说的",
        required=False,
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(format=MOMENTS[0], attrs={"type": "datetime-local", "step": "1"}),
        error_messages={"invalid": "时间看不懂。请写成 2026-03-05 14:30 这样。"},
        help_text="不填就是现在。",
    )
    for_whom = IdChoice(label="替谁登记（代录）", required=False)
    ground = forms.CharField(
        label="凭据", required=False, max_length=200, help_text="代录、补录要写，如：电话、便签、会议纪要。"
    )
    asker_code = forms.CharField(label="诉求人代号", required=False, max_length=40)
    outer_number = forms.CharField(label="原编号", required=False, max_length=60)
    merge_into = forms.CharField(required=False, max_length=40)
    not_same = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    said = forms.ChoiceField(label="诉求人评价", required=False)
    mark = forms.ChoiceField(label="凭据（本人的）", required=False)
    witness = forms.CharField(label="见证人", required=False, max_length=40)
    result = forms.CharField(label="怎么办的", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, counter: Counter, data: QueryDict | None = None, **more: Any) -> None:
        """Offer what this counter offers; `data` may name a value by any of the ways in PICKED."""
        super().__init__(picked(data) if data is not None else None, **more)
        self.counter = counter
        self.hits: list[ResidentHit] = []
        told = data if data is not None else self.initial
        self.chosen = counter.kind(str(told.get("kind", "")))
        self._offer()
        if told.get("sensitivity") == Sensitivity.NUMBER_ONLY:
            self.fields["text"].required = False

    def _offer(self) -> None:
        """Offer what the counter has; long lists are read only where one is shown or something of it was picked."""
        counter = self.counter
        offered: dict[str, Offered] = {
            "kind": [(kind.key, kind.title) for kind in counter.kinds],
            "place": lambda: [("", "请选择"), *counter.places],
            "new_place": lambda: [("", "同诉求地点"), *counter.villages],
            "category_listed": lambda: [("", "（先不归类）"), *counter.categories],
            "for_whom": lambda: [("", "（本人登记）"), *counter.colleagues],
            "said": [("", "请选择"), *((said.value, said.label) for said in sorted(CONTENT))],
            "mark": [("", "请选择"), *((mark.value, mark.label) for mark in MARKS)],
        }
        for name, options in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
            field.choices = options
        if not self.is_bound:
            self.fields["place"].initial = counter.default_place
        on = local_day(self.counter.at)
        for spec in self.counter.asked(self.chosen) if self.chosen else ():
            options = self.counter.options_of(spec)
            self.fields[f"{EXTRA}{spec.key}"] = form_field(spec, on=on, options=options)

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        """Return the fields that the kind declares."""
        return [field for field in self if field.name.startswith(EXTRA)]

    @property
    def extra_rows(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields that the kind declares, each with the words of what was found and picked."""
        return [(field, self._words_of(field)) for field in self.extra_fields]

    def _words_of(self, field: forms.BoundField) -> str:
        declared = field.field
        if not (isinstance(declared, DeclaredField) and declared.spec.type is FieldType.ENTERPRISE):
            return ""
        told = self.data if self.is_bound else self.initial
        typed = str(told.get(f"{field.html_name}-words", ""))
        try:
            picked = UUID(str(field.value() or ""))
        except ValueError:
            return typed
        return enterprise_names(self.counter.actor.town, [picked]).get(picked, typed)

    @property
    def has_new_resident(self) -> bool:
        """Tell whether the fold of a new resident stands open."""
        return any(self[name].value() for name in ("new_name", "new_phone", "new_id_number"))

    @property
    def opens_when(self) -> bool:
        """Tell whether the fold of time and ground stands open."""
        names = ("happened_at", "for_whom", "ground", "asker_code", "outer_number")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def opens_settling(self) -> bool:
        """Tell whether the fold of 当场办结 stands open."""
        return any(self[name].value() or self[name].errors for name in ("said", "mark", "witness", "result"))

    def clean_text(self) -> str:
        """Return the text with the line breaks that a paste has, not those that browsers send."""
        return plain_lines(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields: one choice of each, and who asks."""
        cleaned = self.cleaned_data
        for name, others in PICKED.items():
            told = {str(cleaned[n]) for n in (name, *others) if cleaned.get(n)}
            if len(told) > 1:
                label = self.fields[name].label
                self.add_error(_shown(name), f"{label}选了两个不一样的，请只留一个。")
        if cleaned.get("category") and not self.counter.rules.categories.takes(cleaned["category"]):
            self.add_error("category_words", "没有这个类别，或者已经停用。请从列表中选。")
        if cleaned.get("category_words") and not cleaned.get("category"):
            self.add_error("category_words", "还没有从列表里选定类别。请选一个，或清空后先不归类。")
        self._check_asker(cleaned)
        self._check_settling(cleaned)
        return cleaned

    def _check_settling(self, cleaned: dict[str, Any]) -> None:
        """Ask for result, satisfaction and mark at once where the case is to be done at the counter."""
        if self.data.get("then") != "settle":
            return
        wanted = ["result", "said", "mark", *(["witness"] if cleaned.get("mark") == Mark.WITNESS else [])]
        for name in wanted:
            if not cleaned.get(name):
                self.add_error(name, SETTLING[name])

    def _check_asker(self, cleaned: dict[str, Any]) -> None:
        """Refuse a name that was typed and not picked: whoever is meant must be chosen, or left out (U3)."""
        typed = cleaned.get("asker", "")
        if not typed or cleaned.get("resident_id") or cleaned.get("new_name"):
            return
        try:
            self.hits = find_residents(self.counter.actor, typed)
        except NotAllowed:
            self.hits = []
        found = f"找到{len(self.hits)}位，请在下面选定" if self.hits else "没有找到，请在下面新登记"
        self.add_error("asker", f"还没有选定“{typed}”是哪一位：{found}；不愿留名的请清空这一栏。")


def picked(data: QueryDict) -> QueryDict:
    """Return what was posted or kept, with each field of PICKED that is empty taken from the other ways."""
    told = data.copy()
    for name, others in PICKED.items():
        first = next((told.get(n, "") for n in others if told.get(n)), "")
        if first and not told.get(name):
            told[name] = first
    return told


def _shown(name: str) -> str:
    """Return the field under which a complaint about a hidden one is shown."""
    return {"category": "category_words", "resident_id": "asker"}.get(name, name)
