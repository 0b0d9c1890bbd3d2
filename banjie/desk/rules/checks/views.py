"""The list of sensitive functions for the yearly self-check."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.rules.citing import href_of
from banjie.rulebook.in_force import Rules, say_ref
from banjie.rulebook.queries import rules_on
from banjie.rulebook.sensitive import sensitive_in


@dataclass(frozen=True)
class Function:
    """One sensitive function as its line shows it."""

    title: str
    said: str
    is_allowed: bool
    article: str
    href: str
    law: str
    says: str


@require_safe
@needs("rulebook.read_rules", scope="what binds the actor's town")
def sensitive(request: HttpRequest) -> HttpResponseBase:
    """List every switch that higher law keeps off, with its article and its state in the town."""
    today = local_day(now())
    functions = list(_functions(rules_on(at_work(request).town, today)))
    faults = sum(not one.is_allowed for one in functions)
    told = {"functions": functions, "faults": faults, "today": today}
    return page(request, "desk/rules/sensitive.html", told)


def _functions(rules: Rules) -> Iterator[Function]:
    for one in sensitive_in(rules):
        ref = one.article.ref if one.article else ""
        yield Function(
            one.title,
            one.said,
            one.is_allowed,
            say_ref(ref),
            href_of(ref) if ref else "",
            one.bound.article,
            one.bound.says,
        )
