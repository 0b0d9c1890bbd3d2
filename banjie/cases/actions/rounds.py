"""Rounds: how a case goes back, who takes it after repeated dissatisfaction, and the hearing before the last reply."""

from collections.abc import Iterator
from uuid import UUID

from banjie.base.errors import Conflict
from banjie.cases.actions.checks import refuse_handler, wanted
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.underway import Underway
from banjie.cases.models import Case, Voice
from banjie.cases.occasion import Occasion
from banjie.cases.rules.closing import rounds_on
from banjie.cases.rules.correction import contact_day, fix_limit
from banjie.cases.rules.posts import fallback_on
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import ClockName
from banjie.people.queries import roster_of
from banjie.people.rights import Role


def hear_case(case: Case, occasion: Occasion, *, words: str) -> Case:
    """听证: hear the asker and all sides before the last reply; by another than the handler (S-035, S-071).

    Raises Conflict where the asker was not dissatisfied as often as the closing rule says, or was heard already.
    """

    def act(underway: Underway) -> None:
        refuse_handler(underway, "主持听证")
        if not owes_hearing(underway):
            raise Conflict(f"{underway.case.number}现在不用听证。不满意的次数没到，或者已经听证过。")
        wanted(words, field="words", problem="请写明谁到场、各方怎么说、听证的结论。")
        underway.finish(changes={"hearing_at": underway.occasion.told_at}, words=words)

    return on_case(case, "hear_case", occasion, content=words, act=act)


def owes_hearing(underway: Underway) -> bool:
    """Tell whether the next reply must wait for a hearing."""
    case, least = underway.case, rounds_on(underway.rules).hearing_after
    return case.hearing_at is None and case.round > least and times_discontent(case) >= least


def refuse_unheard(underway: Underway) -> None:
    """Refuse a reply while a hearing is owed."""
    if owes_hearing(underway):
        least = rounds_on(underway.rules).hearing_after
        raise Conflict(
            f"{underway.case.number}已有{least}次不满意，要先听证再反馈。请联系党政办或包案领导安排。"
        )


def send_back(underway: Underway, words: str, *, is_bad_word: bool = False) -> None:
    """Begin the next round with whoever handled the last; the due time of the first round stays what it was.

    A satisfied word of an earlier round says nothing of the next reply; a dissatisfied one stays until it is answered.
    After a dissatisfied one the rule of correction sets the light's term and the day by which the asker is phoned.
    """
    case = underway.case
    next_round = case.round + 1
    underway.start(
        ClockName.REOPEN, turn=next_round, instead=fix_limit(underway.rules) if is_bad_word else None
    )
    gone_back: dict[str, object] = {
        "round": next_round,
        "done_at": None,
        "closed_at": None,
        "closing_kind": "",
        "closing_basis": "",
        "said": case.said if case.said in DISCONTENT else "",
        "handler_id": case.handler_id or case.responsible_id,
        "recheck_on": None,
    }
    if is_bad_word:
        gone_back |= _led(underway)
        gone_back["report_due_on"] = contact_day(underway.rules, underway.occasion.told_at, underway.work)
    underway.finish(changes=gone_back, words=words)


def times_discontent(case: Case) -> int:
    """Return in how many rounds the asker was not content."""
    heard = Voice.objects.filter(case=case, said__in=DISCONTENT)
    return heard.values("round").distinct().count()


def _led(underway: Underway) -> dict[str, object]:
    """Return the change that puts a leader in charge once the asker was dissatisfied as often as the rule says."""
    case, rounds = underway.case, rounds_on(underway.rules)
    if case.led_by_id is not None or case.round < rounds.leader_after:
        return {}
    if times_discontent(case) < rounds.leader_after:
        return {}
    leader = next(_leaders(underway, Role(rounds.leader)), None)
    return {"led_by_id": leader, "responsible_id": leader} if leader else {}


def _leaders(underway: Underway, role: Role) -> Iterator[UUID]:
    """Yield who may take the case: the leader of its unit, then the role's holders, present ones first."""
    case = underway.case
    roster = roster_of(case.town, at=underway.occasion.at, fallback=fallback_on(underway.rules))
    led_by = [case.unit.leader_id] if case.unit else []
    posts = [post for post in roster.posts if role in post.roles]
    wanted = [*led_by, *(pk for post in posts for pk in (post.holder_a, post.holder_b))]
    people = [roster.people[pk] for pk in wanted if pk and pk in roster.people and pk != case.handler_id]
    able = [person for person in people if person.can_answer]
    yield from (person.id for person in sorted(able, key=lambda one: not one.is_present))
