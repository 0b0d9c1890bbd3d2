"""The ledger app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.ledger"
    default_auto_field = "django.db.models.BigAutoField"
