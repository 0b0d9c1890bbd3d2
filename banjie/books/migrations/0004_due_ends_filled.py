"""Dates of what has no state end to show on their day; of others they stand until their record is written again."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Let the dates of records without a state end on their day."""
    without = apps.get_model("books", "Record").objects.filter(state="")
    dues = apps.get_model("books", "RecordDue").objects.filter(record_id__in=without.values("pk"))
    dues.update(ends_on=F("due_on"))


class Migration(migrations.Migration):
    dependencies = [("books", "0003_due_ends")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
