import random

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from banjie.ledger.actions import erase, seal
from banjie.ledger.guards import lower_guards
from banjie.ledger.models import Entry
from banjie.ledger.record import Deed
from banjie.ledger.tests.papers import (
    DAY,
    LATER_MODELS,
    MODELS,
    TOWN,
    LaterPaper,
    Note,
    Paper,
    add_later_columns,
    new_paper,
    stamp,
    write,
)
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db


def found():
    return verify(TOWN, models=MODELS).findings


def a_town_at_work():
    papers = [new_paper(title=f"第{n}件", phone=f"1380000{n:04d}", marks={"n": n}) for n in range(6)]
    for paper in papers[:3]:
        write(Deed("paper.corrected", paper, changes={"pages": 4, "phone": "13900000000", "due_at": DAY}))
        write(Deed("paper.noted", paper, parts=[(Note(town=TOWN, paper=paper, text="到过现场"), {})]))
    seal(TOWN, at=DAY)
    write(Deed("paper.corrected", papers[0], changes={"is_urgent": True}), minutes=3)
    return papers


def test_an_honest_town_has_nothing_to_find():
    a_town_at_work()
    report = verify(TOWN, models=MODELS)
    assert report.findings == []
    assert (report.entries, report.rows) == (13, 9)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "偷改"),
        ("pages", 5),
        ("phone", "13700000000"),
        ("is_urgent", 1),
        ("due_at", None),
        ("marks", '{"n": 9}'),
        ("number", "ZL202600099"),
    ],
)
def test_a_column_changed_by_sql_is_named_with_its_row(column, value):
    """T9: the row and the column that differ are found, and nothing else is."""
    paper = a_town_at_work()[1]
    with connection.cursor() as cursor:
        value = bool(value) if column == "is_urgent" else value
        cursor.execute(f"UPDATE ledger_paper SET {column} = %s WHERE number = %s", [value, paper.number])
    (finding,) = found()
    assert (finding.row, finding.column) == (paper.ledger_key, column)


def test_a_column_added_later_has_its_default_until_an_entry_says_otherwise():
    a_town_at_work()
    add_later_columns()
    later = LaterPaper.objects.get(title="第1件")
    write(Deed("paper.shelved", later, changes={"shelf": "乙架", "score": None}))
    assert verify(TOWN, models=LATER_MODELS).findings == []


@pytest.mark.parametrize("title", ["第1件", "第4件", "新来的"])
@pytest.mark.parametrize(
    "change", [{"shelf": "丙架"}, {"shelf": ""}, {"score": 8}, {"score": 7}, {"score": None}]
)
def test_a_column_added_later_that_was_changed_by_sql_is_found(title, change):
    """In a row from before that an entry named since, in one that none did, and in a new one."""
    a_town_at_work()
    add_later_columns()
    write(Deed("paper.shelved", LaterPaper.objects.get(title="第1件"), changes={"shelf": "乙架", "score": 3}))
    write(Deed("paper.opened", LaterPaper(town=TOWN, title="新来的", score=None)))
    row = LaterPaper._base_manager.filter(title=title)
    was = row.values(*change).get()
    row.update(**change)
    named = [(f.row.rpartition(":")[2], f.column) for f in verify(TOWN, models=LATER_MODELS).findings]
    assert named == ([] if was == change else [(str(row.get().pk), next(iter(change)))])


def test_a_part_put_under_another_subject_is_found_once():
    a_town_at_work()
    note, other = Note.objects.first(), Paper.objects.get(title="第5件")
    Note._base_manager.filter(pk=note.pk).update(paper=other)
    assert [(f.row, f.column) for f in found()] == [(note.ledger_key, "paper_id")]


def test_a_row_put_into_another_town_is_found_in_both():
    paper = a_town_at_work()[4]
    Paper._base_manager.filter(pk=paper.pk).update(town="990011102")
    assert [(f.row, f.column) for f in found()] == [(paper.ledger_key, "town")]
    assert [f.message for f in verify("990011102", models=MODELS).findings] == ["表里有这一行，却没有留痕"]


def test_rows_put_in_or_taken_out_by_sql_are_found():
    papers = a_town_at_work()
    Paper._base_manager.filter(pk=papers[5].pk).delete()
    stranger = Paper(town=TOWN, title="塞进来的")
    stranger.save()
    assert {(f.row, f.message) for f in found()} == {
        (papers[5].ledger_key, "留痕里有这一行，表里没有"),
        (stranger.ledger_key, "表里有这一行，却没有留痕"),
    }


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE ledger_entry SET deed = 'x' WHERE seq = 4",
        "UPDATE ledger_entry SET recorded_at = happened_at, happened_at = recorded_at, seq = 40 WHERE seq = 4",
        "DELETE FROM ledger_entry WHERE seq = 4",
        "DELETE FROM ledger_entry WHERE seq = 13",
        "UPDATE ledger_entrybody SET content = replace(content, '到过现场', '没有去过')",
        "DELETE FROM ledger_entrybody",
        "UPDATE ledger_seal SET root = hash",
        "DELETE FROM ledger_chainhead",
        "UPDATE ledger_chainhead SET seq = 12",
    ],
)
def test_a_ledger_tampered_with_is_found(tamper):
    a_town_at_work()
    lower_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute(tamper)
    assert found()


def erased():
    paper = a_town_at_work()[1]
    note = Note.objects.get(paper=paper)
    cleared = {"phone": "", "title": ""}
    erase(paper, changes=cleared, parts=[(note, {"text": ""})], words="依申请", stamp=stamp(minutes=60))
    return paper, note


def test_erasing_is_not_tampering():
    erased()
    assert found() == []


@pytest.mark.parametrize("change", [{"title": "又填上"}, {"pages": 9}, {"number": "ZL202600099"}])
def test_a_change_by_sql_after_erasing_is_still_found(change):
    """Also in a column that the erasing itself left alone."""
    paper, _ = erased()
    Paper._base_manager.filter(pk=paper.pk).update(**change)
    assert [(f.row, f.column) for f in found()] == [(paper.ledger_key, next(iter(change)))]


def test_erasing_forgets_no_row_of_the_subject():
    paper = a_town_at_work()[1]
    with pytest.raises(RuntimeError, match="leaves out"):
        erase(paper, changes={"title": ""}, words="依申请", stamp=stamp(minutes=60))


def test_a_tail_cut_off_with_the_head_set_back_is_found_by_a_printed_code():
    """T9: an older copy is whole in itself; only a root that has left the machine tells."""
    a_town_at_work()
    code = seal(TOWN, at=DAY).code
    assert verify(TOWN, models=MODELS, codes=[code.lower()]).findings == []
    lower_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_seal WHERE to_seq = 13")
    (finding,) = verify(TOWN, models=MODELS, codes=[code]).findings
    assert code in finding.message


def test_a_row_of_a_town_that_has_no_ledger_is_found():
    Paper(town="990011199", title="塞进来的").save()
    assert [f.message for f in verify("990011199", models=MODELS).findings] == ["表里有这一行，却没有留痕"]


def test_true_in_the_place_of_one_is_found():
    paper = new_paper(marks={"n": 1})
    Paper._base_manager.filter(pk=paper.pk).update(marks={"n": True})
    assert [(f.row, f.column) for f in found()] == [(paper.ledger_key, "marks")]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite stores what is not of the column's type"
)
@pytest.mark.parametrize("value", ["'{\"n\": 1.5}'", "x'00ff'", "CAST(x'ff' AS TEXT)", "-5", "2.5"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("paper", "marks"),
        ("paper", "id"),
        ("paper", "title"),
        ("paper", "due_at"),
        ("paper", "is_urgent"),
        ("entry", "recorded_at"),
        ("entry", "subject_id"),
        ("entry", "seq"),
        ("entry", "hash"),
        ("entrybody", "salt"),
        ("entrybody", "content"),
        ("seal", "root"),
        ("seal", "sealed_at"),
    ],
)
def test_what_cannot_be_read_any_more_is_found_too(table, column, value):
    a_town_at_work()
    lower_guards(connection)
    chosen = {
        "paper": "title = '第4件'",
        "entrybody": "entry_id = (SELECT id FROM ledger_entry WHERE seq = 4)",
        "seal": "to_seq = 12",
    }.get(table, "seq = 4")
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"UPDATE ledger_{table} SET {column} = {value} WHERE {chosen}")
        except IntegrityError:
            return  # the database itself refuses it, as it does JSON that is none
    assert found()


def test_the_command_says_so_and_fails():
    with pytest.raises(CommandError, match="不符"):
        new_paper()
        lower_guards(connection)
        Entry.objects.all().update(article="x")
        call_command("verify", TOWN)


COLUMNS = {
    "title": st.text(max_size=20).filter(lambda t: "\x00" not in t),
    "pages": st.integers(0, 1000),
    "is_urgent": st.booleans(),
    "due_at": st.none() | st.just(DAY),
    "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    "marks": st.dictionaries(st.text("abc", max_size=3), st.integers(0, 9), max_size=3),
}
CHANGES = st.fixed_dictionaries({}, optional=COLUMNS)


class AnyHistory(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=st.lists(st.tuples(st.integers(0, 2), CHANGES), max_size=12), seed=st.integers(0, 99))
    def test_any_history_verifies_and_any_single_change_is_named(self, history, seed):
        papers = [new_paper() for _ in range(3)]
        for which, changes in history:
            write(Deed("paper.corrected", papers[which], changes=changes))
        assert found() == []
        chosen = random.Random(seed).choice(papers)
        Paper._base_manager.filter(pk=chosen.pk).update(pages=chosen.pages + 1)
        assert [(f.row, f.column) for f in found()] == [(chosen.ledger_key, "pages")]
