"""Do one deed on many cases: each in a transaction of its own, by its own right; what is refused says why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from banjie.base.errors import BanjieError
from banjie.cases import actions
from banjie.cases.actions import Assignee, Occasion
from banjie.cases.models import Case
from banjie.cases.queries import cases_by_id
from banjie.desk.cases.bulk.choosing import ASSIGN, URGE
from banjie.ledger.record import key_of_step
from banjie.people.queries import StaffActor

OUTCOME = "bulk"
"""Where the session keeps what the last bulk deed did, for its page and its undo."""
Act = Callable[[Case, Occasion, Mapping[str, Any]], Case]
ACTS: Mapping[str, Act] = {
    ASSIGN: lambda case, occasion, told: actions.assign_case(
        case, occasion, to=Assignee(told["unit"], told["staff"]), words=told["words"]
    ),
    URGE: lambda case, occasion, told: actions.urge_case(case, occasion, words=told["words"]),
}


@dataclass(frozen=True)
class Outcome:
    """What a bulk deed did: the cases that were done, and what each refused one says."""

    word: str
    key: str
    done_at: str
    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    is_undone: bool = False

    def undo_until(self, span: timedelta) -> datetime:
        """Return until when it can be undone."""
        return datetime.fromisoformat(self.done_at) + span


def do_on_all(
    word: str, cases: Sequence[Case], by: StaffActor, *, told: Mapping[str, Any], key: str, at: datetime
) -> Outcome:
    """Do the deed on each case; a repeat under the same key does nothing twice."""
    return _outcome(
        word,
        key,
        at,
        [
            (
                case,
                _tried(
                    ACTS[word],
                    case,
                    Occasion(by=by, at=at, client_key=key_of_step(key, f"{case.pk}/do")),
                    told,
                ),
            )
            for case in cases
        ],
    )


def take_back(outcome: Outcome, by: StaffActor, *, at: datetime) -> Outcome:
    """Take back what a bulk 派办 did, as far as nobody has signed for it meanwhile."""
    cases = cases_by_id(by, (UUID(pk) for pk in outcome.done))
    tried = []
    for case in cases:
        occasion = Occasion(by=by, at=at, client_key=key_of_step(outcome.key, f"{case.pk}/undo"))
        tried.append((case, _tried(_recall, case, occasion, {})))
    undone = _outcome(outcome.word, outcome.key, at, tried)
    return Outcome(**{**asdict(undone), "refused": undone.refused, "is_undone": True})


def keep_outcome(request: HttpRequest, outcome: Outcome) -> None:
    """Keep what was done for the page that follows."""
    request.session[OUTCOME] = asdict(outcome)


def kept_outcome(request: HttpRequest) -> Outcome | None:
    """Return what the last bulk deed of this log-in did."""
    kept = request.session.get(OUTCOME)
    if not kept:
        return None
    told = {**kept, "done": tuple(kept["done"]), "refused": tuple((n, w) for n, w in kept["refused"])}
    return Outcome(**told)


def _recall(case: Case, occasion: Occasion, told: Mapping[str, Any]) -> Case:
    return actions.recall_case(case, occasion, words="批量派办撤销")


def _tried(act: Act, case: Case, occasion: Occasion, told: Mapping[str, Any]) -> str:
    """Do the deed and return nothing, or why it was refused."""
    try:
        act(case, occasion, told)
    except BanjieError as refusal:
        return refusal.message
    return ""


def _outcome(word: str, key: str, at: datetime, tried: Iterable[tuple[Case, str]]) -> Outcome:
    told = list(tried)
    return Outcome(
        word=word,
        key=key,
        done_at=at.isoformat(),
        done=tuple(str(case.pk) for case, problem in told if not problem),
        refused=tuple((case.number, problem) for case, problem in told if problem),
    )
