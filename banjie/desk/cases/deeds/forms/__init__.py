"""One form for each deed, with the fields that its action takes and the sentences of its refusals (U32)."""

from banjie.desk.cases.deeds.forms.base import LONG, SHORT, DeedForm, said_field, told_at, words_field
from banjie.desk.cases.deeds.forms.ending import CallBack, Close, Rate, Reopen, Settle, Void, Withdraw
from banjie.desk.cases.deeds.forms.filing import Attach, FilesField, ManyFiles
from banjie.desk.cases.deeds.forms.triage import Accept, Assign, Decline, Recall, Redirect, SignFor, Transfer
from banjie.desk.cases.deeds.forms.underway import (
    AskExtension,
    Comment,
    DecideExtension,
    Pause,
    Phone,
    Reply,
    ReportProgress,
    Resume,
)

__all__ = [
    "LONG",
    "SHORT",
    "Accept",
    "AskExtension",
    "Assign",
    "Attach",
    "CallBack",
    "Close",
    "Comment",
    "DecideExtension",
    "Decline",
    "DeedForm",
    "FilesField",
    "ManyFiles",
    "Pause",
    "Phone",
    "Rate",
    "Recall",
    "Redirect",
    "Reopen",
    "Reply",
    "ReportProgress",
    "Resume",
    "Settle",
    "SignFor",
    "Transfer",
    "Void",
    "Withdraw",
    "said_field",
    "told_at",
    "words_field",
]
