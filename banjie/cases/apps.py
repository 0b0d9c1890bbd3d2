"""The cases app."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from banjie.ledger.verify import Finding


class CasesConfig(AppConfig):
    """Register the room with Django, its part in handovers, what it is found by, and what is verified."""

    name = "banjie.cases"
    verbose_name = "件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join handovers, search, replays and verification; models can only be read once every app is loaded."""
        from banjie.cases import handover, words
        from banjie.cases.replay import LIMITS_JUDGED, replay_limits
        from banjie.cases.replay.judges import JUDGES
        from banjie.cases.rules.commitments import COMMITMENTS
        from banjie.ledger.derived import look_too
        from banjie.people.handover import join
        from banjie.rulebook.replay import replays
        from banjie.rulebook.rules import TIME_LIMIT
        from banjie.search.declared import declare

        join(handover.CASES)
        declare(words.CASES)
        replays(TIME_LIMIT.name, replay_limits, LIMITS_JUDGED)
        replays(COMMITMENTS.name, replay_limits, LIMITS_JUDGED)
        for name, (replayer, judged) in JUDGES.items():
            replays(name, replayer, judged)
        look_too("cases.standings", _standings)
        look_too("cases.report_dues", _report_dues)


def _standings(town: str) -> "Iterable[Finding]":
    # Imported once a town is verified: no server is to hold what verifying takes.
    from banjie.cases.queries.standings import standing_findings

    return standing_findings(town)


def _report_dues(town: str) -> "Iterable[Finding]":
    # Imported late, as above.
    from banjie.base.clock import local_day, now
    from banjie.cases.queries.report_findings import report_findings

    return report_findings(town, today=local_day(now()))
