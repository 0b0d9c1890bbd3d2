"""遮掩: how names, phones and ID numbers look to whoever need not see them in full (个人信息保护法 第六条)."""

from banjie.base.declarations import ParameterSpec, Sort
from banjie.fields.masks import ID_WORDS, NAME_WORDS, PHONE_WORDS, IdMask, Masks, NameMask, PhoneMask
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

MASKING = rule_type(
    "masking",
    "遮掩规则",
    schema=(
        ParameterSpec(
            "name",
            "姓名怎样显示",
            (Sort.CHOICE,),
            is_required=True,
            choices={mask.value: words for mask, words in NAME_WORDS.items()},
        ),
        ParameterSpec(
            "phone",
            "电话怎样显示",
            (Sort.CHOICE,),
            is_required=True,
            choices={mask.value: words for mask, words in PHONE_WORDS.items()},
        ),
        ParameterSpec(
            "id_number",
            "证件号怎样显示",
            (Sort.CHOICE,),
            is_required=True,
            choices={mask.value: words for mask, words in ID_WORDS.items()},
        ),
    ),
)


def masks_on(rules: Rules) -> Masks:
    """Return how personal values are covered."""
    ruling = rules.rule(MASKING.name)
    return Masks(
        NameMask(ruling.value("name", str)),
        PhoneMask(ruling.value("phone", str)),
        IdMask(ruling.value("id_number", str)),
    )
