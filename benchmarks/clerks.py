"""Clients over plain HTTP: a clerk with a session and a token, and many of them at work at once."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PATIENCE = 60
REQUESTS_A_LINE = 25
"""A browser lets its line go while its user reads, and opens another: no process keeps all of a small crowd."""
LOG_IN, SESSION, TOKEN, SAID = "/login", "sessionid", "csrftoken", "messages"
"""What was just said is shown by the page that follows a deed, and gone with it: it does not pile up here."""
_TOKEN_FIELD = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class NotAnswered(ConnectionError):
    """The line broke before the answer was whole: what was asked may or may not have been done."""


@dataclass(frozen=True)
class Answer:
    """Status, where it leads, and the page."""

    status: int
    location: str
    body: bytes


@dataclass
class Clerk:
    """One person's browser, reduced to what a server sees of it: cookies, a token, one kept-alive line."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection | None = None
    asked: int = 0

    def log_in(self, login: str, password: str) -> "Clerk":
        """Log in by the form, as a person does."""
        page = self.ask("GET", LOG_IN)
        token = _TOKEN_FIELD.search(page.body)
        told = {
            "username": login,
            "password": password,
            "csrfmiddlewaretoken": token[1].decode() if token else "",
        }
        answer = self.ask("POST", LOG_IN, told)
        if answer.status != 302:
            raise RuntimeError(f"{login} was not let in: {answer.status} {answer.body[:200]!r}")
        return self

    def post(self, path: str, told: dict[str, str]) -> Answer:
        """Post a form with this clerk's token."""
        return self.ask("POST", path, {**told, "csrfmiddlewaretoken": self.cookies.get(TOKEN, "")})

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, told: dict[str, str] | None = None) -> Answer:
        """Send one request. Raises NotAnswered when the line breaks, and opens a new one for the next."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if told is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.asked += 1
        if self.asked % REQUESTS_A_LINE == 0:
            self.hang_up()
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self.line.request(method, path, urlencode(told) if told is not None else None, headers)
            answer = self.line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as broken:
            self.hang_up()
            raise NotAnswered(str(broken)) from broken
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        self.cookies.pop(SAID, None)
        return Answer(answer.status, answer.getheader("Location") or "", body)

    def hang_up(self) -> None:
        """Close the line."""
        if self.line is not None:
            self.line.close()
            self.line = None


@dataclass(frozen=True)
class Run:
    """What a crowd got done in how many seconds, and how long each request took."""

    count: int
    seconds: float
    times: tuple[float, ...]
    failures: int = 0

    @property
    def per_second(self) -> float:
        """Return how many were done in a second."""
        return self.count / self.seconds

    def share(self, part: float) -> float:
        """Return within how many milliseconds this part of the requests was answered."""
        if not self.times:
            return float("nan")
        ranked = sorted(self.times)
        return ranked[min(int(len(ranked) * part), len(ranked) - 1)] * 1000


def crowd(clerks: Sequence[Clerk], deed: Callable[[Clerk, int], bool], *, seconds: float) -> Run:
    """Let every clerk do a deed over and over for so many seconds; `deed` tells whether it was done."""
    times: list[float] = []
    failures: list[int] = []
    begun = threading.Barrier(len(clerks) + 1)
    until = [0.0]

    def work(number: int, clerk: Clerk) -> None:
        begun.wait()
        step = 0
        while (started := time.perf_counter()) < until[0]:
            done = deed(clerk, number + step * len(clerks))
            (times if done else failures).append(time.perf_counter() - started)  # type: ignore[arg-type]
            step += 1

    threads = [threading.Thread(target=work, args=(n, clerk)) for n, clerk in enumerate(clerks)]
    for thread in threads:
        thread.start()
    started = time.perf_counter()
    until[0] = started + seconds
    begun.wait()
    for thread in threads:
        thread.join()
    return Run(len(times), time.perf_counter() - started, tuple(times), len(failures))
