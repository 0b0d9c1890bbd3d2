"""Read what is in force; amending comes later."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.rules.reading import prose_of, shelves, values_of
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import SECTION_WORDS, Section


@require_safe
@needs("rulebook.read_rules", scope="what binds the actor's town")
def texts(request: HttpRequest) -> HttpResponseBase:
    """List the texts in force today."""
    today = local_day(now())
    found = shelves(rules_on(at_work(request).town, today))
    return page(request, "desk/rules/list.html", {"shelves": found, "today": today})


@require_safe
@needs("rulebook.read_rules", scope="what binds the actor's town")
def text(request: HttpRequest, section: str, key: str) -> HttpResponseBase:
    """Show one text in force today: prose, and each value with its basis."""
    edition = None
    if section in SECTION_WORDS:
        rules = rules_on(at_work(request).town, local_day(now()))
        edition = rules.editions.get((Section(section), key))
    if edition is None:
        raise NotFound("没有这一篇，或它现在不生效。请从制度列表里选。")
    context = {
        "edition": edition,
        "shelf": SECTION_WORDS[edition.section],
        "prose": prose_of(edition.text),
        "values": list(values_of(edition.text)),
    }
    return page(request, "desk/rules/text.html", context)
