"""Chromium without a net: where it is, how it starts, and what is watched while a page is open (T23, U30)."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no windows to draw, and needs half the CPU of the others for the same pages."""
ARGUMENTS = [
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOCAL = ("data", "blob", "about", "chrome-error")
REFUSALS = ("Failed to load resource", "Response Status Error Code 4")
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]*\d[\d-]*")
RUN_AXE = """tags => axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(
  found => found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 200)).join(" | ")}`))"""
PHONE = 600
WIDTHS = {"office": (1366, 768), "office at 125 %": (1093, 614), "phone": (360, 640)}


def program() -> str | None:
    """Return the path of a browser on this machine, or None."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@dataclass
class Watch:
    """What happened in a browser besides what was asked of it; all of it must stay empty."""

    host: str
    strangers: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of `context`."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.netloc != self.host and asked.scheme not in LOCAL:
            self.strangers.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.broken.append(f"{response.status} {response.request.method} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        """Keep what a page complains of; a refusal's status is no complaint, it is what was tested."""
        if message.type == "error" and not message.text.startswith(REFUSALS):
            self.complaints.append(message.text)


class Eyes:
    """axe-core on every kind of page once: its address without numbers, on a phone or not, complaining or not."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, bool, bool]] = set()
        self._axe = AXE.read_text(encoding="utf-8")

    def look(self, page: Page, *, has_script: bool = True) -> None:
        """Fail where a page breaks a rule of WCAG 2.2 AA (U30) or is wider than the window (U34).

        axe is a script itself: a page without any is held only to its width; its markup is that of the page with.
        """
        wide, window = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"
        key = (
            NUMBER.sub("#", urlsplit(page.url).path),
            window < PHONE,
            page.locator("#error-summary").count() > 0,
        )
        if key in self._seen or not has_script:
            return
        self._seen.add(key)
        page.evaluate(self._axe)
        found = page.evaluate(RUN_AXE, TAGS)
        assert found == [], f"{page.url}:\n" + "\n".join(found)
