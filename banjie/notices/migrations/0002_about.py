"""A notice says what it is about; where that is shown is for a face to know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.RenameField("notice", "link", "about"),
        migrations.AlterField(
            "notice", "about", models.CharField(blank=True, max_length=120, verbose_name="关于")
        ),
    ]
