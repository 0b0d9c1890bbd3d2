"""The sample town as of a fixed morning, for the pictures of the manual."""

from django.core.management import call_command
from django.utils import timezone

from banjie.config.readiness import collect_static
from tests.e2e.serving import moved_now


def found_sample() -> None:
    """Bring the schema and the static files, then the sample town by the moved clock."""
    timezone.now = moved_now
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    call_command("load_sample", verbosity=0)
