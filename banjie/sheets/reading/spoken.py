"""What a cell of a workbook says, as text: dates in ISO form, numbers without a power of ten."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | time | timedelta
EXACT_TO = 10**15
"""Excel keeps 15 digits of a number."""


def say_cell(cell: Cell) -> str:
    """Return a cell as text: 1.1e17 as 110000000000000000, a day as 2019-04-25, true as 是."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}" if cell.second else f"{cell:%H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_cut_off(cell: Cell) -> bool:
    """Tell whether Excel has cut off the end of a number: 16 digits or more."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT_TO


def _number(number: int | float) -> str:
    if isinstance(number, float) and not number.is_integer():
        return f"{Decimal(repr(number)):f}" if number == number and abs(number) != float("inf") else ""
    return str(int(number)) if abs(number) < EXACT_TO else f"{Decimal(f'{number:.15g}'):f}"


def _moment(moment: datetime) -> str:
    moment = _rounded(moment)
    if moment.time() == time():
        return moment.date().isoformat()
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"


def _rounded(moment: datetime) -> datetime:
    """Return the moment to the second: a sheet counts parts of a day and misses by a few microseconds."""
    if moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)
