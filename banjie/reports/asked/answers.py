"""What is written into a place of a form: a number, or words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from banjie.reports.asked.blanks import Spot


@dataclass(frozen=True)
class Answer:
    """An answer; `number` is what goes into the cell of a sheet, in digits, `words` what is written anywhere else."""

    spot: Spot
    words: str
    number: str = ""

    def plain(self) -> list[object]:
        """Return the answer as JSON holds it."""
        return [self.spot.grid, self.spot.line, self.spot.place, self.spot.gap, self.words, self.number]

    @classmethod
    def of(cls, told: Sequence[int | str]) -> "Answer":
        """Return the answer that was made plain."""
        grid, line, place, gap = (int(told[n]) for n in range(4))
        return cls(Spot(grid, line, place, gap), str(told[4]), str(told[5]))
