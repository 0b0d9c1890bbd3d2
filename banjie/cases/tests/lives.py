"""Cases that live through an autumn by chance: registered, handed on, paused, done, sent back, closed, withdrawn."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from banjie.base.errors import BanjieError
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Occasion, Word
from banjie.cases.models import Case
from banjie.cases.queries import deeds_for
from banjie.cases.tests.factories import Office, intake
from banjie.cases.vocabulary import CONTENT, Channel

PEOPLE = ("chen", "he", "li", "li", "li", "wu", "sun", "sun")
LIKELY = (
    "accept_case",
    "assign_case",
    "sign_for_case",
    "reply_case",
    "rate_case",
    "call_back_case",
    "close_case",
)
PAUSE = timedelta(hours=7)


def lived(office: Office, *, cases: int, until: datetime, seed: int = 1) -> list[Case]:
    """Return cases registered from the office's first day on, each having met deeds by chance until a moment.

    Deeds of all cases follow one another in time, as an office records them.
    """
    dice = Random(seed)
    waiting: list[tuple[datetime, int, Case | None]] = [
        (office.at + timedelta(hours=dice.randrange(24 * 60)), number, None) for number in range(cases)
    ]
    heapify(waiting)
    found: dict[int, Case] = {}
    while waiting:
        at, number, case = heappop(waiting)
        if at >= until:
            continue
        with suppress(BanjieError):
            case = _lives_on(office, case, at, dice) if case else _begun(office, number, at, dice)
        if case is not None:
            found[number] = case = Case.objects.get(pk=case.pk)
            later = at + dice.choice([PAUSE, timedelta(hours=20), timedelta(days=2), timedelta(days=5)])
            heappush(waiting, (later, number, case))
    return list(found.values())


def _begun(office: Office, number: int, at: datetime, dice: Random) -> Case:
    told = intake(
        title=f"第{number}件",
        channel=dice.choice([Channel.PHONE, Channel.WINDOW]),
        category=dice.choice(["street_lamp", "", "water_supply"]) if number % 3 else "street_lamp",
        division_code=f"{office.town}20{dice.choice([1, 2])}",
    )
    return actions.register_case(told, Occasion(by=office.chen, at=at))


def _lives_on(office: Office, case: Case, at: datetime, dice: Random) -> Case:
    actor = getattr(office, dice.choice(PEOPLE))
    tries = _tries(office, dice)
    offered = [step.deed for step in deeds_for(actor, case) if step.deed in tries]
    likely = [deed for deed in offered if deed in LIKELY]
    if "close_case" in offered and case.said in CONTENT:
        likely = ["close_case"]
    if offered:
        deed = dice.choice(likely if likely and dice.random() < 0.9 else offered)
        with suppress(BanjieError):
            getattr(actions, deed)(case, Occasion(by=actor, at=at), **tries[deed])
    return case


def _tries(office: Office, dice: Random) -> dict[str, dict[str, object]]:
    to = Assignee(
        dice.choice([office.livelihood, office.livelihood, office.water]),
        dice.choice([None, office.people["li"].pk]),
    )
    said = dice.choice(["satisfied", "satisfied", "very_satisfied", "dissatisfied", "unreached"])
    word = Word(said=said, words="说了", mark="signature", witness="刘婶")
    return {
        "accept_case": {},
        "assign_case": {"to": to},
        "transfer_case": {"to": to, "words": "转"},
        "sign_for_case": {},
        "pause_case": {"ground": "weather", "words": "等雨停"},
        "resume_case": {},
        "object_case": {"reason": "不归我们", "basis": "清单第8条", "should_go_to": "水务站"},
        "park_case": {"until_on": date(2027, 3, 1), "condition": "资金", "words": "等钱"},
        "return_case": {"words": "钱到了"},
        "ask_extension": {"term": "2 workdays", "reason": "等配件"},
        "decide_extension": {"is_granted": True},
        "reply_case": {"words": "办好了"},
        "rate_case": {"word": word},
        "call_back_case": {"word": word},
        "close_case": {"ending": Ending()},
        "reopen_case": {"words": "没办好"},
        "decline_case": {"reason": "不属本镇"},
        "withdraw_case": {"word": word},
        "void_case": {"reason": "重复登记"},
    }
