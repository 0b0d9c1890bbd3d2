"""Terms and what is counted on them: due moments, pauses, extensions, lights. Pure."""

from banjie.worktime.terms.due import Due, Pause, due_moment, due_of, reworked
from banjie.worktime.terms.light import amber_of, remaining_words, share_point
from banjie.worktime.terms.measure import worked_minutes_between
from banjie.worktime.terms.term import BadTerm, Term, TermUnit, extended, parse_term, say_term

__all__ = [
    "BadTerm",
    "Due",
    "Pause",
    "Term",
    "TermUnit",
    "amber_of",
    "due_moment",
    "due_of",
    "extended",
    "parse_term",
    "remaining_words",
    "reworked",
    "say_term",
    "share_point",
    "worked_minutes_between",
]
