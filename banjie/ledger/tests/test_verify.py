import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from banjie.ledger.actions import erase, seal
from banjie.ledger.guards import lower_guards
from banjie.ledger.models import Entry
from banjie.ledger.record import Deed
from banjie.ledger.tests.papers import DAY, MODELS, TOWN, Note, Paper, new_paper, stamp, write
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
    ],
)
def test_a_ledger_tampered_with_is_found(tamper):
    a_town_at_work()
    lower_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute(tamper)
    assert found()


def test_erasing_is_not_tampering():
    paper = a_town_at_work()[1]
    erase(paper, changes={"phone": "", "title": ""}, words="依申请", stamp=stamp(minutes=60))
    assert found() == []


def test_a_change_by_sql_after_erasing_is_still_found():
    paper = a_town_at_work()[1]
    erase(paper, changes={"phone": "", "title": ""}, words="依申请", stamp=stamp(minutes=60))
    Paper._base_manager.filter(pk=paper.pk).update(title="又填上")
    assert [(f.row, f.column) for f in found()] == [(paper.ledger_key, "title")]


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
