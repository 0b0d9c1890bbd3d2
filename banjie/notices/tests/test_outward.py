"""Nothing but a host that is allowed by name is reached, whatever the address is spelt like (T18)."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from banjie.notices.outward import NotSent, post

OFFICIAL = "qyapi.weixin.qq.com"
TRICKS = [
    "http://127.0.0.1:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/", "http://017700000001:{port}/",
    "http://127.1:{port}/", "http://0:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://localhost:{port}/", "http://LOCALHOST.:{port}/", "http://qyapi.weixin.qq.com:{port}/",
    "http://qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com:{port}/", "https://qyapi.weixin.qq.com@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}\\@qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com.evil.example:{port}/",
    "https://evilqyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com%2eevil.example/", "https://qyapi.weixin.qq.com\r\nHost: x/",
    "https://qyapi.weixin.qq.com/%0d%0aX: y", "https://qyapi.weixin.qq.com/\t", "ftp://qyapi.weixin.qq.com/", "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/", "//127.0.0.1:{port}/", "http://", "", "https://user:pw@qyapi.weixin.qq.com/",
    "http://１２７.0.0.1:{port}/", "http://127。0。0。1:{port}/", "https://qyapi.weixin.qq.com:99999/", "http://[::1/",
]  # fmt: skip


@pytest.fixture
def canary():
    """Listen on this machine, answer as told, and note who came."""
    heard, answers = [], {"/moved": (302, b""), "/refused": (200, b'{"errcode": 93000}')}

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(
                (
                    self.path,
                    self.headers["Idempotency-Key"],
                    self.rfile.read(int(self.headers["Content-Length"])),
                )
            )
            status, answer = answers.get(self.path, (200, b'{"errcode": 0}'))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port, heard
    server.shutdown()
    server.server_close()


def test_no_spelling_of_an_address_reaches_inside(canary):
    port, heard = canary
    for trick in TRICKS:
        with pytest.raises(NotSent):
            post(trick.format(port=port), b"{}", {}, official=OFFICIAL)
    assert heard == []


def test_an_official_name_that_resolves_inside_is_refused(canary, monkeypatch):
    """DNS rebinding: the address is looked at, and the connection goes to the very one that was looked at."""
    _, heard = canary
    for inside in (
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "::ffff:10.0.0.8",
        "fe80::1",
    ):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, at=inside, **__: [(2, 1, 6, "", (at, 443))])
        with pytest.raises(NotSent, match="不在允许"):
            post(f"https://{OFFICIAL}/x", b"{}", {}, official=OFFICIAL)
    assert heard == []


def test_a_host_that_the_operator_named_is_reached_at_its_port_alone(canary):
    port, heard = canary
    named = {f"127.0.0.1:{port}"}
    post(f"http://127.0.0.1:{port}/send?key=1", b'{"a": 1}', {"Idempotency-Key": "k"}, hosts=named)
    assert heard == [("/send?key=1", "k", b'{"a": 1}')]
    with pytest.raises(NotSent):
        post(f"http://127.0.0.1:{port + 1}/send", b"{}", {}, hosts=named)


def test_redirects_and_refusals_in_the_answer_are_failures(canary):
    port, heard = canary
    for path, words in (("moved", "HTTP 302"), ("refused", "93000")):
        with pytest.raises(NotSent, match=words):
            post(f"http://127.0.0.1:{port}/{path}", b"{}", {}, hosts={f"127.0.0.1:{port}"})
    assert [path for path, _, _ in heard] == ["/moved", "/refused"]


def test_a_host_that_does_not_answer_is_said_by_its_kind_alone():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        post(f"http://127.0.0.1:{port}/secret", b"{}", {}, hosts={f"127.0.0.1:{port}"})
