"""What the pages of papers answer with: a Word file, a sheet to print, the cases behind a number."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from banjie.base.clock import now
from banjie.base.page import page
from banjie.cases.models import Case
from banjie.cases.queries import cases_by_id, in_rows
from banjie.desk.cases.rows import row_of
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import at_work
from banjie.desk.reports.showing import Part, lines_of
from banjie.reports.paper import Paper
from banjie.reports.word import WORD, write

SHOWN = 200


def word_file(paper: Paper) -> HttpResponse:
    """Answer with the paper as a Word file under its title."""
    answer = HttpResponse(write(paper), content_type=WORD)
    name = f"{paper.title}.docx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def print_sheet(
    request: HttpRequest, paper: Paper, parts: list[Part], *, back: str, word: str
) -> HttpResponse:
    """Answer with the paper as it is printed from the page."""
    told = {"paper": paper, "parts": parts, "lines": list(lines_of(paper)), "back": back, "word": word}
    return page(request, "desk/reports/print.html", told)


def case_list(request: HttpRequest, title: str, cases: QuerySet[Case], *, back: str) -> HttpResponse:
    """Answer with the cases behind a number, as far as the reader may see them; how many he may not is said."""
    actor, watch = at_work(request), watch_of(at_work(request).town, at=now())
    ids = list(cases.values_list("pk", flat=True))
    seen = list(in_rows(cases_by_id(actor, ids)).order_by("due_order", "id")[: SHOWN + 1])
    told = {
        "title": title,
        "rows": [row_of(case, watch) for case in seen[:SHOWN]],
        "count": len(ids),
        "more": len(seen) > SHOWN,
        "hidden": len(ids) - cases_by_id(actor, ids).count(),
        "back": back,
    }
    return page(request, "desk/reports/cases.html", told)
