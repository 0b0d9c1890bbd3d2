"""Writing the index: joined texts, forgetting, filling anew."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from banjie.base.ids import new_id
from banjie.search.actions import forget, index, reindex
from banjie.search.models import Document
from banjie.search.queries import is_left_empty, matching
from banjie.search.tests.factories import KIND, TOWN, notes

pytestmark = pytest.mark.django_db


def found(words):
    return matching(KIND, TOWN, words)


def test_later_words_join_the_earlier_ones():
    with notes() as kept:
        lamp, tap = kept.write("村口路灯不亮"), kept.write("水管漏水")
        with transaction.atomic():
            index(KIND, lamp, TOWN, "已换灯泡，路灯亮了")
        assert found("灯泡 不亮") == [lamp]
        assert found("漏水") == [tap]
        assert Document.objects.count() == 2


def test_what_is_forgotten_is_found_by_none_of_its_words():
    with notes() as kept:
        lamp, other = kept.write("村口路灯不亮"), kept.write("路灯太亮")
        with transaction.atomic():
            index(KIND, lamp, TOWN, "已换灯泡")
            kept.kept[lamp] = type(kept.kept[lamp])(lamp, TOWN, ["村口路灯不亮", "已换灯泡"])
            forget(KIND, lamp)
        assert found("路灯") == [other]
        assert not found("灯泡")
        assert not found("村")
        assert Document.objects.count() == 1


def test_a_row_that_takes_the_place_of_a_forgotten_one_has_none_of_its_words():
    with notes() as kept:
        lamp = kept.write("村口路灯不亮")
        with transaction.atomic():
            forget(KIND, lamp)
        later = kept.write("水管漏水")
        assert found("路灯") == []
        assert found("漏水") == [later]


def test_words_of_a_deed_that_failed_are_not_found():
    with notes() as kept:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            kept.write("村口路灯不亮")
            raise ZeroDivisionError
        assert found("路灯") == []


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_deed_is_refused():
    with pytest.raises(RuntimeError):
        index(KIND, new_id(), TOWN, "路灯")


def test_a_text_of_signs_alone_takes_no_place():
    with notes() as kept:
        kept.write("……！")
        assert not Document.objects.exists()


def test_filling_anew_finds_what_was_found_before():
    with notes() as kept:
        past = kept.write("从前的路灯", is_past=True)
        wrote = [kept.write(f"路灯{n}号") for n in range(3)]
        before = found("路灯")
        steps = list(reindex())
        assert found("路灯") == before == [*reversed(wrote), past]
        assert [step.done for step in steps] == [1, 2, 3, 4]


def test_the_command_says_how_many_it_filled_in(capsys):
    with notes() as kept:
        kept.write("路灯")
        call_command("reindex")
        assert "便条 1 件" in capsys.readouterr().out
        assert len(found("路灯")) == 1


def test_only_an_empty_index_beside_written_rows_asks_to_be_filled():
    with notes() as kept:
        assert not is_left_empty()
        kept.write("路灯")
        assert not is_left_empty()
        Document.objects.all().delete()
        assert is_left_empty()


def test_the_index_holds_no_text_beside_its_tokens():
    """T19: nothing can be read back from it in its order."""
    with notes() as kept:
        kept.write("孤雁飞过沙鸥里九号")
        table = "search_words_data" if connection.vendor == "sqlite" else "search_document"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            told = [cell for row in cursor.fetchall() for cell in row]
        written = [cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell) for cell in told]
        assert not any("雁飞过" in cell for cell in written)
