"""Every page that the table of addresses knows: no breach of WCAG 2.2 AA, no sideways scroll, a heading (U30, U34)."""

import pytest

from tests.e2e.browser import WIDTHS
from tests.e2e.routes import SITTING, Route, routes

pytestmark = pytest.mark.browser


def is_page(route: Route, desk) -> bool:
    """Tell whether an address answers GET with a whole page, and not with a part, a file or a refusal."""
    answer = desk.page.context.request.get(route.path)
    is_html = "html" in answer.headers.get("content-type", "")
    return answer.status == 200 and is_html and "<main" in answer.text()


@pytest.mark.parametrize("login", ["", *SITTING])
def test_every_page_can_be_read_by_everybody_at_every_width(desk, login):
    someone = desk(login)
    for route in routes():
        if route.login != login or not is_page(route, someone):
            continue
        someone.open(route.path)
        assert someone.page.locator("h1").count() == 1, f"{route.path} has no single heading"
        for width, height in WIDTHS.values():
            someone.page.set_viewport_size({"width": width, "height": height})
            someone.look()
