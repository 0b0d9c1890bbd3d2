"""Tables of a case and of what belongs to it."""

from banjie.cases.models.case import CLOCKS, NEVER, STATES, Case, OfCase
from banjie.cases.models.counted import CaseStanding, LearnedCategories, ReportDue
from banjie.cases.models.parts import Attachment, Distinction, Extension, Objection, Voice
from banjie.cases.models.running import Clock, Escalation, LadderStanding

__all__ = [
    "CLOCKS",
    "NEVER",
    "STATES",
    "Attachment",
    "Case",
    "CaseStanding",
    "Clock",
    "Distinction",
    "Escalation",
    "Extension",
    "LadderStanding",
    "LearnedCategories",
    "Objection",
    "OfCase",
    "ReportDue",
    "Voice",
]
