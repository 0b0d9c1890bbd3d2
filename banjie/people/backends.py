"""Who is logged in: Django's own backend, but for the reading of the person by a statement written once (ADR 0064)."""

from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from banjie.base.written_once import WrittenOnce
from banjie.people.models import Staff

_by_id = WrittenOnce(lambda staff_id: Staff.objects.filter(pk=staff_id), UUID)


class StaffBackend(ModelBackend):
    """Django's backend of log-ins and passwords; the person of a session is read at every request."""

    def get_user(self, user_id: UUID) -> Staff | None:
        """Return the person of a session, or None when he may no longer log in."""
        person = _by_id.first(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
