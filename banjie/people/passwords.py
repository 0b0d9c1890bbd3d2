"""Passwords and PINs: long, not guessable, by default never rotated (NIST SP 800-63B-4; GB/T 22239 8.1.4.1)."""

import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator

from banjie.base.errors import InvalidInput

_FEWEST_KINDS = 3
_FEWEST_CHARACTERS = 5
_OBVIOUS_WORDS = (
    "password", "passw0rd", "admin", "qwerty", "asdf", "zxcv", "1qaz", "welcome", "letmein", "iloveyou", "woaini",
    "mima", "banjie", "abc123", "123456", "888888", "666666", "密码", "办结",
)  # fmt: skip
_RUNS = (
    string.digits * 2,
    string.digits[::-1] * 2,
    string.ascii_lowercase,
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
_RUN_LENGTH = 4


@dataclass(frozen=True)
class PasswordPolicy:
    """What a password must be; the numbers come from the rulebook. The 等保 profile sets kinds and rotation."""

    min_length: int = 15
    max_length: int = 128
    needs_kinds: bool = False
    rotate_after: timedelta | None = None
    town_words: tuple[str, ...] = ()
    """Names of the town and its units, and their pinyin: nobody's secret."""


@dataclass(frozen=True)
class PinPolicy:
    """The PIN of a shared device: its length, and how many wrong ones are borne before a wait and before its end."""

    min_length: int = 4
    max_length: int = 6
    tries: int = 5
    wait: timedelta = timedelta(minutes=15)
    spoilt_after: int = 20


def check_password_text(password: str, *, policy: PasswordPolicy, own_words: Iterable[str] = ()) -> str:
    """Return a password that the policy takes; `own_words` are the person's log-in, name and pinyin.

    Raises InvalidInput that names every complaint.
    """
    complaints = list(_complaints(password, policy=policy, own_words=tuple(own_words)))
    if complaints:
        raise InvalidInput(
            f"密码{'；'.join(complaints)}。请重新设置。", fields={"password": "；".join(complaints)}
        )
    return password


def check_pin_text(pin: str, *, policy: PinPolicy) -> str:
    """Return a PIN of digits that is no run and no repeated digit. Raises InvalidInput."""
    if not (pin.isascii() and pin.isdigit() and policy.min_length <= len(pin) <= policy.max_length):
        message = f"办理码要{policy.min_length}至{policy.max_length}位数字。请重新设置。"
        raise InvalidInput(message, fields={"pin": message})
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS[:2]):
        message = "办理码不能是同一个数字或连号，太容易猜。请换一个。"
        raise InvalidInput(message, fields={"pin": message})
    return pin


def _complaints(password: str, *, policy: PasswordPolicy, own_words: tuple[str, ...]) -> Iterable[str]:
    if len(password) < policy.min_length:
        yield f"至少要{policy.min_length}个字符，现在是{len(password)}个，可以用几个不相干的词连成一句"
    if len(password) > policy.max_length:
        yield f"最多{policy.max_length}个字符"
    if len(set(password)) < _FEWEST_CHARACTERS:
        yield "重复的字符太多"
    if policy.needs_kinds and _kinds(password) < _FEWEST_KINDS:
        yield "要含大写字母、小写字母、数字、符号中的三种"
    if password.lower() in _common() or _is_guessable(password, words=(*own_words, *policy.town_words)):
        yield "太容易猜到：主要由姓名、登录名、单位地名、年份、连号或常见密码组成"


def _is_guessable(password: str, *, words: tuple[str, ...]) -> bool:
    """Tell whether less than half of a password is left once known words, years and runs are taken out."""
    rest = password.lower()
    guessed = {word.lower() for word in (*words, *_OBVIOUS_WORDS) if len(word) > 1}
    for word in sorted(guessed, key=len, reverse=True):
        rest = rest.replace(word, "")
    for run in (*_years(), *_stretches()):
        rest = rest.replace(run, "")
    return len(rest) * 2 < len(password)


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(character) for character in password) for test in tests)


@cache
def _common() -> frozenset[str]:
    """Return the twenty thousand commonest passwords that Django ships."""
    return frozenset(CommonPasswordValidator().passwords)


@cache
def _years() -> tuple[str, ...]:
    return tuple(str(year) for year in range(1940, 2060))


@cache
def _stretches() -> tuple[str, ...]:
    """Return every run of keys or digits of four and more, the longest first."""
    stretches = {
        run[start:end]
        for run in _RUNS
        for start in range(len(run))
        for end in range(start + _RUN_LENGTH, len(run) + 1)
    }
    return tuple(sorted(stretches, key=len, reverse=True))
