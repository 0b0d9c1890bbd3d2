"""Where sessions lie: Django's own table, read by a statement that is written once (ADR 0064)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from banjie.base.written_once import WrittenOnce

_by_key = WrittenOnce(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(db.SessionStore):
    """Django's store but for the reading, which every request pays."""

    def _get_session_from_db(self) -> Session | None:
        """Return the session that still lives; without one the next request begins anew."""
        found = _by_key.first(self.session_key) if self.session_key else None
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
