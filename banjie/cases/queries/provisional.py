"""Due dates that stand only until a year's notice is loaded (暂定)."""

from django.db.models import QuerySet

from banjie.cases.models import Clock


def provisional_clocks(town: str) -> QuerySet[Clock]:
    """Return the clocks of a town whose due dates are worked out anew when a notice is loaded."""
    return Clock.objects.filter(town=town, is_provisional=True, stopped_at__isnull=True)


def provisional_count(town: str) -> int:
    """Return how many cases have such a clock: what the next notice makes be worked out anew (U40)."""
    return provisional_clocks(town).values("case_id").distinct().count()
