"""From a posted form to a deed: who acts, the stamp of the deed, and a refusal put back beside the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from banjie.base.clock import now
from banjie.base.errors import BanjieError, InvalidInput, NotFound, RuleMissing
from banjie.cases.occasion import Occasion
from banjie.desk.access import actor_of
from banjie.desk.numbers import pin_policy
from banjie.ledger.record import Stamp
from banjie.people.actions import identify
from banjie.people.queries import StaffActor

Result = TypeVar("Result")

WHO, PIN = "acting_person", "acting_pin"
"""Names of the two fields by which someone proves himself on a shared device."""
NOT_CONTENT = frozenset(
    {"csrfmiddlewaretoken", "client_key", "password", "old_password", "again", "pin", PIN}
)
"""Fields that are no part of what is asked for, so they neither tell a repeat from another request nor are kept."""


@dataclass(frozen=True)
class Attempt(Generic[Result]):
    """What came of a deed: its result with 200, or nothing and the status under which the form comes back."""

    result: Result | None
    status: int

    @property
    def is_done(self) -> bool:
        """Tell whether the deed was done; its result may well be None."""
        return self.status == 200


def at_work(request: HttpRequest) -> StaffActor:
    """Return whose log-in this is, in a view that `needs` guards."""
    actor = actor_of(request)
    if actor is None:
        raise LookupError("at_work belongs into a view that needs a log-in")
    return cast(StaffActor, actor)


def acting_actor(request: HttpRequest, post: Mapping[str, str] | None = None) -> StaffActor:
    """Return who does the deed: the log-in's owner, or on a shared device whoever proves himself by PIN (谁在办).

    `post` defaults to what was posted. Raises InvalidInput for an empty field, NotAllowed for a wrong PIN.
    """
    actor = at_work(request)
    if not actor.is_shared_device:
        return actor
    told = request.POST if post is None else post
    at = now()
    try:
        person = UUID(told.get(WHO, ""))
    except ValueError as error:
        raise InvalidInput(
            "没有选谁在办。请选自己的姓名并输入办理码。", fields={WHO: "没有选姓名"}
        ) from error
    return identify(person, told.get(PIN, ""), device=actor, at=at, policy=pin_policy(actor.town, at=at))


def stamp_of(
    request: HttpRequest,
    by: StaffActor,
    *,
    happened_at: datetime | None = None,
    on_behalf_of: UUID | None = None,
    ground: str = "",
    article: str = "",
) -> Stamp:
    """Return the stamp of a deed asked for by this request: now unless `happened_at` says otherwise.

    The client key makes a repeat harmless; what was posted tells it from another request under the same key.
    """
    at = now()
    return Stamp(
        by=by.id,
        happened_at=happened_at or at,
        recorded_at=at,
        on_behalf_of=on_behalf_of,
        ground=ground,
        article=article,
        client_key=client_key_of(request),
        content=_content(request),
    )


def client_key_of(request: HttpRequest) -> str:
    """Return the key that the form sent, or "" when it is none of ours."""
    try:
        return str(UUID(request.POST.get("client_key", "")))
    except ValueError:
        return ""


def attempt(form: BaseForm, act: Callable[[dict[str, Any]], Result]) -> Attempt[Result]:
    """Run `act` on what a valid form says; what the room refuses comes back as the form's own complaints (U32).

    NotFound and RuleMissing pass through to their page: no field could mend them.
    """
    if not form.is_valid():
        return Attempt(None, 422)
    try:
        return Attempt(act(form.cleaned_data), 200)
    except (NotFound, RuleMissing):
        raise
    except BanjieError as refusal:
        complain(form, refusal)
        return Attempt(None, refusal.status)


def complain(form: BaseForm, refusal: BanjieError) -> None:
    """Put a refusal beside the fields that it names, and on top what no field of the form bears."""
    named = refusal.fields if isinstance(refusal, InvalidInput) else {}
    beside = {field: words for field, words in named.items() if field in form.fields}
    for field, words in beside.items():
        form.add_error(field, words)
    if not beside or len(beside) < len(named):
        form.add_error(None, refusal.message)


def occasion_of(
    request: HttpRequest,
    by: StaffActor,
    *,
    happened_at: datetime | None = None,
    for_whom: StaffActor | None = None,
    ground: str = "",
) -> Occasion:
    """Return the occasion of a deed on a case asked for by this request, with its client key and what was posted."""
    return Occasion(
        by=by,
        at=now(),
        happened_at=happened_at,
        for_whom=for_whom,
        ground=ground,
        client_key=client_key_of(request),
        content=_content(request),
    )


def _content(request: HttpRequest) -> object:
    return [
        request.path,
        sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT),
    ]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: what was posted, were it nothing at all, and None for a mere look."""
    return request.POST if request.method == "POST" else None
