"""A case on its way through the sample town: what, where, whose, and on which days of the calendar."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from banjie.base.clock import local_day
from banjie.cases.actions import Occasion
from banjie.cases.models import Case
from banjie.people.rights import Role
from banjie.rulebook.queries import responsible_unit, rules_on
from banjie.sample.founding import Town
from banjie.sample.matters import MATTERS, Matter
from banjie.sample.plots import Plot, Step
from banjie.sample.town import POSTS, TOWN, VILLAGE_UNITS, VILLAGES
from banjie.worktime.hours import at_time
from banjie.worktime.queries import calendar_of

CLOSE = time(17, 30)
HURRIED = ("safety_hazard", "water_outage")
SEEN_OUTSIDE = ("street_lamp", "road_damage", "garbage", "sewage", "safety_hazard", "farm_water")
PRIVATE_EVERY = 29
"""Of so many requests one is for its handlers only."""


@dataclass
class Story:
    """One case on its way: where, about what, and who has it."""

    town: Town
    plot: Plot
    chance: random.Random
    serial: int
    began_on: date
    place: tuple[str, str]
    matter: Matter
    case: Case | None = None
    unit: str = ""
    handler: str = ""

    @property
    def is_private(self) -> bool:
        """Tell whether only those whom it passes through may read it; no head decides about such a one."""
        is_decided = any(step.deed in ("ask", "grant", "refuse") for step in self.plot.steps)
        return self.plot.kind == "resident_request" and self.serial % PRIVATE_EVERY == 1 and not is_decided

    @property
    def so_far(self) -> Case:
        """Return the case, once it is registered."""
        if self.case is None:
            raise LookupError("the case of this story is not registered yet")
        return self.case

    def by(self, login: str, at: datetime) -> Occasion:
        """Return an occasion of someone in the office."""
        return Occasion(by=self.town.actor(login), at=at)


def last_full_day(at: datetime) -> date:
    """Return the last workday that is over at `at`."""
    calendar = calendar_of(TOWN)
    day = calendar.ranked(calendar.rank(local_day(at)))
    return day if at_time(day, CLOSE) <= at else calendar.ranked(calendar.rank(day) - 1)


def first_day(at: datetime, days_ago: int) -> date:
    """Return the workday so many workdays before the last full one."""
    calendar = calendar_of(TOWN)
    return calendar.ranked(calendar.rank(last_full_day(at)) - days_ago)


def stories_of(town: Town, at: datetime, chance: random.Random, *, plots: Sequence[Plot]) -> list[Story]:
    """Return a story for every case of every plot, none of them begun."""
    every = [plot for plot in plots for _ in range(plot.count)]
    return [_story(town, plot, at, chance, serial) for serial, plot in enumerate(every)]


def moment_of(story: Story, step: Step) -> datetime:
    """Return when a step happens: on its workday and hour, some minutes on so that no two cases coincide."""
    calendar = calendar_of(TOWN)
    day = calendar.ranked(calendar.rank(story.began_on) + step.day)
    minutes = round(step.hour * 60) + story.serial % 23
    return at_time(day, time(minutes // 60, minutes % 60))


def _story(town: Town, plot: Plot, at: datetime, chance: random.Random, serial: int) -> Story:
    village = chance.choice(VILLAGES)
    if any(step.manner == "village" for step in plot.steps):
        village = chance.choice([one for one in VILLAGES if one.code in VILLAGE_UNITS.values()])
    place = (village.code, chance.choice(village.parts))
    began_on = first_day(at, chance.randint(*plot.ago))
    story = Story(town, plot, chance, serial, began_on, place, _matter(plot, serial))
    story.unit = _unit_key(story)
    story.handler = _handler_of(story)
    return story


def _matter(plot: Plot, serial: int) -> Matter:
    """Return what a case is about; what has a day or two to be done asks for no extension."""
    asks = any(step.deed == "ask" for step in plot.steps)
    fitting = [matter for matter in MATTERS if not (asks and matter.category in HURRIED)]
    if plot.kind == "grid_event":
        fitting = [matter for matter in MATTERS if matter.category in SEEN_OUTSIDE]
    return fitting[serial % len(fitting)]


def _unit_key(story: Story) -> str:
    if story.plot.kind in ("leader_instruction", "deputy_suggestion"):
        return story.chance.choice(("livelihood", "construction", "farming", "party_office"))
    if story.plot.kind == "rectification_item":
        return story.chance.choice(("livelihood", "safety_law", "farming"))
    if story.plot.kind in ("enterprise_issue", "proxy_errand"):
        return story.chance.choice(("livelihood", "construction", "farming"))
    tree = rules_on(TOWN, story.began_on).categories
    unit = responsible_unit(tree.find(story.matter.category), town=TOWN, on=story.began_on)
    return unit.key if unit else "party_office"


def _handler_of(story: Story) -> str:
    lines = [line for line in POSTS if line.unit == story.unit and Role.HANDLER in line.roles]
    line = story.chance.choice(lines)
    return line.holder_b if line.holder_b and story.chance.random() < 0.3 else line.holder_a
