"""Every write of residents, their houses and households; look-up keys come in the same transaction."""

from banjie.residents.actions.arrivals import Arrival, Home, register_arrivals, withdraw_arrivals
from banjie.residents.actions.homes import correct_house, link_house, move_out, register_house
from banjie.residents.actions.households import join_household, leave_household
from banjie.residents.actions.people import (
    AlreadyRegistered,
    correct_resident,
    register_resident,
    register_residents,
    reveal_resident,
)

__all__ = [
    "AlreadyRegistered",
    "Arrival",
    "Home",
    "correct_house",
    "correct_resident",
    "join_household",
    "leave_household",
    "link_house",
    "move_out",
    "register_arrivals",
    "register_house",
    "register_resident",
    "register_residents",
    "reveal_resident",
    "withdraw_arrivals",
]
