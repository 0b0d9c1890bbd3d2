"""One form for each deed, with the fields that its action takes and the sentences of its refusals (U32)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from banjie.cases.vocabulary import CONTENT, GRADES, ClosingKind, Mark, Said
from banjie.desk.cases.deeds.choices import Choices
from banjie.desk.cases.sight import Sight
from banjie.desk.forms import DeskForm
from banjie.worktime.terms import Term, TermUnit, say_term

LONG = 20_000
"""Longer than the longest letter of a year of a county's petition board (7,900 characters)."""
SHORT = 200
COMMON = ("happened_at", "for_whom", "ground")
MARKS = (Mark.NONE, Mark.SIGNATURE, Mark.THUMB_PRINT, Mark.SLIP_CODE, Mark.WITNESS)
"""Marks that a clerk can take down; a link and a tablet make their own."""
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


class DeedForm(DeskForm):
    """What every deed may say besides: when it happened, for whom it is written down, on what ground."""

    phrases_of = ""
    """The name under which the kind keeps phrases for this deed."""
    lead = ""
    """One sentence on what the deed brings about."""
    button = "primary"
    spans: ClassVar[dict[str, str]] = {}
    """Fields that are not eight columns wide."""

    happened_at = forms.DateTimeField(
        label="发生时间",
        required=False,
        input_formats=MOMENT_FORMATS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="不填就是现在。早就发生、现在才记的属于补录，要在“凭据”里写明原因。",
        error_messages={"invalid": "发生时间看不明白，请写成 2026-03-05 14:30。"},
    )
    for_whom = forms.TypedChoiceField(
        label="代谁记录",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="不用电脑的人办的事，由您代录。",
    )
    ground = forms.CharField(
        label="凭据", required=False, max_length=SHORT, help_text="代录或补录时写：电话、便签、会议纪要等。"
    )

    def __init__(self, *args: Any, sight: Sight, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight, self.choices = sight, choices
        staff = self.fields["for_whom"]
        if isinstance(staff, forms.ChoiceField):
            staff.choices = lambda: [("", "是我本人办的"), *choices.people]
        if not choices.people:
            del self.fields["for_whom"]
        self.fit()
        first = next(iter(self.own), None)
        if first:
            first.field.widget.attrs["autofocus"] = True

    def fit(self) -> None:
        """Adapt the fields to the case; a form with nothing to adapt leaves this alone."""

    @property
    def leading(self) -> str:
        """Return the sentence as it stands over the form; what it tells of the case is looked up only to show it."""
        return self.lead

    @property
    def laid(self) -> list[tuple[BoundField, str]]:
        """Return the deed's own fields with the width of each."""
        return [(field, self.spans.get(field.name, "wide")) for field in self.own]

    @property
    def own(self) -> list[BoundField]:
        """Return the deed's own fields."""
        return [self[name] for name in self.fields if name not in COMMON]

    @property
    def besides(self) -> list[BoundField]:
        """Return the fields that every deed has besides."""
        return [self[name] for name in COMMON if name in self.fields]

    @property
    def is_recorded(self) -> bool:
        """Tell whether the fold of what is seldom told must stand open: it is used, or complains."""
        return self.choices.is_for_another or any(field.value() or field.errors for field in self.besides)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Return the kind's phrases for this deed; a phrase is added to the text and never replaces it (U9)."""
        kind = self.sight.kind
        return tuple(kind.phrases.get(self.phrases_of, ())) if kind and self.phrases_of else ()


def _words(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _said(choices: Iterable[Said], label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[(word.value, word.label) for word in choices], widget=forms.RadioSelect
    )


class Nothing(DeedForm):
    """受理、签收: nothing to say."""


class Sorting(DeedForm):
    """Put a case that bears no category under one, proposed from its words and set by nobody unseen (U3)."""

    category_proposed = forms.ChoiceField(label="类别像是", required=False, widget=forms.RadioSelect)
    category = forms.ChoiceField(label="从目录里选类别", required=False)
    spans: ClassVar[dict[str, str]] = {"category_proposed": "whole", "category": "half"}

    def fit(self) -> None:
        """Offer the proposals and the whole tree, but for a case that is sorted already."""
        if self.sight.case.category:
            del self.fields["category_proposed"], self.fields["category"]
            return
        proposed, listed = self.fields["category_proposed"], self.fields["category"]
        if isinstance(proposed, forms.ChoiceField) and isinstance(listed, forms.ChoiceField):
            proposed.choices = [*self.choices.category_proposals, ("", "先不归类，或从目录里选")]
            listed.choices = [("", "（先不归类）"), *self.choices.categories]
        if not self.choices.category_proposals:
            del self.fields["category_proposed"]

    def clean(self) -> dict[str, Any]:
        """Take one category, whichever way it was chosen."""
        cleaned = self.cleaned_data
        told = {cleaned.get("category", ""), cleaned.pop("category_proposed", "")} - {""}
        if len(told) > 1:
            self.add_error("category", "类别选了两个不一样的，请只留一个。")
        cleaned["category"] = next(iter(told), "")
        return cleaned


class Accept(Sorting):
    """受理."""

    lead = "受理后开始计办理时限。"


class SignFor(Nothing):
    """签收."""

    lead = "签收后，您就是这一件的责任人。"


class Decline(DeedForm):
    """不予受理."""

    lead = "不予受理要告诉诉求人理由和依据。"
    button = "danger"
    reason = _words("理由和依据")


class Redirect(DeedForm):
    """转出."""

    lead = "转到别的单位要写明是哪一家，诉求人要去找它。"
    destination = forms.CharField(label="转到哪里", max_length=SHORT)
    reason = _words("说明", required=False, rows=2)


class Marked(DeedForm):
    """The asker's own word with the mark that it bears."""

    said = _said(GRADES, "诉求人怎么说")
    words = _words("原话", required=False, rows=3)
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
    result = _words("怎么办的", rows=3)
    field_order = ("result", "said", "words", "mark", "slip_code", "witness", *COMMON)

    def fit(self) -> None:
        """Offer only contentment: a discontented asker's case is taken up, not settled."""
        super().fit()
        said = self.fields["said"]
        if isinstance(said, forms.ChoiceField):
            said.choices = [(word.value, word.label) for word in GRADES if word in CONTENT]


class Handing(DeedForm):
    """Hand a case to a unit, or to one person of it."""

    unit = forms.TypedChoiceField(label="承办单位", coerce=UUID, empty_value=None)
    staff = forms.TypedChoiceField(label="经办人", required=False, coerce=UUID, empty_value=None)
    words = _words("交代", required=False, rows=2)
    spans: ClassVar[dict[str, str]] = {"unit": "half", "staff": "half"}

    def fit(self) -> None:
        """Offer the units and people of the town; the category's own unit is proposed, never set unseen (U3)."""
        unit, staff = self.fields["unit"], self.fields["staff"]
        if isinstance(unit, forms.ChoiceField) and isinstance(staff, forms.ChoiceField):
            unit.choices = [("", "请选择"), *self.choices.units]
            staff.choices = lambda: [("", "派到单位，由单位的人签收"), *self.choices.hands.by_unit]
        proposed = self.choices.proposed
        if proposed:
            unit.initial = str(proposed.unit.id)
            who = f" {proposed.staff.name}" if proposed.staff else ""
            unit.help_text = f"{proposed.why}：{proposed.unit.name}{who}。不对请改。"
            staff.initial = str(proposed.staff_id) if proposed.staff else None
        if self.is_bound and not self.data.get("unit"):
            self.data = {**dict(self.data.items()), "unit": self._unit_of_chosen()}

    def _unit_of_chosen(self) -> str:
        """Return the unit of the person chosen, so that choosing him is enough."""
        return self.choices.hands.unit_of.get(str(self.data.get("staff", "")), "")


class Assign(Handing, Sorting):
    """派办."""

    lead = "签收以前，仍由首问责任人负责。"
    spans: ClassVar[dict[str, str]] = {**Sorting.spans, **Handing.spans}
    field_order = ("category_proposed", "category", "unit", "staff", "words", *COMMON)

    def fit(self) -> None:
        """Offer units and people, and categories for a case without one."""
        Handing.fit(self)
        Sorting.fit(self)


class Transfer(Handing):
    """转办."""

    lead = "转办要写明原因和已经办到哪一步；时限照走。"
    words = _words("为什么转、办到哪一步", rows=3)


class Recall(DeedForm):
    """收回派办."""

    lead = "还没有人签收的可以收回，回到待派办。"
    words = _words("为什么收回", required=False, rows=2)


class Pause(DeedForm):
    """中止."""

    lead = "中止期间停钟。只能用制度列出的理由，并告诉诉求人。"
    phrases_of = "pause"
    ground_key = forms.ChoiceField(label="中止理由", widget=forms.RadioSelect)
    words = _words("等什么、预计多久", rows=3)

    def fit(self) -> None:
        """Offer the grounds that the kind lists, each with what allows it."""
        grounds = self.sight.kind.pause_grounds if self.sight.kind else ()
        field = self.fields["ground_key"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(ground.key, f"{ground.title}（{ground.basis}）") for ground in grounds]


class Resume(DeedForm):
    """恢复."""

    lead = "恢复后接着计时，中止期间的工作日顺延。"
    words = _words("说明", required=False, rows=2)


class AskExtension(DeedForm):
    """申请延期."""

    amount = forms.IntegerField(
        label="延长",
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "延长多少请填整数。", "min_value": "至少延长1。"},
    )
    reason = _words("理由", help_text="这段话要告诉诉求人。")
    lead = "到期以前申请，由单位负责人或分管领导批准。"
    spans: ClassVar[dict[str, str]] = {"amount": "short"}

    def fit(self) -> None:
        """Say how far the kind lets its limit be moved."""
        kind = self.sight.kind
        longest = kind.extension.longest if kind else Term(1, TermUnit.WORKDAYS)
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
    words = _words("意见", required=False, rows=3, help_text="不批准的要写明为什么。")

    @property
    def leading(self) -> str:
        """Repeat what is asked for, so that nobody decides unseen."""
        asked = self.sight.file.open_extension
        return f"申请延长{self.sight.extensions[-1].label}：{asked.reason}" if asked else self.lead


class ReportProgress(DeedForm):
    """报进度."""

    lead = "写办到哪一步了；不影响时限。"
    words = _words("进展")


class Comment(DeedForm):
    """备注."""

    lead = "给同事看的备注，不影响时限。"
    words = _words("备注")


class Phone(DeedForm):
    """电话问得: one line (U43)."""

    lead = "一句话记下来，算一次进度。"
    words = forms.CharField(label="已电话联系，对方说", max_length=LONG)


class Reply(DeedForm):
    """反馈."""

    lead = "写明办理结果，告诉诉求人；反馈后进入回访。"
    phrases_of = "reply"
    words = _words("办理结果", rows=5)

    @property
    def leading(self) -> str:
        """Remind of those whose requests were merged into this one: they are told by it."""
        numbers = "、".join(one.number for one in self.sight.kin.merged)
        return f"{self.lead}并入的{numbers}，诉求人也要一并告知。" if numbers else self.lead


class CallBack(DeedForm):
    """回访."""

    lead = "由经办人以外的人问。不满意的自动退回重办；没联系上的记一次。"
    phrases_of = "call_back"
    said = _said((*GRADES, Said.UNREACHED), "回访结果")
    words = _words("对方说的", required=False, rows=3)
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
    basis = _words("依据", required=False, rows=2, help_text="解释到位、移交、不属职责、依法终结的必须写。")
    outer_state = forms.CharField(label="外部系统的结论", max_length=120)

    def fit(self) -> None:
        """Offer the ways in which this kind may end, and ask the outer verdict of mirrored cases alone."""
        kinds = self.sight.kind.closing.kinds if self.sight.kind else ()
        offered = [ClosingKind(kind.value) for kind in kinds if kind.value != ClosingKind.HISTORICAL.value]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in offered]
            field.initial = offered[0].value if offered else ""
        if not self.sight.case.is_mirrored:
            del self.fields["outer_state"]


class Reopen(DeedForm):
    """退回重办."""

    lead = "退回给原经办人再办一轮；第一轮的到期日不变。"
    words = _words("哪里没有办好")


class Withdraw(DeedForm):
    """撤回."""

    lead = "诉求人自己要求撤回的，写下他的原话。"
    words = _words("诉求人为什么撤回")


class Void(DeedForm):
    """作废."""

    lead = "登记错的作废，件和理由都留着，看得到。"
    button = "danger"
    reason = _words("为什么作废", rows=3)


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads as one field."""

    widget = ManyFiles

    def clean(self, files: object, initial: object = None) -> list[UploadedFile[bytes]]:
        """Return every upload, each checked; the first complaint stands for all."""
        many = files if isinstance(files, list) and files else [files or None]
        return [super(FilesField, self).clean(one, initial) for one in many]


class Attach(DeedForm):
    """附件."""

    lead = "图片会去掉拍摄位置后保存。本系统为非涉密系统，带密级标志的文件不收。"
    uploads = FilesField(
        label="文件",
        widget=ManyFiles(attrs={"multiple": True}),
        error_messages={"required": "还没有选文件，请选好再提交。"},
    )
    pasted = forms.CharField(
        label="或在这里粘贴截图",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-paste-files": "#id_uploads"}),
    )


def told_at(form: DeedForm) -> datetime | None:
    """Return when the deed is said to have happened, if it was said."""
    moment: datetime | None = form.cleaned_data.get("happened_at")
    return moment
