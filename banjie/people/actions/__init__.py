"""Every write of the office: each deed checks who may, locks, changes and records in one transaction."""

from banjie.people.actions.absences import Leave, end_leave, follow_leave, plan_duty, take_leave
from banjie.people.actions.handovers import hand_over
from banjie.people.actions.posts import add_post, appoint, change_post, give_up_post, restore_post
from banjie.people.actions.secrets import check_pin, identify, set_password, set_pin
from banjie.people.actions.staff import change_staff, deactivate, hire_staff, reactivate, touch_last_seen
from banjie.people.actions.units import add_unit, change_unit, give_up_unit, restore_unit

__all__ = [
    "Leave",
    "add_post",
    "add_unit",
    "appoint",
    "change_post",
    "change_staff",
    "change_unit",
    "check_pin",
    "deactivate",
    "end_leave",
    "follow_leave",
    "give_up_post",
    "give_up_unit",
    "hand_over",
    "hire_staff",
    "identify",
    "plan_duty",
    "reactivate",
    "restore_post",
    "restore_unit",
    "set_password",
    "set_pin",
    "take_leave",
    "touch_last_seen",
]
