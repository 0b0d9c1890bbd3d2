"""Refuse UPDATE and DELETE of entries and seals by trigger, on both engines."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from banjie.ledger.guards import lower_guards, raise_guards


def put_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    raise_guards(editor.connection)


def take_down(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    lower_guards(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_ledger")]

    operations = [migrations.RunPython(put_up, take_down)]
