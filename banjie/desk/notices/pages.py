"""Where the desk shows what a notice is about: `case:` and a number, or `page:` and the name of a page."""

from django.urls import NoReverseMatch, reverse


def page_of(about: str) -> str:
    """Return the path of the page, or "" where this installation has none."""
    sort, _, name = about.partition(":")
    try:
        if sort == "case":
            return reverse("cases:page", args=[name])
        return reverse(name) if sort == "page" else ""
    except NoReverseMatch:
        return ""
