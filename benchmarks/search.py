"""The search box at sizes of a town: kinds of queries through the whole page, and what the index adds to a deed."""

import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection
from django.test import Client

from banjie.base.clock import now
from banjie.cases.actions import Intake, Occasion, register_case, underway
from banjie.cases.models import Case
from banjie.people.models import Staff
from banjie.people.queries import actor_for
from banjie.residents.models import Resident
from banjie.sample.town import TOWN, XIGOU
from banjie.search.actions import reindex
from benchmarks.report import Line

WRITTEN, LENGTH = 400, 150
"""Requests written anew, of which the stamped ones are copies, and characters of each."""
ASKED, REGISTERED, BLOCK = 120, 240, 20
WANTED, SLOWER = "p99 under 150 ms", 0.15
HALF, PHRASE, SELDOM, APART = "路灯", "路灯不亮", "斛", "灯井盖"
"""A word in half of the requests, a longer one, a character in a few, and a term whose pairs lie apart in many."""
_EVERYDAY = """
村口 东边 西头 河边 桥头 小学 门口 老井 水渠 巷子 夜里 下雨 积水 垃圾 没人 清运 三天 一个多月
反映 几次 答应 来修 至今 未见 老人 孩子 走路 看不见 摔倒 危险 希望 尽快 处理 回复 低保 材料
审核 进度 宅基 地界 邻居 争议 调解 自来水 停水 漏水 水压 太小 噪音 扰民 烧烤 油烟 井盖 松动
台灯 合作 医疗 报销 社保 补缴 道路 坑洼 养殖 臭味 公示 名单
"""


def searching(sizes: Sequence[int]) -> Iterator[Line]:
    """Write requests of many words, and at each size of the town fill the index, ask it, and register with it."""
    from benchmarks.measures import stamped  # here, since measures calls this part

    chance = random.Random(11)
    _write_requests(chance)
    for size in sizes:
        yield from stamped(size)
        yield _filled(size)
        yield from _answers(size, chance)
        yield from _registrations(size, chance)


def text_of(chance: random.Random, serial: int) -> str:
    """Return a request of everyday words: every other one about a lamp, each with numbers of its own."""
    words = chance.choices(_EVERYDAY.split(), k=LENGTH // 3)
    if serial % 2:
        words[3:3] = [PHRASE if serial % 4 == 1 else HALF, f"{serial}号杆"]
    if serial % 100 == 0:
        words.append(SELDOM)
    signs = chance.choices(("", "", "，", "。"), k=len(words))
    return "".join(word + sign for word, sign in zip(words, signs, strict=True))[:LENGTH]


def _write_requests(chance: random.Random) -> None:
    """Register requests whose words are many, at the window and in the words of no sample."""
    at = now()
    window = actor_for(Staff.objects.get(town=TOWN, login="chenjing"), at=at)
    for serial in range(WRITTEN):
        told = Intake(
            kind="resident_request",
            title="",
            text=text_of(chance, serial),
            category="street_lamp",
            division_code=XIGOU if serial % 50 == 0 else TOWN,
        )
        register_case(told, Occasion(by=window, at=at))


def _filled(size: int) -> Line:
    started = time.perf_counter()
    for _ in reindex():
        pass
    took = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_document")  # autovacuum would, a minute later
    return Line(
        f"filling the index, {size:,} cases", f"{took:.0f} s", "", f"{size / took:,.0f} cases/s, {_bytes()}"
    )


def _bytes() -> str:
    """Return how large the index is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('search_document')")
        else:
            cursor.execute("SELECT SUM(LENGTH(block)) FROM search_words_data")
        return f"{cursor.fetchone()[0] / 1e6:,.0f} MB"


def _answers(size: int, chance: random.Random) -> Iterator[Line]:
    """Ask each kind of query by whoever sees the whole town, and words by a grid worker of one village too."""
    for login, kinds in (
        ("chenjing", _kinds(chance)),
        ("tanjun", {"words, by a grid worker": [HALF, "垃圾", "井"]}),
    ):
        client = _browser(login)
        for kind, queries in kinds.items():
            taken = [_ask(client, queries[turn % len(queries)]) for turn in range(ASKED)]
            shown = f"p50 {statistics.median(taken):.0f} ms"
            yield Line(f"search at {size:,}: {kind}", shown, WANTED, f"p99 {_p99(taken):.0f} ms")


def _kinds(chance: random.Random) -> dict[str, list[str]]:
    numbers = list(Case.objects.filter(town=TOWN).order_by("-pk").values_list("number", flat=True)[:50])
    people = list(Resident.objects.filter(town=TOWN).order_by("pk")[:30])
    words = [word[:2] for word in _EVERYDAY.split()]
    return {
        "number": numbers,
        "name": [person.name for person in people],
        "phone": [person.phone for person in people if person.phone],
        "a word of half of the cases": [HALF],
        "two-character words": words,
        "two words": [
            f"{one} {other}" for one, other in zip(words, chance.sample(words, len(words)), strict=True)
        ],
        "three characters and more": [PHRASE, "垃圾没人清运", "自来水", "一个多月"],
        "pairs that lie apart": [APART, "井盖子", "路灯井"],
        "one character": ["灯", "的", "水", "一", SELDOM],
        "digits and letters": ["13", "201", "QZ", "号杆"],
        "a word that nobody wrote": ["鳏寡", "zzz", "奇葩"],
    }


def _registrations(size: int, chance: random.Random) -> Iterator[Line]:
    """Register with and without the index by turns, so that a machine that tires favours neither."""
    client = _browser("chenjing")
    taken: dict[bool, list[float]] = {True: [], False: []}
    worked: dict[bool, float] = {True: 0, False: 0}
    for turn in range(2 * REGISTERED // BLOCK + 2):
        is_indexed = turn % 2 == 0
        started = time.process_time()
        with _index(is_indexed):
            times = [_register(client, text_of(chance, serial)) for serial in range(BLOCK)]
        if turn > 1:  # the first of each warms up
            taken[is_indexed] += times
            worked[is_indexed] += time.process_time() - started
    with_it, without = (sum(taken[way]) / len(taken[way]) for way in (True, False))
    yield Line(
        f"registration with the index over without, {size:,} cases",
        f"{with_it / without:.3f}",
        f"at most {1 + SLOWER}",
        f"{with_it:.1f} ms and {without:.1f} ms a page, {LENGTH} characters; p99 {_p99(taken[True]):.0f} ms; "
        f"of the processor's time in this process {worked[True] / worked[False]:.3f}",
    )


@contextmanager
def _index(is_on: bool) -> Iterator[None]:
    """Leave the index out for a while."""
    put_in = underway.index_many
    underway.index_many = put_in if is_on else lambda kind, pieces: None
    try:
        yield
    finally:
        underway.index_many = put_in


def _browser(login: str) -> Client:
    client = Client()
    staff = Staff.objects.get(town=TOWN, login=login)
    client.force_login(staff, backend="banjie.people.backends.StaffBackend")
    client.get("/search", {"q": "暖机"})
    return client


def _ask(client: Client, words: str) -> float:
    started = time.perf_counter()
    answer = client.get("/search", {"q": words})
    took = (time.perf_counter() - started) * 1000
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"searching for {words} answered {answer.status_code}")
    return took


def _register(client: Client, text: str) -> float:
    told = {
        "kind": "resident_request",
        "text": text,
        "category": "street_lamp",
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "client_key": str(uuid4()),
    }
    started = time.perf_counter()
    answer = client.post("/register", told)
    took = (time.perf_counter() - started) * 1000
    if answer.status_code != 302:
        raise RuntimeError(f"registering answered {answer.status_code}")
    return took


def _p99(taken: Sequence[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]
