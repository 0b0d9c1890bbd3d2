"""The visual language: every part is shown, says what it takes, and keeps to the strict content policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from banjie.desk.templatetags.desk import dotted

TEMPLATES = Path(__file__).parent.parent / "templates" / "desk"
PARTS = sorted((TEMPLATES / "parts").glob("*.html"))
FRAME = ("who_acts",)  # asked for by a tag, not by an include


def test_every_part_says_in_its_first_line_what_it_takes():
    assert [part.name for part in PARTS if not part.read_text().startswith("{# ")] == []


def test_every_part_is_shown_on_the_design_page():
    pages = [*(TEMPLATES / "design").glob("*.html"), *TEMPLATES.glob("base*.html"), *PARTS]
    used = " ".join(page.read_text() for page in pages)
    unseen = [part.stem for part in PARTS if f"parts/{part.name}" not in used and part.stem not in FRAME]
    assert unseen == []


def test_no_template_carries_inline_style_or_script():
    inline = re.compile(
        r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE
    )
    assert [page.name for page in TEMPLATES.rglob("*.html") if inline.search(page.read_text())] == []


@pytest.mark.parametrize("state", ["green", "amber", "red", "paused", "done", "none"])
def test_a_light_is_a_shape_a_colour_and_words_at_once(state):
    """U6, U36: any one of the three is enough to tell the state."""
    html = render_to_string("desk/parts/light.html", {"state": state, "words": "剩2个工作日"})
    assert "<svg" in html
    assert f"light-{state}" in html
    assert "剩2个工作日" in html


def test_the_six_lights_have_six_shapes():
    shapes = {
        re.sub(
            r"light-\w+|<span class=\"seen-by-readers\">.*?</span>",
            "",
            render_to_string("desk/parts/light.html", {"state": s}),
        )
        for s in ("green", "amber", "red", "paused", "done", "none")
    }
    assert len(shapes) == 6


def test_the_reason_of_a_date_opens_without_a_script():
    html = render_to_string("desk/parts/light.html", {"state": "red", "words": "超期", "why": "算5个工作日"})
    assert "<details" in html
    assert "算5个工作日</p>" in html


def test_the_dot_in_a_name_never_begins_a_line():
    """U35: each part of the name keeps its dot."""
    assert dotted("帕提古丽·买买提") == '<span class="keep">帕提古丽·</span><span class="keep">买买提</span>'
    assert dotted("<b>") == '<span class="keep">&lt;b&gt;</span>'


def test_a_shut_button_says_why():
    html = render_to_string(
        "desk/parts/button.html", {"label": "申请延期", "shut": "已经延过一次", "href": "/x"}
    )
    assert "disabled" in html
    assert "已经延过一次" in html
    assert "href" not in html
