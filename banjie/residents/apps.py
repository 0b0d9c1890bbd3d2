"""The residents app."""

from importlib import import_module

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Register the room with Django, and its fact."""

    name = "banjie.residents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what figures may count of residents; models can only be read once every app is loaded."""
        import_module("banjie.residents.counting")
