"""What runs on the rules now: how many clocks and open cases keep which article as their promise."""

from collections.abc import Mapping

from django.db.models import Count

from banjie.cases.models import Case, Clock


def at_stake(town: str) -> Mapping[str, int]:
    """Return for each kept reference, such as 限时办结制 第三条@镇3, how many clocks or open cases of a town go by it.

    A count alone, of cases beyond the reader's scope too: it names none.
    """
    clocks = Clock.objects.filter(town=town, stopped_at__isnull=True).values_list("article")
    kinds = Case.objects.filter(town=town, is_open=True).values_list("kind_version")
    counts = [*clocks.annotate(count=Count("id")), *kinds.annotate(count=Count("id"))]
    return {ref: count for ref, count in counts if ref}
