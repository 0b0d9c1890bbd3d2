"""The page of the outward senders, which a file beside the database sets up, and the button that tries one."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from banjie.base.clock import now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.notices.actions import try_sender
from banjie.notices.models import MessageState
from banjie.notices.queries import traffic_of, unsent_messages
from banjie.notices.senders import BadSenders, Sender, Senders, read_senders
from banjie.people.models import Staff

DEED = "notices.try_sender"
SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One sender as its line shows it."""

    sender: Sender
    to_whom: str
    waiting: int
    sent_at: datetime | None


@require_safe
@needs(DEED, scope="this installation's senders, the actor's own town's messages")
def senders(request: HttpRequest) -> HttpResponseBase:
    """Show the senders with what each did last, and the messages that did not go out; never an address or a text."""
    town, problem = at_work(request).town, ""
    try:
        found = read_senders(Path(settings.HOME))
    except BadSenders as bad:
        found, problem = Senders(), str(bad)
    traffic = traffic_of(town)
    lines = [
        Line(one, _whom(one), traffic[one.name].waiting, traffic[one.name].sent_at)
        if one.name in traffic
        else Line(one, _whom(one), 0, None)
        for one in found.senders
    ]
    told = {"lines": lines, "problem": problem, "failures": list(unsent_messages(town)[:SHOWN])}
    return page(request, "desk/notices/senders.html", told)


@require_POST
@needs(DEED, scope="this installation's senders")
def try_out(request: HttpRequest) -> HttpResponseBase:
    """Send one message by a sender: to its group, or to the person who asks."""
    actor = at_work(request)
    try:
        found = read_senders(Path(settings.HOME))
    except BadSenders as bad:
        raise NotFound(str(bad)) from None
    sender = found.named(request.POST.get("sender", ""))
    if sender is None:
        raise NotFound("没有这个外发渠道。请刷新页面重新选。")
    message = try_sender(actor.town, sender, found, to=Staff.objects.get(pk=actor.id), at=now())
    if message.state == MessageState.SENT:
        messages.success(request, f"已经由“{sender.name}”发出，请看收到没有。")
    else:
        messages.error(request, f"“{sender.name}”没有发出：{message.error}。请核对 senders.toml。")
    return redirect("notices:senders")


def _whom(sender: Sender) -> str:
    if sender.is_personal:
        return "按人发"
    return f"{len(sender.units)}个单位的" if sender.units else "全镇的"
