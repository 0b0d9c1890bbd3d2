"""A desk as the person at it uses it: in the office's words, by what stands on the screen."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Eyes
from tests.e2e.people import PASSWORD


class Desk:
    """One person's browser; every page that is reached is looked at by axe and for its width."""

    def __init__(self, page: Page, eyes: Eyes) -> None:
        self.page, self.eyes = page, eyes

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
        self.eyes.look(self.page)

    def press(self, word: str, *, within: Locator | None = None) -> None:
        """Press the button or link that bears this word."""
        self.find(word, within=within).click()
        self.look()

    def find(self, word: str, *, within: Locator | None = None) -> Locator:
        """Return the button or link that bears this word."""
        place = within or self.page.locator("body")
        button, link = (place.get_by_role(role, name=word, exact=True) for role in ("button", "link"))
        return button.or_(link).locator("visible=true").first

    # filling in

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """Return the field of this label; a label that says 选填 is meant as well."""
        return self.page.get_by_label(label, exact=False).locator("visible=true").first

    def choose(self, label: str, option: str) -> None:
        """Choose from a select."""
        self.field(label).select_option(label=option)

    def tick(self, words: str) -> None:
        """Tick a box or take a choice."""
        self.page.get_by_label(words, exact=True).check()

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
