"""Every write of papers: draft and finalise one, and receive, match, answer and send a superior's form."""

from banjie.reports.actions.asked import (
    Received,
    Seen,
    answer_form,
    change_period,
    fill_list,
    match_form,
    read_received,
    receive_form,
    send_form,
    void_form,
)
from banjie.reports.actions.drafting import draft_paper, write_paper
from banjie.reports.actions.finals import finalise_paper

__all__ = [
    "Received",
    "Seen",
    "answer_form",
    "change_period",
    "draft_paper",
    "fill_list",
    "finalise_paper",
    "match_form",
    "read_received",
    "receive_form",
    "send_form",
    "void_form",
    "write_paper",
]
