"""Where the desk shows what a notice is about: `case:` and a number, `record:` with book and id, `page:` and a name."""

from django.urls import NoReverseMatch, reverse


def page_of(about: str) -> str:
    """Return the path of the page, or "" where this installation has none."""
    sort, _, name = about.partition(":")
    try:
        if sort == "case":
            return reverse("cases:page", args=[name])
        if sort == "record":
            return reverse("books:record", args=name.split(":"))
        return reverse(name) if sort == "page" else ""
    except NoReverseMatch:
        return ""
