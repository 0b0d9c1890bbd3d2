import pytest
from django.db import connection

from banjie.ledger.tests.papers import Note, Paper


@pytest.fixture(scope="session", autouse=True)
def _tables_of_the_room_s_own_models(django_db_setup, django_db_blocker):
    """The ledger knows no case, so its tests stand on a small model of their own."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Paper)
        editor.create_model(Note)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Note)
        editor.delete_model(Paper)
