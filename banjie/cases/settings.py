"""Settings of the rulebook in the type that this room counts on."""

from typing import TypeVar

from banjie.base.errors import RuleMissing
from banjie.files.quotas import Quotas
from banjie.rulebook.in_force import Rules
from banjie.rulebook.setting_keys import SettingKey
from banjie.worktime.calendar import OfficeHours

Wanted = TypeVar("Wanted")


def setting(rules: Rules, key: SettingKey, kind: type[Wanted]) -> Wanted:
    """Return a setting that is of `kind`. Raises RuleMissing when a text gives it another form."""
    value = rules.setting(key)
    if not isinstance(value, kind):
        raise RuleMissing(f"参数 {key} 的写法不对（{value}）。请管理员按同名出厂参数的写法改正。")
    return value


def office_hours(rules: Rules) -> OfficeHours:
    """Return when the office works on a workday."""
    morning = setting(rules, SettingKey.OFFICE_MORNING, tuple)
    afternoon = setting(rules, SettingKey.OFFICE_AFTERNOON, tuple)
    return OfficeHours(morning=morning, afternoon=afternoon)


def quotas(rules: Rules) -> Quotas:
    """Return how much may be handed in."""
    return Quotas(
        max_file_bytes=setting(rules, SettingKey.FILE_SIZE, int),
        max_files_per_case=setting(rules, SettingKey.FILES_PER_CASE, int),
        max_day_bytes=setting(rules, SettingKey.BYTES_PER_DAY, int),
        max_pixels=setting(rules, SettingKey.PIXELS, int),
    )
