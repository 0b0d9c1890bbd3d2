"""What the worker does for a batch; a small one is done at once, in the request."""

from uuid import UUID

from django_tasks import task

from banjie.base.clock import now
from banjie.cases.towns import covered_as_in
from banjie.people.queries import actor_for
from banjie.sheets.actions import advance_batch, fail_batch
from banjie.sheets.declared import known_importer
from banjie.sheets.models import Batch


@task()
def advance(batch_id: str) -> None:
    """Check, write or take back a batch for whoever asked for it; after a bug it is taken back and said so."""
    batch = Batch.objects.get(pk=UUID(batch_id))
    try:
        with covered_as_in(batch.town, at=now()):
            advance_batch(batch.pk, by=actor_for(batch.asked_by, at=now()), clock=now)
    except Exception:  # the edge of the task runner: a bug in an importer must not leave half a sheet behind
        if fail_batch(batch.pk, at=now()).is_at_work:
            advance.enqueue(batch_id)
        raise


def go_on(batch: Batch) -> None:
    """Have done what a batch waits for: at once when it is small, else by the worker, with progress (U21)."""
    batch.refresh_from_db()
    if not batch.is_at_work:
        return
    if batch.rows <= known_importer(batch.importer).rows_at_once:
        advance_batch(batch.pk, by=actor_for(batch.asked_by, at=now()), clock=now)
    else:
        advance.enqueue(str(batch.pk))
