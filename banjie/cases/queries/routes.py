"""To whom a case should go by the rule of 分办, else by its category; a proposal, set by nobody unseen (U3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.clocks import WorkingTime
from banjie.cases.models import Case
from banjie.cases.rules.posts import fallback_on
from banjie.cases.rules.routing import Route, route_of
from banjie.cases.settings import office_hours
from banjie.people.queries import UnitName, roster_of, units_in_force
from banjie.people.standing import Person
from banjie.rulebook.in_force import Rules, say_ref
from banjie.rulebook.queries import responsible_unit
from banjie.worktime.queries import calendar_of


@dataclass(frozen=True)
class Proposal:
    """The unit that a case should go to, the person where a post is named, and why."""

    unit: UnitName
    why: str
    staff: Person | None = None

    @property
    def staff_id(self) -> UUID | None:
        """Return the person's id."""
        return self.staff.id if self.staff else None


def proposal_for(case: Case, rules: Rules, *, at: datetime) -> Proposal | None:
    """Return to whom a case should go; None where neither a route nor its category names a unit that there is."""
    tree = rules.categories
    under = [found.key for found in tree.upwards(case.category)] if case.category in tree else []
    is_off_hours = not WorkingTime(calendar_of(case.town), office_hours(rules)).is_open(at)
    route = route_of(rules, under, division=case.division_code, is_off_hours=is_off_hours)
    if route and (found := _routed(case.town, route, rules, at=at)):
        return found
    unit = responsible_unit(tree.find(case.category), town=case.town, on=local_day(at)) if under else None
    return Proposal(unit, "按类别建议") if unit else None


def _routed(town: str, route: Route, rules: Rules, *, at: datetime) -> Proposal | None:
    """Return where a route leads; the post's holder, or who stands in for him now."""
    units = units_in_force(town, on=local_day(at))
    unit = next((one for one in units if route.unit in (one.key, one.short_name, one.name)), None)
    if unit is None:
        return None
    why = f"按{say_ref(route.article)}建议"
    if not route.post:
        return Proposal(unit, why)
    roster = roster_of(town, at=at, fallback=fallback_on(rules))
    posts = [post for post in roster.posts if post.unit_id == unit.id and post.title == route.post]
    holder = next((pk for post in posts for pk in (post.holder_a, post.holder_b) if pk), None)
    return Proposal(unit, why, roster.stands_in(holder, post_id=posts[0].id).staff if holder else None)
