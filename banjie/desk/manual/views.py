"""The manual's table of contents, chapters and pictures."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.page import page
from banjie.desk.access import actor_of, public
from banjie.desk.manual.chapters import chapters, find_chapter, find_picture

OPEN = "the manual tells nothing of the town, and log-in itself may need help"


@require_safe
@public(OPEN)
def contents(request: HttpRequest) -> HttpResponseBase:
    """Show the table of contents."""
    return page(request, "desk/manual/contents.html", {"chapters": chapters(), "frame": _frame(request)})


@require_safe
@public(OPEN)
def chapter(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a chapter beside the table of contents."""
    found = find_chapter(key)
    context = {"chapter": found, "chapters": chapters(), "frame": _frame(request)}
    return page(request, "desk/manual/chapter.html", context)


@require_safe
@public(OPEN)
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture of the manual."""
    return FileResponse(find_picture(name).open("rb"))


def _frame(request: HttpRequest) -> str:
    return "desk/base.html" if actor_of(request) else "desk/base_plain.html"
