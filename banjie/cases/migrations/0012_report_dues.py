from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_lists_are_counted_in_their_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("town", models.CharField(max_length=9, verbose_name="乡镇区划代码")),
                ("sort", models.CharField(max_length=12, verbose_name="哪一种")),
                ("due_on", models.DateField(verbose_name="应报日期")),
                ("met_on", models.DateField(null=True, verbose_name="报了的日期")),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="件",
                    ),
                ),
            ],
            options={
                "verbose_name": "进度应报",
                "indexes": [models.Index(fields=["town", "due_on"], name="report_due_by_day")],
                "constraints": [models.UniqueConstraint(fields=("case", "due_on"), name="report_due_once")],
            },
        ),
    ]
