"""Lock-out of log-in: an account from one address, never an address alone, so that an office is spared (T24).

django-axes counts; the numbers are read anew at each failure through a source that the desk hands in once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from axes.models import AccessAttempt, AccessBase
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

LONGEST_LOGIN = 40


@dataclass(frozen=True)
class LockoutPolicy:
    """How many failures in a row are borne, and how long a lock lasts; the numbers come from the rulebook.

    `account_tries` bounds one account from all addresses together: NIST SP 800-63B-4 wants fewer than 100.
    """

    tries: int = 5
    account_tries: int = 50
    wait: timedelta = timedelta(minutes=15)

    @property
    def words(self) -> str:
        """Return what someone locked out is told."""
        minutes = int(self.wait.total_seconds() // 60)
        return f"这个账号在本机连续输错{self.tries}次，请{minutes}分钟后再试，或请系统管理员重设密码。"


@dataclass
class _Source:
    read: Callable[[], LockoutPolicy] = LockoutPolicy


_SOURCE = _Source()


def read_policy_from(source: Callable[[], LockoutPolicy]) -> None:
    """Take the numbers from `source` from now on; the desk calls this once at start with the rulebook's settings."""
    _SOURCE.read = source


def policy() -> LockoutPolicy:
    """Return the numbers in force."""
    return _SOURCE.read()


def is_locked_out(request: HttpRequest) -> bool:
    """Tell whether the last `authenticate` of this request was refused for too many failures."""
    return bool(getattr(request, "axes_locked_out", False))


def failure_limit(request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
    """Return how many failures axes bears."""
    return policy().tries


def cool_off(request: HttpRequest | None = None) -> timedelta:
    """Return how long axes keeps a lock."""
    return policy().wait


def account_of(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """Return the account that is tried, in the one form in which it is stored, so that case gives no new tries."""
    typed = (credentials or {}).get("username") or request.POST.get("username") or ""
    return typed.strip().lower()[:LONGEST_LOGIN]


def counted_together(
    attempt: HttpRequest | AccessBase, credentials: dict[str, str] | None = None
) -> list[str | list[str]]:
    """Return what axes counts failures by: account and address; the account alone once it was tried from everywhere."""
    account = attempt.username if isinstance(attempt, AccessBase) else account_of(attempt, credentials)
    numbers = policy()
    recent = AccessAttempt.objects.filter(username=account, attempt_time__gte=timezone.now() - numbers.wait)
    failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
    together: list[str | list[str]] = [["username", "ip_address"]]
    return [*together, "username"] if failures >= numbers.account_tries else together
