"""Writers of a SQLite file wait for their turn in a queue, and one who waits in vain is told so in words (ADR 0014)."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from banjie.cases.tests.factories import registered
from banjie.config.sqlite import base
from banjie.config.sqlite.turns import Turn, turn_at
from banjie.desk.tests.cases_office import browser, open_today, send
from banjie.worktime.models import CalendarNotice

only_sqlite = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "banjie.config.sqlite", reason="PostgreSQL queues by itself"
)


def own_turn() -> Turn:
    return turn_at(str(Path(connection.settings_dict["NAME"]).resolve()))


def test_another_process_waits_until_the_turn_is_given_back(tmp_path):
    ours, theirs = Turn(tmp_path / "town.turn"), Turn(tmp_path / "town.turn")
    assert ours.take(patience=0)
    assert not theirs.take(patience=0.01)
    ours.give_back()
    assert theirs.take(patience=0.01)


def test_another_thread_waits_too_and_one_that_waited_in_vain_leaves_the_turn_free(tmp_path):
    turn = Turn(tmp_path / "town.turn")
    assert turn.take(patience=0)
    assert not turn.take(patience=0.01)
    turn.give_back()
    assert turn.take(patience=0)


def test_who_writes_again_and_again_lets_another_process_in_between(tmp_path):
    ours, theirs = Turn(tmp_path / "town.turn"), Turn(tmp_path / "town.turn")
    came = threading.Event()

    def wait_for_it():
        theirs.take(patience=20)
        came.set()
        theirs.give_back()

    assert ours.take(patience=0)
    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    while not is_locked(tmp_path / "town.turn.next"):
        pass
    ours.give_back()
    assert ours.take(patience=20)
    assert came.is_set()
    ours.give_back()
    waiting.join()


def is_locked(path):
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@only_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_every_end_of_a_transaction_gives_the_turn_back(end):
    if end == "close":
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.close()
    elif end == "commit":
        with transaction.atomic():
            CalendarNotice.objects.exists()
    else:
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
    assert own_turn().take(patience=0)
    own_turn().give_back()


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_all_of_a_crowd_get_their_turn():
    done = []

    def write(number):
        with transaction.atomic():
            done.append(number)
        connections.close_all()

    crowd = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(done) == list(range(12))


@only_sqlite
@pytest.mark.usefixtures("may_be_emptied")
def test_who_waits_in_vain_is_told_in_words_and_nothing_is_lost(monkeypatch):
    office = open_today()
    case = registered(office)
    chen = browser(office, "chen")
    monkeypatch.setattr(base, "PATIENCE", 0.01)
    assert own_turn().take(patience=1)
    refused = send(chen, case, "accept")
    own_turn().give_back()
    assert refused.status_code == 503
    assert "没有办成" in refused.content.decode()
    assert send(chen, case, "accept").status_code == 302
