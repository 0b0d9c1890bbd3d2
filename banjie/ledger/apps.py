"""The ledger app."""

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models.signals import post_migrate

from banjie.base.ids import new_id


class LedgerConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """See to it that a database whose tables were made or emptied has a mark."""
        post_migrate.connect(_set_mark, sender=self)


def _set_mark(*, apps: Apps = installed, **_: object) -> None:
    """Give the database its first mark, without which nothing is kept (see kept.py)."""
    try:
        marks = apps.get_model("ledger", "KeptMark")._base_manager
    except LookupError:  # the tables are made only as far as an older release
        return
    if not marks.exists():
        marks.create(id=1, mark=new_id().hex)
