"""What stands around the rows of a sheet: its version, its title lines and its columns."""

from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | None


class Version(StrEnum):
    """The two that every list can be had in (U45)."""

    PLAIN = "plain"
    REPORT = "report"

    @property
    def label(self) -> str:
        """Return the office's word."""
        return "数据版" if self is Version.PLAIN else "上报版"


@dataclass(frozen=True)
class OutColumn:
    """A column that is written: its title, its width in half characters, and whether its cells are numbers."""

    title: str
    width: int = 14
    is_number: bool = False


@dataclass(frozen=True)
class SheetHead:
    """What the lines above the rows say: count and filters in words (U13), and for a report who fills it in (U45).

    `unit` is the word for what is counted or measured, such as 件 or 万元.
    """

    title: str
    count: int
    filters: str = ""
    filled_by: str = ""
    due: str = ""
    unit: str = ""
    made: str = ""

    @property
    def summary(self) -> str:
        """Return the line that says how many there are and by what they were chosen."""
        chosen = f"筛选：{self.filters}" if self.filters else "未筛选"
        made = f"导出时间：{self.made}" if self.made else ""
        count = f"共 {self.count:,} {self.unit}".rstrip()
        return "　".join(part for part in (self.title, count, chosen, made) if part)
