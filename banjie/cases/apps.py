"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.cases"
    default_auto_field = "django.db.models.BigAutoField"
