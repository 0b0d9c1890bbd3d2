"""From the filled form to its deeds, in one transaction: a new resident, 登记, and 受理 or 当场办结 with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from banjie.base.errors import InvalidInput
from banjie.cases.actions import (
    Intake,
    Occasion,
    Word,
    accept_case,
    distinguish_case,
    merge_case,
    register_case,
    settle_case,
)
from banjie.cases.models import Case
from banjie.cases.queries import case_for
from banjie.cases.workflow import State
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.forms import EXTRA
from banjie.ledger.record import key_of_step
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.residents.queries import resident_for

RESIDENT_NAMES = {
    "name": "new_name",
    "phone": "new_phone",
    "id_number": "new_id_number",
    "division_code": "new_place",
}


class Then(StrEnum):
    """What follows 登记 in the same breath."""

    REGISTER = "register"
    ACCEPT = "accept"
    SETTLE = "settle"


def file_case(counter: Counter, occasion: Occasion, *, told: Mapping[str, Any], then: Then) -> Case:
    """Register what the form tells, and accept, settle, merge or distinguish it; all or nothing.

    Raises InvalidInput with the form's own field names, AlreadyRegistered for a new resident whom the town knows.
    """
    more = ("new_name", "merge_into", "not_same")
    is_one_deed = then is Then.REGISTER and not any(told.get(name) for name in more)
    with nullcontext() if is_one_deed else transaction.atomic():
        resident_id = _resident(counter, occasion, told)
        extra = {name.removeprefix(EXTRA): v for name, v in told.items() if name.startswith(EXTRA)}
        with under_names({"division_code": "place"} | {key: f"{EXTRA}{key}" for key in extra}):
            case = register_case(intake_of(counter, told, resident_id=resident_id, extra=extra), occasion)
        if case.state != State.REGISTERED:
            return case
        return _followed(case, replace(occasion.followed(), happened_at=None), told=told, then=then)


def intake_of(
    counter: Counter, told: Mapping[str, Any], *, resident_id: UUID | None, extra: Mapping[str, object]
) -> Intake:
    """Return what was told as the room of cases takes it."""
    division_code, grid_id = counter.division_of(told["place"])
    return Intake(
        kind=told["kind"],
        title=told.get("title", ""),
        text=told.get("text", ""),
        channel=told["channel"],
        category=told.get("category", ""),
        division_code=division_code,
        grid_id=grid_id,
        place_words=told.get("place_words", ""),
        resident_id=resident_id,
        asker_code=told.get("asker_code", ""),
        outer_number=told.get("outer_number", ""),
        sensitivity=told["sensitivity"],
        extra={key: value for key, value in extra.items() if value is not None},
    )


@contextmanager
def under_names(names: Mapping[str, str]) -> Iterator[None]:
    """Let complaints about a room's fields come back under the names that the form gives them."""
    try:
        yield
    except InvalidInput as wrong:
        fields = {names.get(name, name): words for name, words in wrong.fields.items()}
        raise InvalidInput(wrong.message, ground=wrong.ground, fields=fields) from wrong


def _resident(counter: Counter, occasion: Occasion, told: Mapping[str, Any]) -> UUID | None:
    """Return who asks: whoever was picked, someone registered now, or nobody."""
    if told.get("resident_id"):
        return resident_for(occasion.acting, told["resident_id"]).pk
    if not told.get("new_name"):
        return None
    facts = ResidentFacts(
        name=told["new_name"],
        division_code=counter.division_of(told.get("new_place") or told["place"])[0],
        phone=told.get("new_phone", ""),
        id_number=told.get("new_id_number", ""),
    )
    stamp = replace(
        occasion, content=vars(facts), client_key=key_of_step(occasion.client_key, "resident")
    ).stamp()
    with under_names(RESIDENT_NAMES):
        return register_resident(facts, actor=occasion.acting, stamp=stamp).pk


def _followed(case: Case, occasion: Occasion, *, told: Mapping[str, Any], then: Then) -> Case:
    for number in told.get("not_same") or ():
        distinguish_case(case, occasion, other=case_for(occasion.acting, number))
    if told.get("merge_into"):
        return merge_case(case, occasion, into=case_for(occasion.acting, told["merge_into"]))
    if then is Then.ACCEPT:
        return accept_case(case, occasion)
    if then is Then.SETTLE:
        word = Word(
            said=told.get("said", ""), mark=told.get("mark") or "none", witness=told.get("witness", "")
        )
        return settle_case(case, occasion, word=word, result=told.get("result", ""))
    return case
