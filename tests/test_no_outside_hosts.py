"""Nothing that is served asks another machine for anything: no script, font, icon or map (T23)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

BANJIE = Path(settings.BASE_DIR)
FRONTEND = BANJIE.parent / "frontend" / "src"
NAMESPACES = re.compile(
    r"https?://(www\.w3\.org/(1999/(xlink|xhtml)|2000/(svg|xmlns/?)|1998/Math/MathML)|localhost|127\.0\.0\.1)[^\s\"'`)<>]*"
)
LOADS = re.compile(r"(?:https?:)?//(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->|\{#.*?#\}|(?<![:\"'`])//[^\n]*", re.DOTALL)


def sources() -> list[Path]:
    templates = BANJIE.glob("*/templates/**/*.html")
    styles = [path for folder in ("static", "templates") for path in BANJIE.glob(f"*/{folder}/**/*.css")]
    typed = [
        path for kind in ("ts", "css") for path in FRONTEND.rglob(f"*.{kind}") if ".test." not in path.name
    ]
    return [path for path in [*templates, *styles, *typed] if "build" not in path.parts]


def outside(text: str) -> list[str]:
    return LOADS.findall(NAMESPACES.sub("", COMMENT.sub("", text)))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(BANJIE.parent)))
def test_no_template_style_or_script_names_another_host(path):
    assert outside(path.read_text()) == []


def test_no_built_style_or_page_loads_from_another_host():
    built = BANJIE / "desk" / "static" / "build"
    for path in built.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text()) == [], path
    for path in built.rglob("*.js"):
        loads = re.findall(r"(?:import|fetch|importScripts)\(?\s*[\"'`](?:https?:)?//", path.read_text())
        assert loads == [], path


def test_the_browser_is_told_to_load_from_here_alone():
    allowed = {
        str(source)
        for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values()
        for source in sources
    }
    assert allowed <= {"'self'", "'none'", "data:", "blob:"}


def test_a_host_in_a_template_would_be_found():
    assert outside('<script src="//cdn.example.com/x.js">') == ["//cdn.example.com"]
    assert outside('<svg xmlns="http://www.w3.org/2000/svg">') == []
