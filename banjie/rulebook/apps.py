"""The rulebook app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RulebookConfig(AppConfig):
    """Register the room with Django and gather what rule types the rooms declare."""

    name = "banjie.rulebook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's `rules.py`, each of which adds its rule types to the registry."""
        autodiscover_modules("rules")
