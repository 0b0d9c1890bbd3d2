"""The table of documents, and the index of the database system beside it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from banjie.search.engines import engine_of


def put_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    engine_of(editor.connection.vendor).put_up(editor.connection)


def take_down(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    engine_of(editor.connection.vendor).take_down(editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, verbose_name="次序")),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
                ("town", models.CharField(max_length=9, verbose_name="乡镇区划代码")),
                ("subject_id", models.UUIDField(verbose_name="对象编号")),
            ],
            options={
                "verbose_name": "查找目录",
                "constraints": [
                    models.UniqueConstraint(fields=("subject_id", "kind"), name="document_subject_once")
                ],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
