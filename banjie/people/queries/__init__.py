"""Every read of the office: who acts, who stands in, and its staff, units and posts."""

from banjie.people.queries.actors import (
    Holding,
    StaffActor,
    actor_for,
    actor_on_device,
    founder_of,
    within_reach,
)
from banjie.people.queries.belongings import belongings_of, preview_handover
from banjie.people.queries.offices import (
    find_staff,
    heads_of,
    post_for,
    posts_of,
    posts_visible_to,
    staff_at_device,
    staff_for,
    staff_names,
    staff_of,
    staff_visible_to,
    unit_for,
    units_of,
    units_visible_to,
)
from banjie.people.queries.rosters import (
    absences_of,
    absences_visible_to,
    duty_turns_of,
    people_named,
    roster_of,
    who_stands_in,
)

__all__ = [
    "Holding",
    "StaffActor",
    "absences_of",
    "absences_visible_to",
    "actor_for",
    "actor_on_device",
    "belongings_of",
    "duty_turns_of",
    "find_staff",
    "founder_of",
    "heads_of",
    "people_named",
    "post_for",
    "posts_of",
    "posts_visible_to",
    "preview_handover",
    "roster_of",
    "staff_at_device",
    "staff_for",
    "staff_names",
    "staff_of",
    "staff_visible_to",
    "unit_for",
    "units_of",
    "units_visible_to",
    "who_stands_in",
    "within_reach",
]
