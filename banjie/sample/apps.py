"""The sample app."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.sample"
    default_auto_field = "django.db.models.BigAutoField"
