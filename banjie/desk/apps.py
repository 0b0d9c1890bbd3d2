"""The desk app."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the room with Django and its part in handovers, and let log-in obey the rulebook's numbers."""

    name = "banjie.desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand the numbers of the lock-out and the drafts to people, once models can be imported."""
        lockout = import_module("banjie.people.lockout")
        lockout.read_policy_from(import_module("banjie.desk.numbers").lockout_policy)
        import_module("banjie.people.handover").join(import_module("banjie.desk.drafts.handover").DRAFTS)
