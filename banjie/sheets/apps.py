"""The sheets app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SheetsConfig(AppConfig):
    """Register the room with Django and gather what importers the rooms declare."""

    name = "banjie.sheets"
    verbose_name = "导入导出"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's `sheets.py`, each of which declares its importers."""
        autodiscover_modules("sheets")
