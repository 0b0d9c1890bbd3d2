"""The residents app."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.residents"
    default_auto_field = "django.db.models.BigAutoField"
