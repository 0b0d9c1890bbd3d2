"""The form of one matter: its title, who is responsible, what the township owes, on what ground, how people say it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.rules.inputs import LONGEST_BASIS
from banjie.rulebook.category_rows import Matter
from banjie.rulebook.vocabulary import DUTY_WORDS, Duty

_PARTED = re.compile(r"[\s、，,;；]+")
_HELP = {
    Duty.MUST_DO: "基本：本镇应当办的",
    Duty.ASSIST: "配合：上级部门负责，本镇协助",
    Duty.TAKEN_BACK: "收回：上级部门已收回，本镇只登记、告知和移交",
}


class MatterForm(DeskForm):
    """One matter; what is left empty is as the level above has it."""

    title = forms.CharField(label="名称", max_length=30, help_text="如 占道摆摊")
    unit = forms.ChoiceField(label="责任单位", required=False)
    duty = forms.ChoiceField(label="职责", required=False)
    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        required=False,
        help_text="写法律条款、履职事项清单或者文件字号；空着就随上一级",
    )
    words = forms.CharField(
        label="常用说法",
        max_length=200,
        required=False,
        help_text="群众怎么说这件事，用顿号隔开，如 摆摊、占路",
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        above: str,
        matter: Matter | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_initial(matter) if matter else None, **kwargs)
        nothing = [("", f"（随上一级：{above}）" if above else "（随上一级）")]
        standing = [(matter.unit, matter.unit)] if matter and matter.unit not in {"", *dict(units)} else []
        choices = {
            "unit": [*nothing, *units, *standing],
            "duty": [
                nothing[0] if not above else ("", "（随上一级）"),
                *((one.value, _HELP[one]) for one in DUTY_WORDS),
            ],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
            field.choices = offered
        if matter is not None:
            self.fields["is_closed"] = forms.BooleanField(
                label="停用",
                required=False,
                help_text="停用以后登记时不能再选，它下面的各级也一样；已经归在这里的件照常显示、照常统计",
            )

    @property
    def matter(self) -> Matter:
        """Return what was typed as the row of a table."""
        told = self.cleaned_data
        return Matter(
            title=str(told["title"]).strip(),
            unit=told["unit"],
            duty=Duty(told["duty"]) if told["duty"] else None,
            basis=str(told["basis"]).strip(),
            words=tuple(one for one in _PARTED.split(told["words"]) if one),
            is_closed=bool(told.get("is_closed")),
        )


def _initial(matter: Matter) -> dict[str, object]:
    return {
        "title": matter.title,
        "unit": matter.unit,
        "duty": matter.duty.value if matter.duty else "",
        "basis": matter.basis,
        "words": "、".join(matter.words),
        "is_closed": matter.is_closed,
    }
