"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the room with Django, and its part in handovers."""

    name = "banjie.cases"
    verbose_name = "件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the handovers; models can only be read once every app is loaded."""
        from banjie.cases.handover import CASES
        from banjie.people.handover import join

        join(CASES)
