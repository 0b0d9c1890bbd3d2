"""The worktime app."""

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.worktime"
    default_auto_field = "django.db.models.BigAutoField"
