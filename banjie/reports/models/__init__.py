"""Tables of papers: those that went out, and superiors' forms with what was answered."""

from banjie.reports.models.asked import AskedCell, AskedForm, FormState
from banjie.reports.models.finals import FinalPaper

__all__ = ["AskedCell", "AskedForm", "FinalPaper", "FormState"]
