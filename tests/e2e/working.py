"""The worker as it really runs, but by the clock that the tests can move (`python -m tests.e2e.working`)."""

import os

import django
from django.utils import timezone

from banjie.config.processes import die_with_parent
from tests.e2e.serving import moved_now

if __name__ == "__main__":
    die_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banjie.config.settings")
    timezone.now = moved_now
    django.setup()
    from banjie.jobs.worker import work  # only now: its models need Django set up

    work()
