"""Every read of papers: worked out for a period, those that went out, and the sheet of the day."""

from banjie.reports.queries.compendium import compendium_of
from banjie.reports.queries.composing import begins_on, composed, composed_draft, papers_on, say_day
from banjie.reports.queries.finals import Drift, drift_of, final_for, final_of, finals_of
from banjie.reports.queries.offered import OfferedMark, findings_of, mark_names, marks_offered
from banjie.reports.queries.today import leaders_of, part_of, sheet_for

__all__ = [
    "Drift",
    "OfferedMark",
    "begins_on",
    "compendium_of",
    "composed",
    "composed_draft",
    "drift_of",
    "final_for",
    "final_of",
    "finals_of",
    "findings_of",
    "leaders_of",
    "mark_names",
    "marks_offered",
    "papers_on",
    "part_of",
    "say_day",
    "sheet_for",
]
