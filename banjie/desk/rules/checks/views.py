"""The list of sensitive functions for the yearly self-check, and after an upgrade what the town has otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.rules.citing import href_of
from banjie.desk.rules.differing import Change, changes_in
from banjie.rulebook.diffing import Difference, ProseLine
from banjie.rulebook.in_force import Rules, say_ref
from banjie.rulebook.queries import differing_from_shipped, rules_on
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


@dataclass(frozen=True)
class Other:
    """One text that the town has otherwise than shipped."""

    title: str
    href: str
    own: str
    shipped: str
    is_newer: bool
    changes: Sequence[Change]
    lines: Sequence[ProseLine]


@require_safe
@needs("rulebook.read_rules", scope="what binds the actor's town")
def sensitive(request: HttpRequest) -> HttpResponseBase:
    """List every switch that higher law keeps off, with its article and its state in the town."""
    today = local_day(now())
    functions = list(_functions(rules_on(at_work(request).town, today)))
    faults = sum(not one.is_allowed for one in functions)
    told = {"functions": functions, "faults": faults, "today": today}
    return page(request, "desk/rules/sensitive.html", told)


@require_safe
@needs("rulebook.read_rules", scope="what binds the actor's town")
def upgrade(request: HttpRequest) -> HttpResponseBase:
    """Show the texts of the town or county that are not as shipped, and what is different."""
    found = differing_from_shipped(at_work(request).town, local_day(now()))
    return page(request, "desk/rules/upgrade.html", {"differences": [_other(one) for one in found]})


def _other(one: Difference) -> Other:
    diff = one.diff
    return Other(
        title=one.own.text.title,
        href=reverse("rulebook:text", args=[one.own.section.value, one.own.key]),
        own=f"{one.own.version}，{one.own.from_on}起",
        shipped=f"{one.shipped.version}，{one.shipped.from_on}起",
        is_newer=one.is_shipped_newer,
        changes=changes_in(diff, old=one.shipped.text, new=one.own.text),
        lines=diff.changed_lines,
    )


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
