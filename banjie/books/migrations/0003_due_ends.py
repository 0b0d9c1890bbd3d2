"""A date that matters says until when it shows, so that what stands on a day is a span of an index."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("books", "0002_book_readings")]

    operations = [
        migrations.AddField(
            "recorddue",
            "ends_on",
            models.DateField(default=date.max, verbose_name="提醒到哪一天"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "recorddue",
            models.Index(fields=["town", "ends_on", "shows_on"], name="record_due_standing"),
        ),
    ]
