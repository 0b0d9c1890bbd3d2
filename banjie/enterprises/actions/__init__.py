"""Every write of enterprises: register, amend, close and reopen, merge doubles, look at the contact in full."""

from banjie.enterprises.actions.contact import reveal_contact
from banjie.enterprises.actions.doubles import merge_enterprises, unmerge_enterprise
from banjie.enterprises.actions.registering import (
    AlreadyStanding,
    amend_enterprise,
    register_enterprise,
    register_enterprises,
    withdraw_enterprises,
)
from banjie.enterprises.actions.standing import close_enterprise, reopen_enterprise

__all__ = [
    "AlreadyStanding",
    "amend_enterprise",
    "close_enterprise",
    "merge_enterprises",
    "register_enterprise",
    "register_enterprises",
    "reopen_enterprise",
    "reveal_contact",
    "unmerge_enterprise",
    "withdraw_enterprises",
]
