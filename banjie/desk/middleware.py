"""What each request brings along: who is at work, in which town, and how long the session still lives."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from banjie.base.clock import now
from banjie.base.errors import BanjieError
from banjie.cases.towns import masks_of
from banjie.desk.access import FETCH_HEADER, QUIET_HEADER
from banjie.desk.errors import answer_error, answer_words
from banjie.desk.numbers import idle_time_out
from banjie.fields.masks import cover_by
from banjie.ledger.kept import one_look
from banjie.people.actions import touch_last_seen
from banjie.people.models import Staff
from banjie.people.queries import actor_for
from banjie.places.queries import only_town, place_name

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]

RENEW_EVERY = 30
"""Seconds between two renewals of a session: it dies at most so much earlier than the rulebook allows, never later."""
OPEN_TO_FIRST_LOG_IN = frozenset(
    {"account", "logout", "alive", "renew", "login", "help", "chapter", "picture"}
)
"""Names of the pages that someone may still use who has to change his first password."""


class AtWork:
    """Give each request its actor, read anew every time so that a lost right is lost at once (T14).

    Costs the session, the person and his posts; renewal of the session and 最近使用 cost a write a minute at most.
    """

    def __init__(self, get_response: Answer) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Place the person at work and answer."""
        with one_look():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user if isinstance(request.user, Staff) else None
        at = now()
        actor = actor_for(person, at=at) if person else None
        town = actor.town if actor else str(settings.TOWN) or only_town()
        name = place_name(town)
        cover_by(lambda: masks_of(town, at=at))
        vars(request).update(actor=actor, town=town, town_name="" if name == town else name, idle_seconds=0)
        if person and not request.headers.get(QUIET_HEADER):
            renew_session(request, person, at=at)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return answer_words(request, 400, "地址里有不能用的字符。请从页面上的链接重新打开。")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Send whoever still has a first password to the page on which he changes it."""
        match = request.resolver_match
        must = isinstance(request.user, Staff) and request.user.must_change_password
        if (
            not must
            or match is None
            or (match.namespace == "desk" and match.url_name in OPEN_TO_FIRST_LOG_IN)
        ):
            return None
        if request.headers.get(FETCH_HEADER) or request.headers.get("HX-Request"):
            return answer_words(request, 403, "请先修改初始密码，再办别的事。")
        return redirect(reverse("desk:account") + "?first=1")


class Refusals:
    """Turn what a room refuses into a page, a part of a page or JSON, in the words of the room."""

    def __init__(self, get_response: Answer) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the chain does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Render a BanjieError, and a database that does not answer; anything else is a bug for the last resort."""
        if isinstance(error, OperationalError) and _has_no_time(error):
            logger.warning("the database did not answer: %s", type(error.__cause__).__name__)
            return answer_words(request, 503, "数据库这会儿没有空，这一次没有办成。")
        return answer_error(request, error) if isinstance(error, BanjieError) else None


def _has_no_time(error: OperationalError) -> bool:
    """Tell a database that is locked or away from a statement that is wrong, which SQLite calls by the same name."""
    return connection.vendor != "sqlite" or "locked" in str(error)


def renew_session(request: HttpRequest, person: Staff, *, at: datetime, is_new: bool = False) -> None:
    """Let the session live for the idle time-out from now on; written every half minute, not at every request."""
    session = request.session
    seen = 0 if is_new else int(session.get("seen_at", 0))
    moment = int(at.timestamp())
    if moment - seen >= RENEW_EVERY:
        seconds = int(idle_time_out(person.town, at=at).total_seconds())
        session["seen_at"], session["idle_seconds"] = moment, seconds
        session.set_expiry(seconds)
        touch_last_seen(person, at=at)
    vars(request)["idle_seconds"] = max(session["idle_seconds"] - RENEW_EVERY, 1)
