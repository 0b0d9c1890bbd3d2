"""A small town to try deeds in: 李 handles, 王 is a colleague, 赵 is of another village, 陈 sits at the window."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from banjie.cases import actions
from banjie.cases.actions import Assignee, Intake, Occasion, Word
from banjie.cases.models import Case
from banjie.cases.slips import slip_code
from banjie.ledger.record import SYSTEM, Stamp
from banjie.ledger.tests.remade import made_once
from banjie.people.actions import add_post, add_unit, hire_staff
from banjie.people.models import Staff
from banjie.people.queries import StaffActor, actor_for, founder_of
from banjie.places.actions import DivisionLine, add_divisions, add_grid
from banjie.rulebook.actions import load_shipped
from banjie.worktime.actions import load_published

TOWN = "990011101"
XIGOU, DONGPO = f"{TOWN}201", f"{TOWN}202"
DAY = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
"""Monday 28 September 2026, nine in the morning; the holiday is 1–7 October, 10 October works."""


@dataclass(frozen=True)
class Office:
    """The town's people by their parts, as actors, and its two units."""

    people: dict[str, Staff]
    livelihood: UUID
    water: UUID
    grid_id: UUID
    at: datetime = DAY
    town: str = TOWN

    def __getattr__(self, name: str) -> StaffActor:
        if name not in POSTS:
            raise AttributeError(name)
        return actor_for(self.people[name], at=self.at)

    def occasion(self, name: str, *, hours: float = 0, **rest: object) -> Occasion:
        """Return the occasion of one person, some hours after the office opened."""
        return Occasion(by=getattr(self, name), at=self.at + timedelta(hours=hours), **rest)


POSTS = {
    "chen": ("陈静", "窗口", ["window_clerk"], "hall", TOWN),
    "he": ("何敏", "调度", ["dispatcher"], "hall", TOWN),
    "li": ("李建国", "经办", ["handler"], "livelihood", TOWN),
    "wang": ("王芳", "经办二", ["handler"], "livelihood", TOWN),
    "wu": ("吴强", "主任", ["unit_head"], "livelihood", TOWN),
    "zhao": ("赵明", "东坡村支书", ["village_cadre"], "water", DONGPO),
    "sun": ("孙丽", "督办", ["supervisor"], "hall", TOWN),
    "zhou": ("周海", "镇长", ["town_leader"], "hall", TOWN),
    "guan": ("管信", "管理员", ["administrator"], "hall", TOWN),
}


@made_once
def open_office(*, town: str = TOWN, name: str = "青禾镇") -> Office:
    """Set up a town through the actions of its rooms; a second one has the same people under other log-ins."""
    founder, stamp = founder_of(town), set_up()
    load_shipped(stamp)
    load_published(town, stamp)
    villages = [DivisionLine(f"{town}201", "西沟村"), DivisionLine(f"{town}202", "东坡村")]
    add_divisions(founder, stamp, lines=[DivisionLine(town, name), *villages])
    grid = add_grid(founder, stamp, division_code=f"{town}201", name="西沟一网格")
    names = {"hall": "便民服务中心", "livelihood": "民生办", "water": "农业农村办"}
    units = {
        key: add_unit(founder, stamp, key=key, name=name, short_name=name, phone="0990-1234567")
        for key, name in names.items()
    }
    people = {}
    for login, (name, title, roles, unit, place) in POSTS.items():
        division, suffix = town + place[len(TOWN) :], "" if town == TOWN else town
        staff = hire_staff(founder, stamp, login=login + suffix, name=name, division_code=division)
        add_post(
            founder,
            stamp,
            unit_id=units[unit].pk,
            title=title,
            roles=roles,
            division_code=division,
            holder_a=staff.pk,
        )
        people[login] = staff
    return Office(
        people=people,
        livelihood=units["livelihood"].pk,
        water=units["water"].pk,
        grid_id=grid.pk,
        town=town,
    )


def set_up() -> Stamp:
    """Return the stamp of the set-up."""
    return Stamp(by=SYSTEM, happened_at=DAY - timedelta(days=30), recorded_at=DAY - timedelta(days=30))


def intake(**changes: object) -> Intake:
    """Return a request about a street lamp of 西沟村."""
    told = {
        "kind": "resident_request",
        "title": "路灯不亮",
        "text": "西沟组的路灯坏了三天",
        "category": "street_lamp",
    }
    return Intake(**{**told, "division_code": XIGOU, **changes})


def registered(office: Office, **changes: object) -> Case:
    """Return a case as the window clerk registered it."""
    told = intake(**{"division_code": f"{office.town}201", **changes})
    return actions.register_case(told, office.occasion("chen", client_key=uuid4().hex))


def accepted(office: Office, **changes: object) -> Case:
    """Return an accepted case."""
    return actions.accept_case(registered(office, **changes), office.occasion("chen"))


def assigned(office: Office, *, to: str = "li", **changes: object) -> Case:
    """Return a case that waits for 李's signature."""
    assignee = Assignee(office.livelihood, office.people[to].pk)
    return actions.assign_case(accepted(office, **changes), office.occasion("chen"), to=assignee)


def handled(office: Office, **changes: object) -> Case:
    """Return a case in 李's hands."""
    return actions.sign_for_case(assigned(office, **changes), office.occasion("li", hours=1))


def replied(office: Office, **changes: object) -> Case:
    """Return a case that 李 has replied to."""
    return actions.reply_case(
        handled(office, **changes), office.occasion("li", hours=4), words="灯泡已换，夜里亮了"
    )


def own_word(case: Case, *, said: str = "satisfied") -> Word:
    """Return the asker's word under the slip code of his receipt."""
    return Word(said=said, words="好了", mark="slip_code", slip_code=slip_code(case.pk))
