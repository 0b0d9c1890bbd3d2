"""上级要表填报办法: how heads of superiors' forms are called, and how many cells of one are matched."""

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.schema import rule_type

ASKED_FORMS = rule_type(
    "asked_forms",
    "上级要表",
    schema=[
        ParameterSpec("cells", "一张表最多认多少空格", (Sort.COUNT,)),
        ParameterSpec("case_units", "都按件数填的单位", (Sort.WORDS,)),
        ParameterSpec("figures.*", "数据指标的别的叫法", (Sort.WORDS,)),
        ParameterSpec("kinds.*", "事项类型的别的叫法", (Sort.WORDS,)),
        ParameterSpec("channels.*", "渠道的别的叫法", (Sort.WORDS,)),
        ParameterSpec("spans.*", "时段的叫法", (Sort.WORDS,)),
        ParameterSpec("changes.*", "同比、环比的叫法", (Sort.WORDS,)),
        ParameterSpec("totals", "全镇合计的叫法", (Sort.WORDS,)),
        ParameterSpec("told.*", "不是数的空格的叫法", (Sort.WORDS,)),
        ParameterSpec("passed_over", "不改变意思的字", (Sort.WORDS,)),
    ],
)
