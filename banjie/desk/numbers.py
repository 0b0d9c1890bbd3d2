"""The numbers of the rulebook that the desk itself obeys: log-in, PIN, idle time-out, drafts.

Each falls back to the product's default while no text is loaded, since a town must be able to log in to load one.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings

from banjie.base.clock import local_day, now
from banjie.base.errors import RuleMissing
from banjie.cases.settings import setting
from banjie.fields.names import pinyin_of
from banjie.notices.policy import Policy
from banjie.people.lockout import LockoutPolicy
from banjie.people.passwords import PasswordPolicy, PinPolicy
from banjie.places.queries import place_name
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey

Value = TypeVar("Value", int, timedelta)

_IDLE = timedelta(minutes=30)
_DRAFTS = timedelta(days=30)
_NOTICES = timedelta(days=180)
_SHEET_BYTES = 20_000_000


def idle_time_out(town: str, *, at: datetime) -> timedelta:
    """Return how long a session lives without a request (GB/T 22239 8.1.4.1)."""
    return _setting(town, SettingKey.IDLE_TIME_OUT, at=at, default=_IDLE)


def draft_keep(town: str, *, at: datetime) -> timedelta:
    """Return how long an unsent text is kept (U5)."""
    return _setting(town, SettingKey.DRAFT_KEEP, at=at, default=_DRAFTS)


def notice_policy(town: str, *, at: datetime) -> Policy:
    """Return when messages leave the building, how many a day, and of which kinds; none while no text says so."""
    try:
        rules = rules_on(town, local_day(at))
        hours = setting(rules, SettingKey.NOTICE_HOURS, tuple)
        kinds = setting(rules, SettingKey.NOTICE_KINDS, tuple)
        per_day = setting(rules, SettingKey.NOTICE_PER_DAY, int)
        per_minute = setting(rules, SettingKey.NOTICE_PER_MINUTE, int)
    except RuleMissing:
        return Policy()
    return Policy(hours, per_day, frozenset(kinds), per_minute)


def notice_keep(town: str, *, at: datetime) -> timedelta:
    """Return how long notices are kept."""
    return _setting(town, SettingKey.NOTICE_KEEP, at=at, default=_NOTICES)


def largest_sheet(town: str, *, at: datetime) -> int:
    """Return how many bytes a sheet may have that is handed in."""
    return _setting(town, SettingKey.FILE_SIZE, at=at, default=_SHEET_BYTES)


def password_policy(town: str, *, at: datetime) -> PasswordPolicy:
    """Return what a password must be in this town."""
    name = place_name(town)
    length = _setting(town, SettingKey.PASSWORD_LENGTH, at=at, default=PasswordPolicy.min_length)
    return PasswordPolicy(min_length=length, town_words=(name, pinyin_of(name)))


def pin_policy(town: str, *, at: datetime) -> PinPolicy:
    """Return what a PIN must be and how many wrong ones are borne."""
    standard = PinPolicy()
    digits = _setting(town, SettingKey.PIN_DIGITS, at=at, default=0)
    return PinPolicy(
        min_length=digits or standard.min_length,
        max_length=digits or standard.max_length,
        tries=_setting(town, SettingKey.PIN_TRIES, at=at, default=standard.tries),
        wait=_setting(town, SettingKey.PIN_LOCK_SPAN, at=at, default=standard.wait),
    )


def lockout_policy() -> LockoutPolicy:
    """Return how many failed log-ins are borne and how long a lock lasts (T24); who tries is not known yet."""
    standard, at, town = LockoutPolicy(), now(), str(settings.TOWN)
    return LockoutPolicy(
        tries=_setting(town, SettingKey.LOCK_OUT_TRIES, at=at, default=standard.tries),
        account_tries=standard.account_tries,
        wait=_setting(town, SettingKey.LOCK_OUT_SPAN, at=at, default=standard.wait),
    )


def _setting(town: str, key: SettingKey, *, at: datetime, default: Value) -> Value:
    """Return a setting of the type of `default`; a bare RuleMissing stands where a text says something else."""
    try:
        value = rules_on(town, local_day(at)).setting(key)
    except RuleMissing:
        return default
    if not isinstance(value, type(default)):
        raise RuleMissing(f"参数 {key} 的写法不对。请管理员运行 banjie rulebook check 查明是哪一行。")
    return value
