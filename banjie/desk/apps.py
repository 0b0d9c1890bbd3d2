"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.desk"
    default_auto_field = "django.db.models.BigAutoField"
