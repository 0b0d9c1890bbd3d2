"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.jobs"
    default_auto_field = "django.db.models.BigAutoField"
