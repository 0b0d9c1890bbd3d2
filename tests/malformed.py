"""Malformed requests, made from the table of addresses and the names of all forms: nonsense of every kind (T15)."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW")
OFTEN = (8, 14, 1, 1, 1, 1, 1, 1, 1)
"""How often each method comes: what a form or a link sends, far more than what nothing here answers."""
NONSENSE = (
    "", " ", "\0", "a\0b", "0", "-1", "99999999999999999999", "1e309", "NaN", "null", "None", "true", "[]", "{}",
    "'", "\"", "';--", "' OR '1'='1", "<script>alert(1)</script>", "{{ 7*7 }}", "{% debug %}", "%s%n", "%00", "%",
    "../../etc/passwd", "..\\..\\x", "😀" * 40, "\ud7ff", "\u202e反", "\ufeff", "é́́", "𠮷", "﹏", "１２３", "２０２６年",
    "2026-02-30", "0000-00-00", "9999-12-31T23:59:59", "2026-11-22T25:61", "0001-01-01 00:00", "1/0", "x" * 300,
    "字" * 5000, "a\r\nSet-Cookie: x=1", "\t", "-", "--", "+", "@", "=1+1", "10 workdays", "-5 workdays", "grid:", "grid:x",
    "00000000-0000-0000-0000-000000000000", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
)  # fmt: skip
NAMES = [
    "kind",
    "place",
    "place_words",
    "category",
    "category_words",
    "text",
    "title",
    "channel",
    "sensitivity",
    "resident_id",
    "asker",
    "new_name",
    "new_phone",
    "new_id_number",
    "new_place",
    "happened_at",
    "for_whom",
    "ground",
    "client_key",
    "then",
    "seen",
    "reason",
    "destination",
    "said",
    "words",
    "mark",
    "slip_code",
    "witness",
    "result",
    "unit",
    "staff",
    "term",
    "amount",
    "is_granted",
    "basis",
    "outer_state",
    "uploads",
    "file",
    "files",
    "q",
    "username",
    "password",
    "old_password",
    "again",
    "pin",
    "next",
    "acting_person",
    "acting_pin",
    "id",
    "login",
    "name",
    "roles",
    "holder_a",
    "holder_b",
    "division_code",
    "from_at",
    "until_at",
    "day",
    "year",
    "after",
    "order",
    "group",
    "who",
    "light",
    "village",
    "no",
    "draft",
    "key",
    "parts",
    "pasted",
    "rows",
    "tick",
    "ticked",
    "columns",
    "person",
    "x-demand",
    "x-people_count",
    "x-outer_number",
    "x-given_due_at",
    "x-instructed_by",
    "code",
    "aliases",
    "source",
    "notice",
    "page",
    "csrfmiddlewaretoken",
]
BODIES = (
    ("application/json", b"{\"a\":"), ("application/json", b"[" * 2000), ("text/plain", b"\xff\xfe\0\0"),
    ("multipart/form-data", b"no boundary"), ("multipart/form-data; boundary=x", b"--x\r\nContent-Dispos"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"),
    ("multipart/form-data; boundary=" + "y" * 300, b"--y--"), ("application/x-www-form-urlencoded", b"a=%ff%fe&=&&&==%"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"), ("application/x-www-form-urlencoded; charset=none", b"a=1"),
    ("", b"x"), ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
)  # fmt: skip
HEADERS = (
    {}, {}, {"HX-Request": "true"}, {"X-Banjie-Fetch": "1"}, {"Accept": "application/json"}, {"Accept-Language": "\0"},
    {"If-Modified-Since": "yesterday"}, {"Range": "bytes=9-1"}, {"Referer": "::::"}, {"Cookie": "sessionid=\"; x"},
    {"X-Forwarded-For": "' , \0"}, {"Content-Length": "-1"},
)  # fmt: skip
LOGS_OUT = ("logout",)


Real = Mapping[str, Sequence[str]]
"""Values that lead somewhere, by the name of the part of an address or field that takes them."""


@dataclass(frozen=True)
class Malformed:
    """One request as it is sent."""

    method: str
    path: str
    content_type: str
    body: bytes | dict[str, object]
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def addresses() -> list[tuple[str, tuple[str, ...]]]:
    """Return every address of the program as a template with the names of its parts; those that log out are left out."""
    found = [(template, names) for template, names in _walk(get_resolver().url_patterns, "")]
    return sorted({(t, n) for t, n in found if not t.endswith(LOGS_OUT)})


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        else:
            yield here, tuple(one.pattern.converters)


def requests(chance: random.Random, count: int, *, real: Real) -> Iterator[Malformed]:
    """Yield `count` requests: forms as a page sends them with some fields turned to nonsense, and bodies that are none."""
    table = addresses()
    for serial in range(count):
        template, _ = table[serial % len(table)]
        method = chance.choices(METHODS, OFTEN)[0]
        content_type, body = _body(chance, real)
        query = f"{chance.choice(NAMES)}={_quoted(chance.choice(NONSENSE))}" if chance.random() < 0.5 else ""
        path = "/" + _filled(template, chance, real)
        yield Malformed(method, path, content_type, body, query, chance.choice(HEADERS))


def _filled(template: str, chance: random.Random, real: Real) -> str:
    """Return an address with its parts filled: with what is there, or with nonsense of the right or any shape."""
    out, rest = "", template
    while "<" in rest:
        head, _, rest = rest.partition("<")
        part, _, rest = rest.partition(">")
        kind, _, name = part.rpartition(":")
        out += head + _part(kind, name, chance, real)
    return out + rest


def _part(kind: str, name: str, chance: random.Random, real: Real) -> str:
    if name in real and chance.random() < 0.7:
        return chance.choice(real[name])
    if kind == "uuid":
        return chance.choice([str(uuid4()), chance.choice(real["case"])])
    if kind == "int":
        return str(chance.choice([0, 1, 2026, 10**18, 10**30]))
    return _quoted(chance.choice(NONSENSE)) or "x"


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _body(chance: random.Random, real: Real) -> tuple[str, bytes | dict[str, object]]:
    if chance.random() < 0.25:
        return chance.choice(BODIES)
    told: dict[str, object] = {name: chance.choice(values) for name, values in real.items()}
    for name in chance.sample(NAMES, chance.randrange(0, 6)):
        told[name] = chance.choice([*NONSENSE, list(NONSENSE)])
    return "form", told


def broken_answers(clients: Sequence[Client], sent: Iterable[Malformed]) -> list[str]:
    """Send requests by turns and return those that were answered by a failure of ours or by a trace of the program."""
    found = []
    for serial, request in enumerate(sent):
        client = clients[serial % len(clients)]
        answer = _send(client, request)
        body = b"" if answer.streaming else answer.content
        if answer.status_code >= 500 or b"Traceback" in body:
            found.append(f"{answer.status_code} {request}")
    return found


def _send(client: Client, request: Malformed):
    headers = {name: value for name, value in request.headers.items() if name != "Cookie"}
    path = f"{request.path}?{request.query}" if request.query else request.path
    if isinstance(request.body, bytes):
        return client.generic(request.method, path, request.body, request.content_type, headers=headers)
    if request.method == "POST":
        return client.post(path, request.body, headers=headers)
    return client.generic(request.method, path, b"", headers=headers)
