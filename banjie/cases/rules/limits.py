"""A term of a regulation as the limit of a clock, with the article that gives it."""

from fractions import Fraction

from banjie.base.errors import RuleMissing
from banjie.rulebook.in_force import Rules, TimeLimit
from banjie.rulebook.setting_keys import SettingKey
from banjie.worktime.terms import Term


def limit_of(rules: Rules, rule_type: str, name: str) -> TimeLimit:
    """Return the parameter `name` of a rule type as a limit that a clock can keep."""
    ruling = rules.rule(rule_type)
    share = rules.setting(SettingKey.AMBER_SHARE)
    if not isinstance(share, Fraction):
        raise RuleMissing("黄灯份额不是份额。请管理员在参数里改成 1/3 或 30% 这样的写法。")
    return TimeLimit(term=ruling.value(name, Term), amber_share=share, article=ruling.ref(name).ref)
