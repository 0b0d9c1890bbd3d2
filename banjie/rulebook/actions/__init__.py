"""Every write of the rulebook: versions are added, from files or from drafts, and drafts are tried on the past."""

from banjie.rulebook.actions.adding import Decision
from banjie.rulebook.actions.deciding import Advice, decide_draft, repeal_text, review_draft, withdraw_draft
from banjie.rulebook.actions.declaring import add_matter, change_matter
from banjie.rulebook.actions.drafting import (
    add_value,
    confirm_values,
    drop_value,
    set_prose,
    set_source,
    set_title,
    set_value,
    start_draft,
    submit_draft,
)
from banjie.rulebook.actions.loading import load_files, load_shipped
from banjie.rulebook.actions.replaying import Clock, ask_replay, fail_replay, run_replay, stop_replay
from banjie.rulebook.actions.together import Drafted, confirm_everywhere, start_together

__all__ = [
    "Advice",
    "Clock",
    "Decision",
    "Drafted",
    "add_matter",
    "add_value",
    "ask_replay",
    "change_matter",
    "confirm_everywhere",
    "confirm_values",
    "decide_draft",
    "drop_value",
    "fail_replay",
    "load_files",
    "load_shipped",
    "repeal_text",
    "review_draft",
    "run_replay",
    "set_prose",
    "set_source",
    "set_title",
    "set_value",
    "start_draft",
    "start_together",
    "stop_replay",
    "submit_draft",
    "withdraw_draft",
]
