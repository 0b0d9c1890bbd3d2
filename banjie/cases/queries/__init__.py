"""Every read of cases: who may see which, lists in the order of their due time, one case with what belongs to it."""

from banjie.cases.queries.articles import at_stake
from banjie.cases.queries.deeds import deeds_for, deeds_for_another, deeds_now, is_head_of, may_print_receipt
from banjie.cases.queries.endings import endings_of
from banjie.cases.queries.file import CaseFile, attachment_for, clocks_of, file_of, light_of, newer_entry
from banjie.cases.queries.found import FoundCases, Hit, found_by_words, newest_of_residents
from banjie.cases.queries.likeness import Alike, HotTopic, duplicates_of, hot_topics, told_apart_from
from banjie.cases.queries.lists import Group, Lateness, Order, Sift, count_of, in_rows, listed, page_of
from banjie.cases.queries.promises import Promised, promises_of
from banjie.cases.queries.proposals import CategoryProposal, category_proposals, learned_of
from banjie.cases.queries.provisional import provisional_clocks, provisional_count
from banjie.cases.queries.retention import (
    APPRAISED,
    PROPOSED,
    Erasure,
    erasure_of,
    past_retention,
    proposed_for_erasing,
    proposers_of,
)
from banjie.cases.queries.routes import Proposal, proposal_for
from banjie.cases.queries.scope import (
    NOT_THERE,
    ROUTES,
    case_by_token,
    case_for,
    cases_by_id,
    locked_case,
    town_of_token,
    visible_apart,
    visible_to,
)
from banjie.cases.queries.shelves import (
    OfficeLine,
    awaited_of,
    by_office,
    extensions_to_decide,
    handled_under_a_leader,
    owned_by,
    to_recheck,
    to_sign_for,
    to_take_up,
)

__all__ = [
    "APPRAISED",
    "NOT_THERE",
    "PROPOSED",
    "ROUTES",
    "Alike",
    "CaseFile",
    "CategoryProposal",
    "Erasure",
    "FoundCases",
    "Group",
    "Hit",
    "HotTopic",
    "Lateness",
    "OfficeLine",
    "Order",
    "Promised",
    "Proposal",
    "Sift",
    "at_stake",
    "attachment_for",
    "awaited_of",
    "by_office",
    "case_by_token",
    "case_for",
    "cases_by_id",
    "category_proposals",
    "clocks_of",
    "count_of",
    "deeds_for",
    "deeds_for_another",
    "deeds_now",
    "duplicates_of",
    "endings_of",
    "erasure_of",
    "extensions_to_decide",
    "file_of",
    "found_by_words",
    "handled_under_a_leader",
    "hot_topics",
    "in_rows",
    "is_head_of",
    "learned_of",
    "light_of",
    "listed",
    "locked_case",
    "may_print_receipt",
    "newer_entry",
    "newest_of_residents",
    "owned_by",
    "page_of",
    "past_retention",
    "promises_of",
    "proposal_for",
    "proposed_for_erasing",
    "proposers_of",
    "provisional_clocks",
    "provisional_count",
    "to_recheck",
    "to_sign_for",
    "to_take_up",
    "told_apart_from",
    "town_of_token",
    "visible_apart",
    "visible_to",
]
