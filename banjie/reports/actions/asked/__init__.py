"""收表、对应、填报、报出: every write of superiors' forms."""

from banjie.reports.actions.asked.answering import Seen, answer_form
from banjie.reports.actions.asked.matching import change_period, fill_list, match_form
from banjie.reports.actions.asked.reading import read_received
from banjie.reports.actions.asked.receiving import Received, receive_form
from banjie.reports.actions.asked.sending import send_form, void_form

__all__ = [
    "Received",
    "Seen",
    "answer_form",
    "change_period",
    "fill_list",
    "match_form",
    "read_received",
    "receive_form",
    "send_form",
    "void_form",
]
