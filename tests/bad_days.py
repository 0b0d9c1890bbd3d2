"""What a bad day needs: an office with people who may log in, clerks of it, the server it stands on, a witness."""

import os
import random
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client

from banjie.cases.models import Case
from banjie.cases.tests.factories import TOWN, XIGOU, Office, open_office, set_up
from banjie.ledger.actions import record_all
from banjie.ledger.models import Entry
from banjie.ledger.record import Deed
from banjie.ledger.verify import verify
from benchmarks.clerks import SESSION, TOKEN, Clerk, NotAnswered
from benchmarks.served import Served

Asked = TypeVar("Asked")
Got = TypeVar("Got")
CLIENTS = 8
A_TOKEN = "t" * 32


def opened_office() -> Office:
    """Return an office whose people need not change a first password."""
    office = open_office()
    opened = {"must_change_password": False}
    with transaction.atomic():
        deeds = [Deed("staff.password_set", person, changes=opened) for person in office.people.values()]
        record_all(deeds, set_up())
    return office


def at_once(acts: Iterable[Callable[[], Got]]) -> list[Got]:
    """Run acts each in a thread with a connection of its own, all let go together."""
    ready = list(acts)
    gate = threading.Barrier(len(ready))

    def run(act: Callable[[], Got]) -> Got:
        gate.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(ready)) as pool:
        return list(pool.map(run, ready))


def browser(office: Office, login: str) -> Client:
    """Return a logged-in browser that gets an answer, not an exception, whatever happens."""
    client = Client(raise_request_exception=False)
    client.force_login(office.people[login], backend="banjie.people.backends.StaffBackend")
    return client


def request_form(**changes: str) -> dict[str, str]:
    """Return what the register page sends for a request about a street lamp of 西沟村."""
    told = {
        "kind": "resident_request",
        "text": "西沟组的路灯坏了三天，夜里走路看不见",
        "category": "street_lamp",
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "client_key": str(uuid4()),
    }
    return told | changes


def environment() -> dict[str, str]:
    """Return where a server of its own finds this test's database and keys."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite://{told['NAME']}"
    else:
        user = f"{told['USER']}:{told['PASSWORD']}" if told["PASSWORD"] else told["USER"]
        url = f"postgresql://{user}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    return {
        "BANJIE_DATABASE_URL": url,
        "BANJIE_HOME": os.environ["BANJIE_HOME"],
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
    }


@dataclass
class Witness:
    """The record that lies with the clients, outside the server: what was asked, and what was acknowledged."""

    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    refused: list[int] = field(default_factory=list)

    def register(self, clerk: Clerk, told: dict[str, str]) -> None:
        """Register over HTTP and keep the number that the answer names."""
        with self.lock:
            self.asked[told["client_key"]] = told
        answer = clerk.post("/register", told)
        with self.lock:
            if answer.status == 302 and answer.location.startswith("/cases/"):
                self.acknowledged[told["client_key"]] = answer.location.rsplit("/", 1)[1]
            else:
                self.refused.append(answer.status)


def clerks_at(server: Served, office: Office, login: str, *, count: int = CLIENTS) -> list[Clerk]:
    """Return so many clerks over HTTP who are logged in as one person."""
    session = browser(office, login).cookies["sessionid"].value
    return [Clerk(server.port, {SESSION: session, TOKEN: A_TOKEN}) for _ in range(count)]


def kill_under_load(
    server: Served, clerks: list[Clerk], witness: Witness, *, wait: Callable[[Witness, int], None]
) -> None:
    """Let all clerks register until `wait` returns, kill the server under them, start it again."""
    before = len(witness.acknowledged)
    is_over = threading.Event()

    def work(clerk: Clerk) -> None:
        while not is_over.is_set():
            try:
                witness.register(clerk, request_form())
            except NotAnswered:
                return

    threads = [threading.Thread(target=work, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    wait(witness, before)
    server.kill()
    is_over.set()
    for thread in threads:
        thread.join()
    server.start()


def ask_again(clerk: Clerk, witness: Witness) -> None:
    """Send again, under its key, whatever was never answered, as the page does after a broken line."""
    for key, told in list(witness.asked.items()):
        if key not in witness.acknowledged:
            witness.register(clerk, told)


def losses(witness: Witness) -> list[str]:
    """Compare the witness with cases and entries, and these with each other; return what does not agree (T1)."""
    cases = dict(Case.objects.values_list("number", "pk"))
    entered = set(Entry.objects.filter(deed="case.registered").values_list("subject_id", flat=True))
    found = [
        f"{number} was acknowledged and is gone"
        for number in witness.acknowledged.values()
        if number not in cases
    ]
    found += [f"{number} has no entry" for number, pk in cases.items() if pk not in entered]
    found += [f"an entry tells of {pk}, which is gone" for pk in entered - set(cases.values())]
    found += [f"{finding.message} {finding.row} {finding.column}" for finding in verify(TOWN).findings]
    found += [f"a registration was answered {status}" for status in witness.refused]
    return found


def gaps() -> list[str]:
    """Return what is missing or double among the running numbers of registered cases (T8)."""
    numbers = sorted(
        int(number.rsplit("-", 1)[1]) for number in Case.objects.values_list("number", flat=True)
    )
    return [f"{number}" for number in set(range(1, len(numbers) + 1)) ^ set(numbers)]


def after_some(count: int) -> Callable[[Witness, int], None]:
    """Return a wait that ends once so many more were acknowledged."""

    def wait(witness: Witness, before: int) -> None:
        tick = threading.Event()
        while len(witness.acknowledged) < before + count:
            tick.wait(0.005)

    return wait


def at_random(chance: random.Random, low: float, high: float) -> Callable[[Witness, int], None]:
    """Return a wait of a random time under load, counted from the first acknowledgement."""

    def wait(witness: Witness, before: int) -> None:
        after_some(1)(witness, before)
        threading.Event().wait(chance.uniform(low, high))

    return wait


def real_values(office: Office, numbers: Iterable[str]) -> dict[str, list[str]]:
    """Return what forms and addresses of this office hold when nothing is wrong with them (T15)."""
    cases = list(Case.objects.filter(number__in=list(numbers)).order_by("number"))
    return {name: [value] for name, value in request_form(client_key="").items()} | {
        "number": [case.number for case in cases],
        "case": [str(case.pk) for case in cases],
        "unit": [str(office.livelihood), str(office.water)],
        "staff": [str(person.pk) for person in office.people.values()],
        "words": ["已到现场看过"],
        "reason": ["配件要从县里调"],
        "destination": ["县供电公司"],
        "said": ["satisfied", "dissatisfied", "unreached"],
        "mark": ["none", "signature", "slip_code"],
        "kind": ["resident_request", "solved", "explained", "hotline_order"],
        "ground": ["other_body", "电话"],
        "amount": ["3"],
        "is_granted": ["on", ""],
    }
