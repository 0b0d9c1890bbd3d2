"""The rulebook app."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.rulebook"
    default_auto_field = "django.db.models.BigAutoField"
