"""The enterprises app."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.enterprises"
    default_auto_field = "django.db.models.BigAutoField"
