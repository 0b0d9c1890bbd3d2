"""What the worker does for a form: old formats go through LibreOffice; new ones are read in the request."""

from uuid import UUID

from django_tasks import task

from banjie.base.clock import local_day, now
from banjie.cases.settings import quotas
from banjie.cases.towns import covered_as_in
from banjie.people.queries import actor_for
from banjie.reports.actions import read_received
from banjie.reports.asked.opening import NEW_SORT
from banjie.reports.models import AskedForm, FormState
from banjie.rulebook.queries import rules_on


@task()
def read(form_id: str) -> None:
    """Read a form for whoever received it."""
    form = AskedForm.objects.get(pk=UUID(form_id))
    with covered_as_in(form.town, at=now()):
        _read(form)


def go_on(form: AskedForm) -> None:
    """Have a form read: at once where it is of a new format, else by the worker, with progress (U21)."""
    if form.state != FormState.READING:
        return
    if NEW_SORT[form.sort] == form.sort:
        _read(form)
    else:
        read.enqueue(str(form.pk))


def _read(form: AskedForm) -> None:
    at = now()
    limits = quotas(rules_on(form.town, local_day(at)))
    read_received(form.pk, by=actor_for(form.received_by, at=at), at=at, quotas=limits)
