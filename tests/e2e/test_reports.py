"""A paper in the browser: its numbers open, its Word file comes down, the day's sheet is one side of A4 (U16, U18, U44)."""

import pytest

from tests.e2e.test_papers import A4_POINTS, pages_of, registered

pytestmark = pytest.mark.browser
SEPTEMBER = "/reports/paper/monthly_handling?month=2026-09&span=month"


def test_a_paper_is_read_opened_and_taken_away(town, desk):
    number = registered(desk("chen"))
    he = desk("he")
    he.open(SEPTEMBER)
    he.sees("群众诉求和交办事项办理情况的通报")
    he.look()
    assert he.page.locator("[data-verdict]").first.text_content()
    with he.page.expect_download() as coming:
        he.page.get_by_role("link", name="下载 Word").click()
    assert coming.value.suggested_filename.endswith("办理情况的通报.docx")
    he.page.locator("a.paper-number").first.click()
    he.sees(number)


def test_a_paper_is_read_without_script_and_on_a_phone(town, desk):
    he = desk("he", width=360, height=640, script=False)
    he.open(SEPTEMBER)
    he.sees("总体情况")
    he.look()


def test_the_sheet_of_the_day_is_one_side_of_a4(town, desk):
    registered(desk("chen"))
    he = desk("he")
    he.open("/reports")
    he.follow("周海")
    he.sees("今日一张纸")
    assert pages_of(he.page.pdf(prefer_css_page_size=True)) == [A4_POINTS]
