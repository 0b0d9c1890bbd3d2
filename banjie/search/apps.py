"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.search"
    verbose_name = "查找"
    default_auto_field = "django.db.models.BigAutoField"
