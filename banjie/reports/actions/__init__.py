"""Every write of papers: finalise one, and receive, match, answer and send a superior's form."""

from banjie.reports.actions.asked import (
    Received,
    Seen,
    answer_form,
    change_period,
    match_form,
    read_received,
    receive_form,
    send_form,
    void_form,
)
from banjie.reports.actions.finals import finalise_paper

__all__ = [
    "Received",
    "Seen",
    "answer_form",
    "change_period",
    "finalise_paper",
    "match_form",
    "read_received",
    "receive_form",
    "send_form",
    "void_form",
]
