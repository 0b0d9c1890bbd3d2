"""How an answer is written into its place: a bare number where the form says the unit, else with it. Pure."""

from decimal import Decimal

from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import Spot
from banjie.reports.asked.matching import Style

PERCENT = ("%", "‰", "百分点")


def number_said(spot: Spot, printed: str, *, unit: str, is_percent: bool, is_share: bool) -> Answer:
    """Return a number as it is written; `is_share` says that it is one of a hundred.

    A cell that shows per cent by itself takes the fraction; where nothing says so, the sign is written.
    """
    if not is_share:
        return Answer(spot, printed, printed)
    if is_percent:
        return Answer(spot, f"{printed}%", str(Decimal(printed) / 100))
    if unit in PERCENT:
        return Answer(spot, printed, printed)
    return Answer(spot, f"{printed}%")


def is_share_of(style: str, *, is_rate: bool) -> bool:
    """Tell whether a number is one of a hundred: a rate, or a change told in per cent."""
    if style in (Style.LAST_YEAR_BY, Style.PREVIOUS_BY):
        return False
    return is_rate or style != Style.PLAIN


def words_said(spot: Spot, words: str) -> Answer:
    """Return what someone typed; a number goes into a sheet as one."""
    plain = words.strip().replace(",", "")
    is_number = plain.lstrip("-").replace(".", "", 1).isdecimal() and plain.isascii() and len(plain) <= 15
    return Answer(spot, words.strip(), plain if is_number else "")
