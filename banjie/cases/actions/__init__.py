"""Every write of cases: one function per deed of the table in DESIGN; each locks, checks, changes and records."""

from banjie.cases.actions.appraising import APPRAISAL_WORDS, Appraisal, appraise_cases
from banjie.cases.actions.closing import (
    Ending,
    call_back_case,
    close_case,
    rate_case,
    reopen_case,
    void_case,
    withdraw_case,
)
from banjie.cases.actions.distinguishing import distinguish_case, undistinguish_case
from banjie.cases.actions.erasing import erase_cases, scrub_what_was_erased
from banjie.cases.actions.escalating import escalate_due
from banjie.cases.actions.handling import (
    ask_extension,
    attach_file,
    comment_case,
    decide_extension,
    pause_case,
    reply_case,
    report_progress,
    resume_case,
    urge_case,
)
from banjie.cases.actions.importing import import_historical, import_requests, undo_import
from banjie.cases.actions.merging import merge_case, unmerge_case
from banjie.cases.actions.objecting import object_case
from banjie.cases.actions.opening import register_case, settle_case
from banjie.cases.actions.parking import park_case, return_case, return_parked
from banjie.cases.actions.rechecking import recheck_case
from banjie.cases.actions.report_dues import owe_missed_reports
from banjie.cases.actions.rounds import hear_case
from banjie.cases.actions.triage import (
    Assignee,
    accept_case,
    assign_case,
    decline_case,
    recall_case,
    redirect_case,
    sign_for_case,
    transfer_case,
)
from banjie.cases.actions.voices import Word
from banjie.cases.intake import Intake
from banjie.cases.occasion import Occasion

__all__ = [
    "APPRAISAL_WORDS",
    "Appraisal",
    "Assignee",
    "Ending",
    "Intake",
    "Occasion",
    "Word",
    "accept_case",
    "appraise_cases",
    "ask_extension",
    "assign_case",
    "attach_file",
    "call_back_case",
    "close_case",
    "comment_case",
    "decide_extension",
    "decline_case",
    "distinguish_case",
    "erase_cases",
    "escalate_due",
    "hear_case",
    "import_historical",
    "import_requests",
    "merge_case",
    "object_case",
    "owe_missed_reports",
    "park_case",
    "pause_case",
    "rate_case",
    "recall_case",
    "recheck_case",
    "redirect_case",
    "register_case",
    "reopen_case",
    "reply_case",
    "report_progress",
    "resume_case",
    "return_case",
    "return_parked",
    "scrub_what_was_erased",
    "settle_case",
    "sign_for_case",
    "transfer_case",
    "undistinguish_case",
    "undo_import",
    "unmerge_case",
    "urge_case",
    "void_case",
    "withdraw_case",
]
