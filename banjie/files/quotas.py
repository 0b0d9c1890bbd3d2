"""How much may be handed in; the values are the rulebook's and reach this room as an argument."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Quotas:
    """Bounds of one file, of one case and of one person's day (V5 5.2.4, 5.2.6); `max_pixels` bounds an image."""

    max_file_bytes: int
    max_files_per_case: int
    max_day_bytes: int
    max_pixels: int
