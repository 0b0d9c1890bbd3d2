"""The form of a kind of case over its declaration, and of its time limits where the kind is new."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.rules.inputs import LONGEST_BASIS, TERM_WORDS
from banjie.desk.rules.kinds.rows import (
    FIELD_ROWS,
    PAUSE_ROWS,
    field_initial,
    field_row,
    fields_of,
    pause_row,
    pauses_of,
)
from banjie.people.rights import RIGHTS, Role
from banjie.rulebook.in_force import Rules
from banjie.rulebook.vocabulary import (
    ASKER_WORDS,
    CLOCK_WORDS,
    CLOSING_WORDS,
    CONFIRMER_WORDS,
    ORIGIN_WORDS,
    Clock,
    ClosingKind,
    Origin,
)
from banjie.rulebook.writing import Written


def _who_may(deed: str) -> list[tuple[str, str]]:
    """Return the roles that a deed may be given to."""
    return [(role.value, role.label) for role in Role if deed in RIGHTS[role]]


_PREFIX = re.compile(r"[A-Z]{2,4}")
_OUTSIDE = frozenset({ClosingKind.HISTORICAL})
"""Endings that no kind names: those of imported cases."""
Told = Mapping[str, Any]


def _of(words: Mapping[Any, str], *, without: frozenset[Any] = frozenset()) -> list[tuple[str, str]]:
    return [(one.value, said) for one, said in words.items() if one not in without]


def _many(label: str, choices: Sequence[tuple[str, str]], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class KindForm(DeskForm):
    """What one kind of case is: who asks, who registers, which clocks run, how it ends, what is filled in besides."""

    title = forms.CharField(label="名称", max_length=30, help_text="如 占道经营")
    number_prefix = forms.CharField(label="编号字头", max_length=4, help_text="二到四个大写字母，如 ZD")
    origin = forms.ChoiceField(label="从哪里来", choices=_of(ORIGIN_WORDS))
    outer_system = forms.CharField(
        label="来件系统", max_length=30, required=False, help_text="外部来件才写，如 12345热线"
    )
    asker = forms.ChoiceField(label="谁提出的", choices=_of(ASKER_WORDS))
    raised_by = _many("谁可以登记", _who_may("cases.register_case"))
    clocks = _many("计哪些时限", _of(CLOCK_WORDS))
    confirmed_by = forms.ChoiceField(label="销号听谁的", choices=_of(CONFIRMER_WORDS))
    endings = _many("可以怎样了结", _of(CLOSING_WORDS, without=_OUTSIDE))

    def __init__(self, *args: Any, rules: Rules, items: Told, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(items), **kwargs)
        self.rules, self.items, self.today = rules, items, today
        self.standing: Told = items.get("fields") or {}
        keys = list(self.standing)
        for place in range(FIELD_ROWS):
            self.fields.update(field_row(place, keys[place] if place < len(keys) else ""))
        for place in range(PAUSE_ROWS):
            self.fields.update(pause_row(place))

    def clean_number_prefix(self) -> str:
        """Want a prefix that no other kind has."""
        prefix = str(self.cleaned_data["number_prefix"]).strip()
        if not _PREFIX.fullmatch(prefix):
            raise forms.ValidationError("编号字头请写二到四个大写字母，如 ZD。")
        own = self.items.get("prefix")
        taken = next((kind for kind in self.rules.kinds if kind.number_prefix == prefix != own), None)
        if taken:
            raise forms.ValidationError(f"编号字头 {prefix} 已经是“{taken.title}”的，请换一个。")
        return prefix

    def clean(self) -> dict[str, Any]:
        """Make the tables of the rows; a row that is not whole is told."""
        told = super().clean() or {}
        if told.get("origin") == Origin.MIRRORED and not told.get("outer_system"):
            self.add_error("outer_system", "外部来件请写来件系统的名称。")
        try:
            told["fields"] = fields_of(told, self.standing, today=self.today)
            told["pauses"] = pauses_of(told, list(self.items.get("pause_grounds") or []))
        except ValueError as error:
            self.add_error(None, str(error))
        return told

    @property
    def declared(self) -> dict[str, object]:
        """Return the head of the text as the form has it; what the form does not ask of stays."""
        told = self.cleaned_data
        outer = {"outer_system": told["outer_system"]} if told["origin"] == Origin.MIRRORED else {}
        asked = {
            "title": told["title"],
            "type": "kind",
            **{name: self.items[name] for name in ("from", "until") if name in self.items},
            "prefix": told["number_prefix"],
            "origin": told["origin"],
            **outer,
            "asker": told["asker"],
            "raised_by": told["raised_by"],
            "clocks": told["clocks"],
            "closing": {"confirmed_by": told["confirmed_by"], "kinds": told["endings"]},
            **({"fields": told["fields"]} if told["fields"] else {}),
            **({"pause_grounds": told["pauses"]} if told["pauses"] else {}),
        }
        gone = {"outer_system", "fields", "pause_grounds"}
        rest = {name: value for name, value in self.items.items() if name not in {*asked, *gone}}
        return {**asked, **rest}

    @property
    def rows(self) -> Iterator[list[forms.BoundField]]:
        """Yield the rows of the added fields, as the page shows them."""
        for place in range(FIELD_ROWS):
            yield [self[name] for name in self.fields if name.startswith(f"field_{place}_")]

    @property
    def pauses(self) -> Iterator[list[forms.BoundField]]:
        """Yield the rows of the grounds of a pause."""
        for place in range(PAUSE_ROWS):
            yield [self[name] for name in self.fields if name.startswith(f"pause_{place}_")]


class NewKindForm(KindForm):
    """A new kind: besides its declaration what it is of, how long each step takes, and how it may be extended."""

    about = forms.CharField(
        label="写明什么是这一类件", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    extension_times = forms.IntegerField(label="可以延期几次", min_value=0, max_value=9, initial=1)
    extension_longest = forms.IntegerField(label="一次最多延", min_value=1, max_value=999, initial=5)
    extension_unit = forms.ChoiceField(label="单位", choices=list(TERM_WORDS.items()))
    extension_by = forms.ChoiceField(
        label="延期由谁批准",
        choices=_who_may("cases.decide_extension"),
        initial=Role.UNIT_HEAD.value,
    )
    basis = forms.CharField(
        label="时限和延期的依据", max_length=LONGEST_BASIS, help_text="写法律条款、文件字号，或者镇里开会定的"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for clock, words in CLOCK_WORDS.items():
            usual = self._usual(clock)
            self.fields[f"limit_{clock}"] = forms.IntegerField(
                label=f"{words}时限",
                min_value=1,
                max_value=999,
                required=False,
                help_text=f"空着就是{usual}" if usual else "",
            )
            self.fields[f"limit_{clock}_unit"] = forms.ChoiceField(
                label="单位", choices=list(TERM_WORDS.items())
            )

    def clean(self) -> dict[str, Any]:
        """Want a limit for each clock that runs, unless one for all kinds stands."""
        told = super().clean()
        for clock in told.get("clocks", []):
            if not told.get(f"limit_{clock}") and not self._usual(Clock(clock)):
                words = CLOCK_WORDS[Clock(clock)]
                self.add_error(f"limit_{clock}", f"计{words}时限，请填{words}时限是多久。")
        if any(kind.title == told.get("title") for kind in self.rules.kinds):
            self.add_error("title", f"已经有“{told['title']}”。请打开它起草修改，或者换个名称。")
        return told

    @property
    def limits(self) -> dict[Clock, Written]:
        """Return the limits that are the kind's own, by clock."""
        told = self.cleaned_data
        return {
            clock: Written(f"{told[f'limit_{clock}']} {told[f'limit_{clock}_unit']}", told["basis"])
            for clock in Clock
            if clock in told["clocks"] and told[f"limit_{clock}"]
        }

    @property
    def declared(self) -> dict[str, object]:
        """Return the head of the text, with how a case may be extended."""
        told = self.cleaned_data
        extension = {
            "extension.times": f"{told['extension_times']} times",
            "extension.longest": f"{told['extension_longest']} {told['extension_unit']}",
            "extension.decided_by": f"role:{told['extension_by']}",
        }
        params = {name: Written(raw, told["basis"]).table for name, raw in extension.items()}
        return {**super().declared, "params": params}

    @property
    def timed(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Yield each limit with its unit."""
        for clock in Clock:
            yield self[f"limit_{clock}"], self[f"limit_{clock}_unit"]

    def _usual(self, clock: Clock) -> str:
        """Return the limit that holds for all kinds, in Chinese; "" where there is none."""
        return self.rules.said_limit(f"{clock}.*")


def initial_of(items: Told) -> dict[str, object]:
    """Return what the form holds of a kind as its text has it; for a new one what most kinds have."""
    closing = items.get("closing") or {}
    told: dict[str, object] = {
        "title": items.get("title", ""),
        "number_prefix": items.get("prefix", ""),
        "origin": items.get("origin", Origin.OWN.value),
        "outer_system": items.get("outer_system", ""),
        "asker": items.get("asker", "resident"),
        "raised_by": items.get("raised_by", [Role.WINDOW_CLERK.value, Role.DISPATCHER.value]),
        "clocks": items.get("clocks", [clock.value for clock in Clock]),
        "confirmed_by": closing.get("confirmed_by", "asker"),
        "endings": closing.get("kinds", ["solved", "explained", "handed_over", "outside_duty"]),
    }
    for place, table in enumerate((items.get("fields") or {}).values()):
        told.update(field_initial(place, table))
    for place, ground in enumerate(items.get("pause_grounds") or []):
        told |= {f"pause_{place}_title": ground.get("title"), f"pause_{place}_basis": ground.get("basis")}
    return told
