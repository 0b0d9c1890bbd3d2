"""E-mail, by Django's own mail backend, to a server that the operator allows by name and port (T18)."""

import json
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection

from banjie.notices.outward import SECONDS, NotSent
from banjie.notices.senders import Mailbox, Sender, Senders


def mail(sender: Sender, body: bytes, *, key: str, senders: Senders) -> None:
    """Send what `body` says to its receivers under the key of the message, by which a repeat is told.

    Raises NotSent.
    """
    box, told = sender.mailbox, json.loads(body)
    if box is None or box.server not in senders.hosts:
        raise NotSent("不在允许的地址之内")
    receivers = _receivers(box, str(told.get("to", "")))
    if not receivers:
        raise NotSent("没有写这个人的邮箱")
    text = str(told["text"])
    message = EmailMessage(
        subject=text.partition("\n")[0],
        body=text,
        from_email=box.sender,
        to=receivers,
        headers={"Message-ID": f"<{key}@banjie>"},
        connection=get_connection(
            host=box.host,
            port=box.port,
            username=box.user,
            password=box.password,
            use_ssl=box.is_tls,
            use_tls=box.is_starttls,
            timeout=SECONDS,
        ),
    )
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:
        raise NotSent(type(error).__name__) from None


def _receivers(box: Mailbox, login: str) -> list[str]:
    if not login:
        return list(box.to)
    return [box.people[login]] if login in box.people else []
