"""挂账: a case that was put aside for longer, or oftener, than the rule lets it."""

from collections.abc import Iterator
from datetime import date

from banjie.base.clock import local_day
from banjie.base.local_days import day_span
from banjie.cases.replay.counted import Both, Verdict, deeds_in, deeds_of, each
from banjie.cases.replay.reading import Span
from banjie.cases.rules.parking import parking_on
from banjie.cases.workflow import STEPS
from banjie.ledger.models import Entry
from banjie.ledger.queries import told
from banjie.rulebook.replay import Judged

PARKED = STEPS["park_case"].entry
JUDGED = Judged(
    says="期内每一次挂账，挂得是不是超过一次最长、是不是超过最多几次。",
    unit="次",
    due="期内挂账",
    fault="超出",
    sound="不超",
    ways=("天数从挂账那天算到写明的那一天；提前转回的也按写明的算。", "第几次按这一件挂过的次数数。"),
    has_dues=True,
)


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each parking of these days by its length, and by its number."""
    parked = deeds_in(both, span, PARKED)
    lives = dict(deeds_of({one.subject_id for one in parked}, PARKED))
    untils = _untils(parked)
    rules = each(parking_on, both.sides)
    for one in parked:
        on, until = local_day(one.happened_at), untils.get(one.seq)
        turn = [entry.seq for entry in lives[one.subject_id]].index(one.seq) + 1
        at = one.happened_at
        oftener = turn > rules[0].times, turn > rules[1].times
        yield Verdict("times", one.subject_id, at, oftener, (at, at), at)
        if until is not None:
            days = on + rules[0].longest, on + rules[1].longest
            dues = day_span(days[0], days[0])[0], day_span(days[1], days[1])[0]
            longer = until > days[0], until > days[1]
            yield Verdict("longest", one.subject_id, at, longer, dues, day_span(until, until)[0])


def _untils(parked: list[Entry]) -> dict[int, date]:
    """Return until when each was put aside, as its entry says."""
    found = {}
    for one in told(parked):
        for changes in one.rows.values():
            if days := changes.get("parked_until_on"):
                found[one.entry.seq] = date.fromisoformat(str(days[1]))
    return found
