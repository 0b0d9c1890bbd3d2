"""挂账 and 转回: a case that cannot go on for a long while stands aside until a day, and comes back by itself."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from banjie.base.clock import day_span, local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases.actions.checks import check_hands_on, refuse_handler, wanted
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.handling import pause_clocks, resume_clocks
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case, Clock
from banjie.cases.occasion import Occasion, by_system
from banjie.cases.rules.parking import Parking, parking_on
from banjie.cases.workflow import STEPS, State
from banjie.ledger.models import Entry
from banjie.people.rights import Role
from banjie.rulebook.queries import rules_on


def park_case(case: Case, occasion: Occasion, *, until_on: date, condition: str, words: str) -> Case:
    """挂账: stop the clocks until a day, or until what is waited for has come; the case stays open in every base.

    Another than the handler decides, and the asker is told why and until when. Raises InvalidInput for a day that is
    not ahead.
    """

    def act(underway: Underway) -> None:
        refuse_handler(underway, "挂账")
        rule = parking_on(underway.rules)
        _check_rule(underway, rule)
        _check_until(underway, until_on, rule)
        wanted(condition, field="condition", problem="请写明等什么条件，条件到了就提前转回。")
        wanted(words, field="words", problem="请写明为什么现在办不了，这段话要告诉诉求人。")
        pause_clocks(underway)
        underway.article = rule.article
        said = f"挂到{until_on:%Y年%-m月%-d日}，等{condition}。{words}"
        underway.finish(changes={"parked_until_on": until_on}, words=said)

    content = [until_on.isoformat(), condition, words]
    return on_case(case, "park_case", occasion, content=content, act=act)


def return_case(case: Case, occasion: Occasion, *, words: str) -> Case:
    """转回: what was waited for has come; the clocks go on as after a pause."""

    def act(underway: Underway) -> None:
        if not underway.occasion.acting.may("cases.assign_case"):
            check_hands_on(underway)
        wanted(words, field="words", problem="请写明等的条件怎么样了、接着怎么办。")
        _come_back(underway, words)

    return on_case(case, "return_case", occasion, content=words, act=act)


def return_parked(town: str, *, at: datetime) -> int:
    """到期转回: bring back every case of a town whose day has come; return how many came.

    Each in a transaction of its own, as of the day it was parked until, so that a worker that was down loses nobody a
    day and a second run finds nothing left.
    """
    due = Case.objects.filter(town=town, state=State.PARKED, parked_until_on__lte=local_day(at))
    ids: list[UUID] = list(due.order_by("id").values_list("pk", flat=True))
    return sum(_return_due(pk, at=at) for pk in ids)


@transaction.atomic
def _return_due(pk: UUID, *, at: datetime) -> bool:
    waiting = Case.objects.select_for_update(of=("self",), no_key=True)
    case = waiting.filter(pk=pk, state=State.PARKED, parked_until_on__lte=local_day(at)).first()
    if case is None or case.parked_until_on is None:
        return False
    begins, _ = day_span(case.parked_until_on)
    occasion = by_system(case.town, at=at, happened_at=begins)
    clocks = list(Clock.objects.filter(case=case).order_by("started_at", "id"))
    rules = rules_on(case.town, local_day(at))
    _come_back(Underway(STEPS["return_case"], case, occasion, rules, clocks), "挂账到期，自动转回。")
    return True


def _come_back(underway: Underway, words: str) -> None:
    resume_clocks(underway)
    underway.finish(changes={"parked_until_on": None}, words=words)


def _check_rule(underway: Underway, rule: Parking) -> None:
    """Hold the deed against who decides and how often (挂账管理制)."""
    if not rule.decided_by & {role.value for role in underway.occasion.acting.roles}:
        deciders = "、".join(Role(role).label for role in sorted(rule.decided_by))
        raise NotAllowed(f"挂账由{deciders}决定。请报他决定，或由窗口代录。")
    before = Entry.objects.filter(subject_id=underway.case.pk, deed=STEPS["park_case"].entry).count()
    if before >= rule.times:
        raise Conflict(
            f"{underway.case.number}已挂账{before}次，按规定最多{rule.times}次。请接着办，或依规定销号。"
        )


def _check_until(underway: Underway, until_on: date, rule: Parking) -> None:
    today = local_day(underway.occasion.told_at)
    problem = ""
    if until_on <= today:
        problem = "挂账要挂到今天以后的某一天。请重选日期。"
    elif until_on - today > rule.longest:
        problem = (
            f"一次最长挂{rule.longest.days}天，最晚到{today + rule.longest:%Y年%-m月%-d日}。请重选日期。"
        )
    if problem:
        raise InvalidInput(problem, fields={"until_on": problem})
