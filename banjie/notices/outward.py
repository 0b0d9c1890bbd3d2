"""The one way out of the building: post a body to a host that is allowed by name, and to nowhere else (T18).

The name is compared before anything is resolved, so that no spelling of an address gets by; it is resolved once, what
it resolved to is looked at, and the connection goes to that very address. Redirects are refused.
"""

import ipaddress
import json
import re
import socket
import ssl
from collections.abc import Collection, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

SECONDS = 10
MOST_ANSWER = 64 * 1024
_UNCLEAN = re.compile(r"[\x00-\x20\x7f-\x9f\\@]|%0[ad0]", re.IGNORECASE)
_PORTS = {"https": 443, "http": 80}
_REFUSALS = ("errcode", "code", "StatusCode")
"""Where the robots of 企业微信, 钉钉 and 飞书 say that they took a message (0) or did not."""


class NotSent(Exception):
    """A message was not taken; the word says why and holds nothing of the address or the message."""


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, official: str = "", hosts: Collection[str] = ()
) -> None:
    """Post `body`; `official` may be reached over TLS on public addresses, `hosts` ("oa.local:8080") as they are named.

    Raises NotSent.
    """
    target, port = _checked(url, official=official, hosts=hosts)
    name = target.hostname or ""
    address = _resolved(name, port, must_be_public=name == official)
    try:
        status, answer = _exchange(target, port, address, body, headers)
    except (OSError, HTTPException) as error:
        raise NotSent(type(error).__name__) from None
    if not 200 <= status < 300:
        raise NotSent(f"HTTP {status}")
    _check_answer(answer)


def _checked(url: str, *, official: str, hosts: Collection[str]) -> tuple[SplitResult, int]:
    """Return the parts of an address that may be reached, or refuse it."""
    try:
        target = urlsplit(url)
        port = target.port or _PORTS.get(target.scheme, 0)
    except ValueError:
        raise NotSent("地址写法不对") from None
    if _UNCLEAN.search(url) or target.username is not None or not target.hostname or not port:
        raise NotSent("地址写法不对")
    name = target.hostname
    is_official = bool(official) and name == official and target.scheme == "https" and port == _PORTS["https"]
    is_named = f"{name}:{port}" in hosts or (name in hosts and port == _PORTS[target.scheme])
    if not (is_official or is_named):
        raise NotSent("不在允许的地址之内")
    return target, port


def _resolved(name: str, port: int, *, must_be_public: bool) -> str:
    """Return the one address to connect to; every address that the name stands for must be fit."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise NotSent("查不到地址") from None
    for text in found:
        address = ipaddress.ip_address(text.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        is_unfit = mapped.is_link_local or mapped.is_multicast or mapped.is_unspecified
        if is_unfit or (must_be_public and not mapped.is_global):
            raise NotSent("不在允许的地址之内")
    return sorted(found)[0]


def _exchange(
    target: SplitResult, port: int, address: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    """Send one request to `address` under the name of the target, and return status and answer."""
    name = target.hostname or ""
    sock = socket.create_connection((address, port), timeout=SECONDS)
    try:
        if target.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=name)
        kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
        connection = kind(name, port, timeout=SECONDS)
        connection.sock = sock
        path = target.path or "/"
        asked = f"{path}?{target.query}" if target.query else path
        connection.request(
            "POST", asked, body, {**headers, "Content-Type": "application/json; charset=utf-8"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_ANSWER)
    finally:
        sock.close()


def _check_answer(answer: bytes) -> None:
    """Refuse an answer of 200 that says in its body that the message was not taken."""
    try:
        told = json.loads(answer)
    except ValueError:
        return
    refused = [told[name] for name in _REFUSALS if isinstance(told, dict) and told.get(name)]
    if refused and isinstance(refused[0], int):
        raise NotSent(f"对方不收（{refused[0]}）")
