"""The files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.files"
    default_auto_field = "django.db.models.BigAutoField"
