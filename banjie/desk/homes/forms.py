"""Forms about houses and households: what a house is, who moves in or out, who joins or leaves a household."""

from typing import Any

from django import forms

from banjie.desk.forms import DeskForm
from banjie.desk.intake.counter import Counter
from banjie.desk.office.choices import Choices, ChoosingForm
from banjie.places.codes import VILLAGE_DIGITS
from banjie.residents.home_words import RELATIONS, SOURCES, TENURES, USES, LinkSource

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
USE_CHOICES = [("", "未定"), *((key.value, title) for key, title in USES.items())]
PLACE = "place"


def house_places(counter: Counter) -> Choices:
    """Return the villages in reach with their grids below; a house lies in a village, never in the town at large."""
    return [(code, name) for code, name in counter.places if ":" in code or len(code) == VILLAGE_DIGITS]


class HouseForm(ChoosingForm):
    """登记、更正房屋: where it is and what it is used for."""

    use_required_attribute = False

    place = forms.ChoiceField(label="所在村（社区）、网格")
    address = forms.CharField(label="门牌", max_length=120, help_text="写到一处房屋为止，如：三组12号。")
    use = forms.ChoiceField(label="用途", required=False, choices=USE_CHOICES)


class HouseCorrectForm(HouseForm):
    """更正房屋: and why."""

    why = forms.CharField(label="为什么更正", max_length=200)


class LivingForm(DeskForm):
    """How someone lives in a house: by what right, since when, and how that is known."""

    use_required_attribute = False

    tenure = forms.ChoiceField(
        label="居住方式",
        required=False,
        choices=[("", "未定"), *((key.value, title) for key, title in TENURES.items())],
    )
    source = forms.ChoiceField(
        label="怎么知道的",
        choices=[(key.value, title) for key, title in SOURCES.items() if key is not LinkSource.SHEET],
    )
    from_on = forms.DateField(label="从哪一天起住", required=False, widget=DAY, help_text="空着就记今天。")
    words = forms.CharField(label="备注", required=False, max_length=200)


class HomeForm(LivingForm):
    """登记住处: the address of the house; one that is not registered yet is registered with it."""

    place = forms.ChoiceField(label="房屋所在村（社区）、网格")
    address = forms.CharField(
        label="门牌", max_length=120, help_text="登记过的门牌直接关联；没有登记过的，同时登记这处房屋。"
    )
    use = forms.ChoiceField(label="房屋用途（新登记时）", required=False, choices=USE_CHOICES)

    field_order = ("place", "address", "use", "tenure", "source", "from_on", "words")

    def __init__(self, *args: Any, places: Choices, **more: Any) -> None:
        """Offer the places in reach."""
        super().__init__(*args, **more)
        field = self.fields[PLACE]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
        field.choices = [("", "请选择"), *places]


class DwellerForm(LivingForm):
    """登记住户: who lives in this house."""

    person = forms.CharField(required=False, max_length=80)
    person_id = forms.UUIDField(required=False)


class EndForm(DeskForm):
    """搬出、离户: since which day, and why."""

    use_required_attribute = False

    on = forms.DateField(label="从哪一天起", widget=DAY)
    words = forms.CharField(label="去向或原因", required=False, max_length=200)


class JoinForm(DeskForm):
    """入户: with whom, and how he is related to the head; whoever begins a household of his own is its head."""

    use_required_attribute = False

    person = forms.CharField(required=False, max_length=80)
    person_id = forms.UUIDField(required=False)
    relation = forms.ChoiceField(
        label="与户主关系", choices=[(key.value, title) for key, title in RELATIONS.items()]
    )
    code = forms.CharField(
        label="户编号", required=False, max_length=60, help_text="自己立户时填，没有可以空着。"
    )
    from_on = forms.DateField(label="从哪一天起", required=False, widget=DAY, help_text="空着就记今天。")
