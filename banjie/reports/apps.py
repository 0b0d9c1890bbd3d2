"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Register the room with Django; its texts are gathered with the rulebook's rules."""

    name = "banjie.reports"
    verbose_name = "文稿"
    default_auto_field = "django.db.models.BigAutoField"
