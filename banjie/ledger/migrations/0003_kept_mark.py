from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="KeptMark",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=32, verbose_name="标记")),
            ],
            options={"verbose_name": "常用资料标记"},
        ),
    ]
