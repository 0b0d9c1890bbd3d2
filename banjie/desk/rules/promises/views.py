"""服务承诺: what is promised, what the law or the town's own limit is, and by how much it is shorter."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.cases.queries import Promised, promises_of
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.rulebook.in_force import say_ref
from banjie.rulebook.queries import rules_on
from banjie.worktime.terms import say_term


@dataclass(frozen=True)
class Line:
    """One promise as its row shows it."""

    title: str
    promised: str
    limit: str
    limit_article: str
    shortened: str
    article: str


@require_safe
@needs("rulebook.read_rules", scope="what the actor's town promises")
def promises(request: HttpRequest) -> HttpResponseBase:
    """List what the town promises, to be printed for the wall."""
    today = local_day(now())
    found = promises_of(rules_on(at_work(request).town, today))
    return page(request, "desk/rules/promises.html", {"lines": list(_lines(found)), "today": today})


def _lines(found: tuple[Promised, ...]) -> Iterator[Line]:
    for one in found:
        share = "" if one.shortened is None else f"{float(one.shortened * 100):.1f}%"
        yield Line(
            one.title,
            say_term(one.promised),
            say_term(one.limit),
            say_ref(one.limit_article),
            "比时限长，不算数" if one.does_nothing else share,
            say_ref(one.article),
        )
