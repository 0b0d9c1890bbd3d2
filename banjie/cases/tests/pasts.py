"""A past to try drafts on: many cases with their handling clocks as rows, each due when its own term says."""

from datetime import UTC, datetime, timedelta
from random import Random

from banjie.base.ids import new_id
from banjie.cases.actions.standings import renew_standings
from banjie.cases.clocks import WorkingTime
from banjie.cases.models import NEVER, Case, Clock
from banjie.cases.settings import office_hours
from banjie.cases.tests.factories import TOWN, Office, open_office, registered
from banjie.cases.workflow import OPEN, State
from banjie.ledger.tests.remade import made_once
from banjie.rulebook.queries import rules_on
from banjie.worktime.queries import calendar_of
from banjie.worktime.terms import Pause, due_moment, parse_term

BEGAN = datetime(2026, 8, 3, 1, tzinfo=UTC)
ENDINGS = (State.CLOSED, State.CLOSED, State.REPLIED, State.REPLIED, State.HANDLING, State.WITHDRAWN)
OWN_TERMS = {"street_lamp": "5 workdays", "safety_hazard": "1 workday", "": "5 workdays"}


@made_once
def office_with_past() -> Office:
    """Return a town in which some ninety cases were handled from August to November."""
    office, dice = open_office(), Random(7)
    first = registered(office)
    rules = rules_on(TOWN, BEGAN.date())
    work = WorkingTime(calendar_of(TOWN), office_hours(rules))
    rows = [_handled(office, first, number, dice, work) for number in range(90)]
    Case.objects.bulk_create([case for case, _ in rows])
    Clock.objects.bulk_create([clock for _, clock in rows])
    renew_standings(TOWN)
    return office


def _handled(office: Office, first: Case, number: int, dice: Random, work: WorkingTime) -> tuple[Case, Clock]:
    """Return a case with its handling clock, paused and extended and replied to by chance."""
    at = BEGAN + timedelta(hours=dice.randrange(24 * 90), seconds=dice.randrange(3600))
    category = dice.choice(list(OWN_TERMS))
    begun = [at + timedelta(hours=dice.randrange(200)) for _ in range(dice.choice([0, 0, 1, 2]))]
    pauses = [Pause(moment, moment + timedelta(hours=dice.randrange(1, 90))) for moment in begun]
    extensions = ["2 workdays"] if dice.random() < 0.2 else []
    due_at = due_moment(
        parse_term(OWN_TERMS[category]),
        at,
        calendar=work.calendar,
        hours=work.hours,
        pauses=pauses,
        extensions=[parse_term(term) for term in extensions],
    )
    state = dice.choice(ENDINGS)
    ended_at = at + (due_at - at) * dice.choice([0.1, 0.4, 0.7, 0.9, 1.05, 1.5])
    has_reply = state in (State.CLOSED, State.REPLIED)
    case = Case.objects.get(pk=first.pk)
    case.pk, case.number, case.token = new_id(), f"QZ2026-9{number:04}", new_id().hex
    case.category, case.state, case.is_open = category, state, state in OPEN
    case.unit_id = dice.choice([office.livelihood, office.water, None])
    case.happened_at = case.registered_at = case.accepted_at = at
    case.handle_due_at, case.due_order = due_at, NEVER
    case.due_at = case.amber_at = None
    case.done_at = ended_at if has_reply else None
    case.closed_at = ended_at if state == State.CLOSED else None
    case.assigned_at, case.signed_at = (ended_at, None) if state == State.WITHDRAWN else (at, at)
    clock = Clock(
        town=TOWN,
        case=case,
        name="handle",
        term=OWN_TERMS[category],
        article="限时办结制 第三条@出厂1",
        amber_share="2/3",
        started_at=at,
        stopped_at=None if state == State.HANDLING else ended_at,
        pauses=[[pause.paused_at.isoformat(), pause.resumed_at.isoformat()] for pause in pauses],
        extensions=extensions,
        standing_due_at=due_at,
        explanation="",
    )
    return case, clock
