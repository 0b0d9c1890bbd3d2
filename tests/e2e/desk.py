"""A desk as the person at it uses it: in the office's words, by what stands on the screen."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Eyes
from tests.e2e.people import PASSWORD

ROLES: tuple[Literal["button", "link"], ...] = ("button", "link")
TICKED = "[type=radio], [type=checkbox]"
TYPED = f"input:not({TICKED}), select, textarea"
KEY_CAP = r"(\s*(Ctrl\+Enter|[a-z]( [a-z])?))?"
"""A button may show the key that presses it after its word."""


class Desk:
    """One person's browser; every page that is reached is looked at by axe and for its width."""

    def __init__(self, page: Page, eyes: Eyes, *, has_script: bool = True) -> None:
        self.page, self.eyes, self.has_script = page, eyes, has_script

    # getting about

    def log_in(self, login: str, password: str = PASSWORD) -> None:
        """Log in from the log-in page."""
        self.open("/login")
        self.fill("用户名", login)
        self.fill("密码", password)
        self.press("登录")

    def open(self, path: str) -> None:
        """Open an address of the town."""
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        """Look at what is shown."""
        self.page.wait_for_load_state("load")
        self.eyes.look(self.page, has_script=self.has_script)

    def press(self, word: str, *, within: Locator | None = None) -> None:
        """Press the button or link that bears this word."""
        self.find(word, within=within).click()
        self.look()

    def follow(self, words: str) -> None:
        """Follow the link that begins with these words."""
        self.page.get_by_role("link", name=re.compile(rf"^{re.escape(words)}")).locator(
            "visible=true"
        ).first.click()
        self.look()

    def find(self, word: str, *, within: Locator | None = None) -> Locator:
        """Return the button that bears this word, else the link: in the page itself sooner than in its frame."""
        name = re.compile(rf"^{re.escape(word)}{KEY_CAP}$")
        for place in [within] if within else [self.page.locator("main"), self.page.locator("body")]:
            for role in ROLES:
                found = place.get_by_role(role, name=name).locator("visible=true")
                if found.count():
                    return found.first
        raise AssertionError(f"{self.page.url} has no button or link “{word}”")

    # filling in

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """Return the field of this label, whether it may stay empty or not."""
        name = re.compile(rf"^\s*{re.escape(label)}(（选填）)?\s*$")
        return self.page.get_by_label(name).and_(self.page.locator(TYPED)).locator("visible=true").first

    def choose(self, label: str, option: str) -> None:
        """Choose from a select the option that begins so."""
        found = self.field(label).locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(option)}"))
        self.field(label).select_option(value=found.first.get_attribute("value"))

    def tick(self, words: str) -> None:
        """Tick a box or take a choice whose words begin so."""
        label = self.page.get_by_label(re.compile(rf"^\s*{re.escape(words)}"))
        label.and_(self.page.locator(TICKED)).locator("visible=true").first.check()

    def unfold(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.page.locator("details > summary").filter(has_text=words).locator("visible=true").first.click()

    def pick(self, label: str, typed: str, option: str) -> None:
        """Type into a find box and pick what it offers (U2)."""
        self.fill(label, "")
        self.field(label).press_sequentially(typed)
        self.page.locator(".find-list [role=option]").filter(has_text=option).first.click()

    # the case

    def open_case(self, number: str) -> None:
        """Open a case by its number."""
        self.open(f"/cases/{number}")

    @property
    def number(self) -> str:
        """Return the number of the case that is shown."""
        return self.path.split("/")[2]

    @property
    def stage(self) -> str:
        """Return where the case stands, as its page says."""
        return self.page.locator(".trail .chip").first.inner_text().strip()

    @property
    def why(self) -> str:
        """Return the sentence behind the light in the head (U6)."""
        return self.page.locator(".page-head .why-text").first.text_content() or ""

    @property
    def clocks(self) -> str:
        """Return all that the panel of the clocks tells, folded or not."""
        return (
            self.page.locator(".panel").filter(has=self.page.locator("h2", has_text="时限")).text_content()
            or ""
        )

    def deed(self, word: str) -> None:
        """Open the form of a deed from the row of deeds that this person may do now."""
        self.find(word, within=self.deeds).click()
        expect(self.page.locator("#deed-form h2").filter(has_text=re.compile(rf"^{word}$"))).to_be_visible()
        self.look()

    def do(self, word: str) -> None:
        """Do a deed that asks nothing: one press."""
        self.press(word, within=self.deeds)

    def submit(self) -> None:
        """Send the open form of a deed."""
        self.page.locator("#deed-form button[type=submit].button").first.click()
        self.look()

    @property
    def deeds(self) -> Locator:
        """Return the row of deeds."""
        return self.page.get_by_role("region", name="办理")

    @property
    def offered(self) -> list[str]:
        """Return the words of the deeds that are offered."""
        row = self.deeds.locator(".button-row").first.locator("a, button")
        return [re.sub(rf"{KEY_CAP}$", "", word.strip()) for word in row.all_inner_texts()]

    # what is seen

    @property
    def path(self) -> str:
        """Return the address without the host."""
        return urlsplit(self.page.url).path

    def sees(self, words: str) -> None:
        """Fail unless these words are on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def sees_no(self, words: str) -> None:
        """Fail if these words are on the page."""
        expect(self.page.get_by_text(words).locator("visible=true")).to_have_count(0)

    def text(self, selector: str = "main") -> str:
        """Return the text of a part of the page as it is shown."""
        return self.page.locator(selector).first.inner_text()

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Take a picture."""
        self.page.screenshot(path=path, full_page=whole)
