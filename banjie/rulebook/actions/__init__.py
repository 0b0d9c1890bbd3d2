"""Every write of the rulebook: versions are added, drafts are tried on the past."""

from banjie.rulebook.actions.loading import load_files, load_shipped
from banjie.rulebook.actions.replaying import Clock, ask_replay, fail_replay, run_replay, stop_replay

__all__ = [
    "Clock",
    "ask_replay",
    "fail_replay",
    "load_files",
    "load_shipped",
    "run_replay",
    "stop_replay",
]
