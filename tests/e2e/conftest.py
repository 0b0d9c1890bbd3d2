"""One town and one browser for these tests; every test ends with the question what its pages did besides."""

import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from playwright.sync_api import Browser, sync_playwright

from banjie.cases.tests.factories import DAY
from tests.e2e.browser import ARGUMENTS, Eyes, Watch, program
from tests.e2e.desk import Desk
from tests.e2e.server import TownServer, open_town

FOUNDING = "from tests.e2e.town import found_town; found_town()"
FAILED = pytest.StashKey[bool]()
PATIENCE_MS = 10_000


@pytest.fixture(scope="package")
def served() -> Iterator[TownServer]:
    """Serve one town to all of these tests."""
    home = Path(tempfile.mkdtemp(prefix="banjie-e2e-"))
    server = open_town(home, founding=FOUNDING, at=DAY)
    yield server
    server.stop()
    rmtree(home, ignore_errors=True)


@pytest.fixture
def town(served: TownServer) -> TownServer:
    """Let each test begin on Monday 28 September 2026 at nine."""
    served.set_clock(DAY)
    return served


@pytest.fixture(scope="session")
def eyes() -> Eyes:
    """Look at every kind of page once a run."""
    return Eyes()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the browser for these tests alone: while it runs, Django's own tests cannot use the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep with each test how it went, so that a failed one leaves pictures."""
    report = yield
    item.stash.setdefault(FAILED, False)
    item.stash[FAILED] = item.stash[FAILED] or report.failed
    return report


@pytest.fixture
def desk(
    town: TownServer, browser: Browser, eyes: Eyes, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Desk]]:
    """Return a function that seats somebody at a desk of his own: a fresh browser profile, logged in."""
    watch, contexts = Watch(town.url.removeprefix("http://")), []

    def seat(login: str = "", *, width: int = 1366, height: int = 768, script: bool = True) -> Desk:
        context = browser.new_context(
            base_url=town.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        contexts.append(context)
        seated = Desk(context.new_page(), eyes, has_script=script)
        if login:
            seated.log_in(login)
        return seated

    yield seat
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            picture = Path(tempfile.gettempdir()) / f"{request.node.name}-{number}.png"
            context.pages[0].screenshot(path=picture, full_page=True)
            print(f"{context.pages[0].url}: {picture}")
        context.close()
    assert watch.strangers == [], "a page asked another host (T23)"
    assert watch.broken == [], town.log()[-4000:]
    assert watch.complaints == []
