"""What is measured over HTTP: registrations against the floor, state changes, work list, page of a case."""

import queue
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from banjie.base.clock import now
from banjie.cases.actions import Occasion, report_progress
from banjie.cases.models import Case
from banjie.ledger.queries import entries_of
from banjie.people.models import Staff, Unit
from banjie.people.queries import actor_for
from banjie.sample.town import PASSWORD, TOWN, XIGOU
from benchmarks.clerks import Clerk, Run, crowd
from benchmarks.report import Line
from benchmarks.served import Served
from benchmarks.stencils import PREFIX, Press, stencils_of

CLIENTS, READERS = 8, 4
ENTRIES_OF_A_LONG_CASE = 30
LIST = "/cases?group=handling&unit={unit}"
FLOOR_SHARE, REGISTRATIONS, CHANGES, LIST_PAGES, CASE_PAGES, SLOWED = 1 / 3, 200, 150, 150, 120, 0.77
LIST_QUERIES, CASE_QUERIES = 10, 12
TEXT = "村口往里第三盏路灯不亮，夜里老人走路看不见，请来看一下。"


@dataclass(frozen=True)
class Office:
    """The server that is asked, and for how long each measurement lasts."""

    server: Served
    seconds: float

    def clerks(self, login: str, count: int) -> list[Clerk]:
        """Return so many browsers of one person, each logged in by the form."""
        return [Clerk(self.server.port).log_in(login, PASSWORD) for _ in range(count)]


@contextmanager
def office(seconds: float) -> Iterator[Office]:
    """Start a server for a while, with no connection of this process left open beside it."""
    connections.close_all()
    with Served({"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}) as server:
        yield Office(server, seconds)


def registrations(at: Office) -> list[Line]:
    """Registrations by eight clients, between two runs of the floor (machines tire and recover)."""
    clerks = at.clerks("chenjing", CLIENTS)
    crowd(clerks, _bare, seconds=1)
    crowd(clerks, _register, seconds=1)
    before = crowd(clerks, _bare, seconds=at.seconds)
    registered = crowd(clerks, _register, seconds=at.seconds)
    after = crowd(clerks, _bare, seconds=at.seconds)
    floor = (before.per_second + after.per_second) / 2
    ratio = registered.per_second / floor
    return [
        Line("bare view, two rows, 8 clients", f"{floor:.0f}/s", "the floor", _spread(before)),
        Line(
            "registration, 8 clients",
            f"{registered.per_second:.0f}/s",
            f"{ratio:.2f} of the floor (wanted {FLOOR_SHARE:.2f}; for orientation {REGISTRATIONS}/s)",
            _spread(registered),
        ),
    ]


def state_changes(at: Office) -> list[Line]:
    """受理, 派办, 签收, 报进度 and 反馈 of one case after another, each case in one pair of hands."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for number in _stamp_registered(round(at.seconds * CHANGES)):
        waiting.put(number)
    to = {
        "unit": str(Unit.objects.get(town=TOWN, key="livelihood").pk),
        "staff": str(Staff.objects.get(login="lijianguo").pk),
    }
    connections.close_all()
    windows, handlers = at.clerks("chenjing", CLIENTS), at.clerks("lijianguo", CLIENTS)
    hands = {
        id(window): _Hands(window, handler, waiting, to)
        for window, handler in zip(windows, handlers, strict=True)
    }
    run = crowd(windows, lambda clerk, _: hands[id(clerk)].go_on(), seconds=at.seconds)
    measured = Line(
        "state changes, 8 clients", f"{run.per_second:.0f}/s", f"wanted {CHANGES}/s", _spread(run)
    )
    return [measured]


class _Hands:
    """A window clerk and a handler who take one case after another through its deeds, a deed at a time."""

    def __init__(
        self, window: Clerk, handler: Clerk, waiting: "queue.SimpleQueue[str]", to: dict[str, str]
    ) -> None:
        self.waiting, self.number = waiting, ""
        told = {"words": "已到现场看过，明天来修。"}
        self.deeds: list[tuple[Clerk, str, dict[str, str]]] = [
            (window, "accept", {}),
            (window, "assign", to),
            (handler, "sign-for", {}),
            (handler, "report-progress", told),
            (handler, "reply", told),
        ]
        self.step = 0

    def go_on(self) -> bool:
        """Do the next deed; tell whether it was done."""
        if self.step == 0:
            self.number = self.waiting.get()
        clerk, word, told = self.deeds[self.step]
        self.step = (self.step + 1) % len(self.deeds)
        answer = clerk.post(f"/cases/{self.number}/{word}", {**told, "client_key": str(uuid4())})
        return answer.status == 302


def work_list(at: Office, cases: int) -> tuple[list[Line], float]:
    """Pages of 25 rows by unit and state in the order of due time; the second value is pages per second."""
    unit = Unit.objects.get(town=TOWN, key="livelihood").pk
    path = LIST.format(unit=unit)
    connections.close_all()
    run = crowd(at.clerks("sunli", READERS), _getting(path), seconds=at.seconds)
    line = Line(
        f"work list of 25 rows, {cases:,} cases",
        f"{run.per_second:.0f}/s",
        f"wanted {LIST_PAGES}/s at 100,000",
        _spread(run),
    )
    asked = Line("queries of that page", str(queries_of("sunli", path)), f"at most {LIST_QUERIES}")
    return [line, asked], run.per_second


def case_page(at: Office) -> list[Line]:
    """The page of a case with thirty entries."""
    number = _long_case()
    path = f"/cases/{number}"
    connections.close_all()
    run = crowd(at.clerks("lijianguo", READERS), _getting(path), seconds=at.seconds)
    return [
        Line(
            "page of a case with 30 entries",
            f"{run.per_second:.0f}/s",
            f"wanted {CASE_PAGES}/s",
            _spread(run),
        ),
        Line("queries of that page", str(queries_of("lijianguo", path)), f"at most {CASE_QUERIES}"),
    ]


def queries_of(login: str, path: str) -> int:
    """Return how many queries a page takes, session and log-in included, once the process is warm."""
    client = Client()
    client.force_login(Staff.objects.get(login=login), backend="banjie.people.backends.StaffBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def _bare(clerk: Clerk, serial: int) -> bool:
    return clerk.post("/bench/bare", {"text": TEXT}).status == 302


def _register(clerk: Clerk, serial: int) -> bool:
    told = {
        "kind": "resident_request",
        "text": TEXT,
        "category": "street_lamp",
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "client_key": str(uuid4()),
    }
    return clerk.post("/register", told).status == 302


def _getting(path: str) -> Callable[[Clerk, int], bool]:
    return lambda clerk, serial: clerk.get(path).status == 200


def _spread(run: Run) -> str:
    failed = f", {run.failures} refused" if run.failures else ""
    return f"p50 {run.share(0.5):.0f} ms, p99 {run.share(0.99):.0f} ms{failed}"


def _stamp_registered(count: int) -> list[str]:
    """Stamp cases that wait for 受理 and return their numbers."""
    fresh = Case.objects.filter(town=TOWN, state="registered").values_list("pk", flat=True)
    wanted = [one for one in stencils_of(TOWN, whole_lives=True) if one.ids[0] in set(fresh)]
    Press(TOWN, wanted, chance=random.Random(2)).run(cases=count)
    numbers = Case.objects.filter(town=TOWN, state="registered", number__startswith=PREFIX)
    return list(numbers.order_by("-number").values_list("number", flat=True)[:count])


def _long_case() -> str:
    """Return the number of a case in 李's hands, with thirty entries."""
    li = Staff.objects.get(login="lijianguo")
    case = Case.objects.filter(handler=li, state="handling", number__startswith="QZ2026").order_by("number")[
        0
    ]
    while (so_far := entries_of(case).count()) < ENTRIES_OF_A_LONG_CASE:
        at = now()
        report_progress(case, Occasion(by=actor_for(li, at=at), at=at), words=f"第{so_far}次看过，接着办。")
    return case.number
