from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rulebook", "0006_books"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruledraft",
            name="batch_id",
            field=models.UUIDField(null=True, verbose_name="同批"),
        ),
    ]
