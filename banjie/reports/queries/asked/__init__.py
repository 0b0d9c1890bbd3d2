"""Reads of forms: who sees them, what their words mean, the numbers of their cells, what was reported."""

from banjie.reports.queries.asked.forms import (
    Reported,
    cells_of,
    form_before,
    form_for,
    forms_of,
    reported_before,
    senders_of,
    typed_before,
)
from banjie.reports.queries.asked.known import known_on
from banjie.reports.queries.asked.lists import Filled, Listed, listed, lists_of, may_have_answer
from banjie.reports.queries.asked.numbers import Answered, Asked, answers_to, spread_of, versions_on
from banjie.reports.queries.asked.quoted import Quoted, quoted_before, quoted_in

__all__ = [
    "Answered",
    "Asked",
    "Filled",
    "Listed",
    "Quoted",
    "Reported",
    "answers_to",
    "cells_of",
    "form_before",
    "form_for",
    "forms_of",
    "known_on",
    "listed",
    "lists_of",
    "may_have_answer",
    "quoted_before",
    "quoted_in",
    "reported_before",
    "senders_of",
    "spread_of",
    "typed_before",
    "versions_on",
]
