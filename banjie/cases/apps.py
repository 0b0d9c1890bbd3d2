"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the room with Django, its part in handovers and what it is found by."""

    name = "banjie.cases"
    verbose_name = "件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the handovers, the search and the replays; models can only be read once every app is loaded."""
        from banjie.cases import handover, words
        from banjie.cases.replay import replay_limits
        from banjie.people.handover import join
        from banjie.rulebook.replay import replays
        from banjie.rulebook.rules import TIME_LIMIT
        from banjie.search.declared import declare

        join(handover.CASES)
        declare(words.CASES)
        replays(TIME_LIMIT.name, replay_limits)
