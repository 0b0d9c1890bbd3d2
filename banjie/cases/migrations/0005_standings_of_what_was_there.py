"""Give every case that was there its row of today, from its own columns; what ended without a moment, its last step's."""

from datetime import timedelta, timezone

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEIJING = timezone(timedelta(hours=8))
BATCH = 2000
PLAIN = ("town", "state", "unit_id", "category", "division_code", "kind", "channel", "closing_kind")
STEPS = ("closed_at", "done_at", "signed_at", "assigned_at", "accepted_at", "registered_at")


def _day(moment):
    return moment.astimezone(BEIJING).date() if moment else None


def _standing(model, case):
    is_late = case.done_at > case.handle_due_at if case.done_at and case.handle_due_at else None
    ended_at = None if case.is_open else next(getattr(case, step) for step in STEPS if getattr(case, step))
    return model(
        case_id=case.pk,
        **{name: getattr(case, name) for name in PLAIN},
        received_on=_day(case.happened_at),
        registered_on=_day(case.registered_at),
        accepted_on=_day(case.accepted_at),
        done_on=_day(case.done_at),
        closed_on=_day(case.closed_at),
        ended_on=_day(ended_at),
        handle_due_on=_day(case.handle_due_at),
        is_done_late=None if is_late is None else int(is_late),
    )


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    case_model, standing_model = apps.get_model("cases", "Case"), apps.get_model("cases", "CaseStanding")
    batch = []
    for case in case_model.objects.order_by("id").iterator(chunk_size=BATCH):
        batch.append(_standing(standing_model, case))
        if len(batch) == BATCH:
            standing_model.objects.bulk_create(batch)
            batch = []
    standing_model.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_standings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
