"""Every read of figures: the catalogue in force, figures of a period by group and month, and the rows behind one."""

from banjie.figures.queries.catalogues import Catalogue, catalogue_on
from banjie.figures.queries.counting import ALL, computed, computed_over
from banjie.figures.queries.opening import Opened, first_opened, opened

__all__ = [
    "ALL",
    "Catalogue",
    "Opened",
    "catalogue_on",
    "computed",
    "computed_over",
    "first_opened",
    "opened",
]
