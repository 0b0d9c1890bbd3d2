"""The senders that the operator set up: a file beside the database, since its addresses are secrets.

Nothing leaves the building while there is no such file. Forms of a robot's message are those that 企业微信, 钉钉 and
飞书 publish; `json` is for a gateway of the county's or the town's own, `email` for a mail server.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

FILE = "senders.toml"
NAME_LENGTH = 40


class Form(StrEnum):
    """In which form the other side wants a message."""

    JSON = "json"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """Return what the office calls it."""
        return _LABELS[self]


_LABELS = {
    Form.JSON: "自己的网关",
    Form.WECOM: "企业微信群",
    Form.DINGTALK: "钉钉群",
    Form.FEISHU: "飞书群",
    Form.EMAIL: "邮件",
}

OFFICIAL_HOSTS = {
    Form.WECOM: "qyapi.weixin.qq.com",
    Form.DINGTALK: "oapi.dingtalk.com",
    Form.FEISHU: "open.feishu.cn",
}
"""Where each of the three may be reached without the operator saying more (T18)."""


class BadSenders(ValueError):
    """The file cannot be obeyed; the message says in Chinese which line to mend."""


@dataclass(frozen=True)
class Mailbox:
    """A mail server with the account that sends; `to` are the addresses of a group, `people` those of log-ins."""

    host: str
    port: int
    sender: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    is_tls: bool = False
    is_starttls: bool = False
    to: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def server(self) -> str:
        """Return the server as the operator allows it: "mail.local:25"."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Sender:
    """One way out: a chat group, or a gateway that reaches each person by his log-in.

    `units` are the ids as the file names them (keys of units) whose notices a group hears, none meaning all; `kinds`
    the labels of the kinds it carries, none meaning all that the rulebook lets out.
    """

    name: str
    form: Form
    url: str
    is_personal: bool = False
    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    mailbox: Mailbox | None = None

    @property
    def host(self) -> str:
        """Return where it leads, which is all of the address that may be shown."""
        return self.mailbox.host if self.mailbox else urlsplit(self.url).hostname or ""

    def body(self, text: str, *, key: UUID, to: str = "") -> bytes:
        """Return the message in the form of the other side."""
        told: Mapping[str, object]
        if self.form in (Form.JSON, Form.EMAIL):
            told = {"id": str(key), "text": text, **({"to": to} if to else {})}
        elif self.form is Form.FEISHU:
            told = {"msg_type": "text", "content": {"text": text}}
        else:
            told = {"msgtype": "text", "text": {"content": text}}
        return json.dumps(told, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Senders:
    """Every sender, the hosts that the operator lets them reach, and the address under which people open the desk."""

    senders: tuple[Sender, ...] = ()
    hosts: frozenset[str] = frozenset()
    address: str = ""

    def named(self, name: str) -> Sender | None:
        """Return the sender of a name; None when the operator has taken it out."""
        return next((sender for sender in self.senders if sender.name == name), None)


def read_senders(home: Path) -> Senders:
    """Read `senders.toml` of this installation; none at all when there is no such file. Raises BadSenders."""
    path = home / FILE
    if not path.is_file():
        return Senders()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSenders(f"{FILE} 不是能读的 TOML：{error}。请改正后保存，不用重启。") from None
    senders = tuple(_sender(one) for one in _tables(told.get("sender", [])))
    if len({sender.name for sender in senders}) < len(senders):
        raise BadSenders(f"{FILE} 里有两个渠道同名。请各取一个名字。")
    return Senders(senders, frozenset(_words(told, "hosts")), str(told.get("address", "")).rstrip("/"))


def _tables(told: object) -> list[Mapping[str, object]]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise BadSenders(f"{FILE} 的每个渠道要写成一段 [[sender]]。")
    return told


def _sender(told: Mapping[str, object]) -> Sender:
    name, url = str(told.get("name", "")).strip()[:NAME_LENGTH], str(told.get("url", ""))
    try:
        form = Form(str(told.get("form", Form.JSON)))
    except ValueError:
        raise BadSenders(f"{FILE} 里“{name}”的 form 只能是：{'、'.join(Form)}。") from None
    if not name or not (url or form is Form.EMAIL):
        raise BadSenders(f"{FILE} 的每个渠道都要有 name 和 url；邮件要有 name、server 和 from。")
    is_personal = told.get("personal", False) is True
    if is_personal and form not in (Form.JSON, Form.EMAIL):
        raise BadSenders(f"{FILE} 里“{name}”是群机器人，不能按人发送。请去掉 personal。")
    units, kinds = _words(told, "units"), _words(told, "kinds")
    mailbox = _mailbox(name, told, is_personal=is_personal) if form is Form.EMAIL else None
    return Sender(name, form, url, is_personal, frozenset(units), frozenset(kinds), mailbox)


def _mailbox(name: str, told: Mapping[str, object], *, is_personal: bool) -> Mailbox:
    host, _, port = str(told.get("server", "")).rpartition(":")
    people = told.get("people", {})
    if not host or not port.isdigit() or "@" not in str(told.get("from", "")):
        remedy = 'server = "mail.local:25" 和 from = "banjie@mail.local"'
        raise BadSenders(f"{FILE} 里“{name}”是邮件，请写 {remedy}。")
    to = _words(told, "to")
    if not isinstance(people, dict) or not (people if is_personal else to):
        remedy = 'people = { 登录名 = "邮箱" }' if is_personal else 'to = ["dzb@mail.local"]'
        raise BadSenders(f"{FILE} 里“{name}”没有写发给谁。请写 {remedy}。")
    return Mailbox(
        host,
        int(port),
        str(told["from"]),
        user=str(told.get("user", "")),
        password=str(told.get("password", "")),
        is_tls=told.get("tls", False) is True,
        is_starttls=told.get("starttls", False) is True,
        to=tuple(to),
        people={str(login): str(address) for login, address in people.items()},
    )


def _words(told: Mapping[str, object], name: str) -> list[str]:
    words = told.get(name, [])
    if not isinstance(words, list):
        raise BadSenders(f'{FILE} 的 {name} 要写成列表，如 {name} = ["……"]。')
    return [str(word) for word in words]
