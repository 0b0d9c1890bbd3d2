"""Random lives: whatever deeds people try, in whatever order, the case stays whole."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest

from banjie.base.errors import BanjieError
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Occasion, Word
from banjie.cases.models import NEVER, Case, Clock
from banjie.cases.queries import deeds_for
from banjie.cases.tests.factories import TOWN, open_office, registered
from banjie.cases.vocabulary import Said
from banjie.cases.workflow import OPEN, ClockName
from banjie.ledger.verify import verify

PEOPLE = ("chen", "he", "li", "wang", "wu", "sun", "zhou", "zhao")
STEPS = 60


def attempts(office, dice):
    """Return what each deed needs, drawn by `dice`."""
    said = dice.choice(Said.values)
    to = Assignee(office.livelihood, dice.choice([None, office.people["li"].pk, office.people["wang"].pk]))
    word = Word(said=said, words="说了", mark=dice.choice(["none", "signature", "witness"]), witness="刘婶")
    return {
        "accept_case": {},
        "assign_case": {"to": to},
        "transfer_case": {"to": to, "words": "转"},
        "sign_for_case": {},
        "pause_case": {"ground": "weather", "words": "等"},
        "resume_case": {},
        "object_case": {"reason": "不归我们", "basis": "清单第8条", "should_go_to": "水务站"},
        "park_case": {"until_on": date(2027, 3, 1), "condition": "资金", "words": "等钱"},
        "return_case": {"words": "钱到了"},
        "ask_extension": {"term": "2 workdays", "reason": "难"},
        "decide_extension": {"is_granted": dice.random() < 0.7, "words": "批"},
        "report_progress": {"words": "在办"},
        "reply_case": {"words": "办好了"},
        "rate_case": {"word": word},
        "call_back_case": {"word": word},
        "close_case": {"ending": Ending(kind=dice.choice(["solved", "unreached"]))},
        "reopen_case": {"words": "没办好"},
    }


def check_whole(case):
    """Hold what must be true of any case at any moment."""
    clocks = list(Clock.objects.filter(case=case))
    running = [clock for clock in clocks if clock.is_running]
    assert case.is_open == (case.state in OPEN)
    assert case.responsible_id is not None
    assert case.due_at == min((clock.due_at for clock in running), default=None)
    assert case.due_order == (case.due_at or NEVER)
    assert all((clock.due_at is None) == (not clock.is_running) for clock in clocks)
    assert not running or case.is_open
    first = [clock for clock in clocks if clock.name == ClockName.HANDLE]
    assert case.handle_due_at == (first[0].standing_due_at if first else None)
    assert (case.done_at is not None) <= (case.state in ("replied", "closed", "withdrawn"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_deeds_leaves_a_case_whole(seed):
    office, dice = open_office(), Random(seed)
    case, at, done = registered(office), office.at, set()
    for _ in range(STEPS):
        at += timedelta(hours=dice.choice([0, 1, 5, 20]))
        actor = getattr(office, dice.choice(PEOPLE))
        tries = attempts(office, dice)
        offered = [step.deed for step in deeds_for(actor, case) if step.deed in tries]
        if not offered:
            continue
        deed = dice.choice(offered)
        with suppress(BanjieError):
            getattr(actions, deed)(case, Occasion(by=actor, at=at), **tries[deed])
            done.add(deed)
        case = Case.objects.get(pk=case.pk)
        check_whole(case)
    assert {"accept_case", "assign_case"} <= done
    assert verify(TOWN).findings == []
