"""The figures app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    """Register the room with Django and gather what facts the rooms declare."""

    name = "banjie.figures"
    verbose_name = "数据指标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's `facts.py`, each of which offers its facts."""
        autodiscover_modules("facts")
