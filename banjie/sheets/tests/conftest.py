import pytest
from django.db import connection

from banjie.sheets.declared import IMPORTERS
from banjie.sheets.tests.slips import KEY, SLIPS, Slip


@pytest.fixture(scope="session", autouse=True)
def _table_of_slips(django_db_setup, django_db_blocker):
    """Sheets knows no room above it, so its tests stand on a small table of their own."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Slip)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Slip)


@pytest.fixture(autouse=True)
def _slips_can_be_imported():
    IMPORTERS[KEY] = SLIPS
    yield
    del IMPORTERS[KEY]
