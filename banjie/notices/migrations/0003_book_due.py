"""A date of a book's record is a kind of notice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_about")]

    operations = [
        migrations.AlterField(
            "notice",
            "kind",
            models.CharField(
                choices=[
                    ("escalation", "时限提醒"),
                    ("assigned", "派办"),
                    ("urged", "催办"),
                    ("reopened", "退回重办"),
                    ("extension", "延期"),
                    ("recorded_for", "代录"),
                    ("book_due", "台账到期"),
                ],
                max_length=16,
                verbose_name="种类",
            ),
        ),
    ]
