import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from banjie.base.errors import Conflict, InvalidInput
from banjie.ledger.actions import erase, once, record, record_all, seal
from banjie.ledger.merkle import holds
from banjie.ledger.models import Entry, EntryBody, Ledgered, Seal
from banjie.ledger.queries import as_of, entries_of, proof_of, told
from banjie.ledger.record import Deed
from banjie.ledger.tasks import seal_every_town
from banjie.ledger.tests.papers import (
    DAY,
    LI,
    TOWN,
    WANG,
    LaterPaper,
    Note,
    Paper,
    add_later_columns,
    key,
    new_paper,
    series,
    stamp,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_deed_writes_the_row_and_its_entry_together():
    paper = new_paper(pages=2)
    write(Deed("paper.corrected", paper, changes={"title": "路灯修好"}, words="当场看过"), minutes=5)
    paper.refresh_from_db()
    last = told(entries_of(paper))[-1]
    assert paper.title == "路灯修好"
    assert last.words == "当场看过"
    assert last.rows == {paper.ledger_key: {"title": ["路灯不亮", "路灯修好"]}}


def test_only_what_differs_is_recorded():
    paper = new_paper()
    entry = write(Deed("paper.corrected", paper, changes={"title": paper.title, "pages": 3}))
    assert told([entry])[0].rows[paper.ledger_key] == {"pages": [0, 3]}


def test_a_new_row_tells_a_column_left_empty_that_has_a_default():
    """So a column that no entry names can only be one that was added later, and holds its default."""
    add_later_columns()
    paper = LaterPaper(town=TOWN, score=None)
    entry = write(Deed("paper.opened", paper))
    rows = told([entry])[0].rows[paper.ledger_key]
    assert (rows["score"], rows["shelf"]) == ([None, None], [None, "甲架"])
    assert "due_at" not in rows


def test_every_table_can_be_read_in_the_order_of_its_subjects():
    """Verify (T9) reads it so: by a column of its own, never empty, that leads an index."""
    for model in apps.get_models():
        if not issubclass(model, Ledgered):
            continue
        assert model.ledger_subject_id is Ledgered.ledger_subject_id, model
        subject = model._meta.get_field(model.subject_column)
        leading = [index.fields[0] for index in model._meta.indexes if index.fields and not index.condition]
        assert subject.primary_key or subject.db_index or subject.name in leading, model
        assert not subject.null, model


def test_a_row_named_twice_in_one_deed_is_told_once_with_all_its_changes():
    paper = new_paper()
    note = Note(town=TOWN, paper=paper, text="一")
    write(Deed("paper.noted", paper, parts=[(note, {})]))
    entry = write(Deed("paper.noted", paper, parts=[(note, {"text": "二"}), (paper, {"pages": 2})]))
    assert told([entry])[0].rows == {
        note.ledger_key: {"text": ["一", "二"]},
        paper.ledger_key: {"pages": [0, 2]},
    }


def test_a_number_given_later_is_recorded_too():
    paper = Paper(town=TOWN, title="先来后登")
    write(Deed("paper.opened", paper))
    entry = write(Deed("paper.numbered", paper, number=series()))
    assert told([entry])[0].rows[paper.ledger_key] == {"number": ["", "ZL202600001"]}


@pytest.mark.parametrize("title", ["长" * 201, "一\x00二"])
def test_a_text_that_only_one_database_would_take_is_refused(title):
    with pytest.raises(InvalidInput) as refused:
        new_paper(title=title)
    assert set(refused.value.fields) == {"title"}


def test_a_deed_keeps_to_one_town_and_one_subject():
    paper, other = new_paper(), new_paper()
    with pytest.raises(RuntimeError, match="no part"):
        write(Deed("paper.noted", paper, parts=[(Note(town=TOWN, paper=other, text="别家"), {})]))
    with pytest.raises(RuntimeError, match="the deed is of"):
        write(Deed("paper.noted", paper, parts=[(Note(town="990011102", paper=paper, text="别镇"), {})]))


def test_entries_are_chained_without_gap():
    for _ in range(3):
        new_paper()
    entries = list(Entry.objects.filter(town=TOWN).order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]


def test_towns_have_chains_of_their_own():
    new_paper()
    new_paper(town="990011102")
    assert Entry.objects.get(town="990011102").seq == 1


def test_numbers_run_without_gap_per_year_and_a_failed_deed_takes_none():
    """T8: a number is given under the head of the chain and goes back with the transaction."""
    first = new_paper()
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Deed("paper.opened", Paper(town=TOWN), number=series()), stamp())
        raise RuntimeError
    second = new_paper()
    with transaction.atomic():
        other_year = Paper(town=TOWN)
        record(Deed("paper.opened", other_year, number=series(2027)), stamp())
    assert [first.number, second.number, other_year.number] == ["ZL202600001", "ZL202600002", "ZL202700001"]


def test_many_deeds_are_recorded_as_one_run():
    papers = [Paper(town=TOWN, title=str(n)) for n in range(5)]
    with transaction.atomic():
        entries = record_all([Deed("paper.opened", paper, number=series()) for paper in papers], stamp())
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert Paper.objects.count() == 5
    assert papers[4].number == "ZL202600005"


def test_parts_are_written_in_the_same_entry():
    paper = new_paper()
    note = Note(town=TOWN, paper=paper, text="已去看过")
    entry = write(Deed("paper.noted", paper, parts=[(note, {})]))
    assert Note.objects.get().text == "已去看过"
    assert told([entry])[0].rows[note.ledger_key]["text"] == [None, "已去看过"]


def test_a_row_that_changed_underfoot_is_a_conflict():
    """T7: the row is written only where it is still as it was read."""
    paper = new_paper()
    stale = Paper.objects.get(pk=paper.pk)
    write(Deed("paper.corrected", paper, changes={"title": "新"}))
    with pytest.raises(Conflict, match="刚被别人改动"):
        write(Deed("paper.corrected", stale, changes={"title": "旧"}))


def test_personal_columns_enter_as_salted_digests():
    """T19: nothing personal in clear in a body."""
    paper = new_paper(phone="13800005678")
    again = new_paper(phone="13800005678")
    contents = [body.content for body in EntryBody.objects.all()]
    assert not any("13800005678" in content for content in contents)
    digests = {
        json.loads(c)["rows"][p.ledger_key]["phone"][1]
        for c, p in zip(contents, (paper, again), strict=False)
    }
    assert len(digests) == 2


def test_a_repeat_gets_the_first_answer_and_other_content_is_a_conflict():
    first = stamp(client_key="k1", content={"title": "甲"})

    def open_paper():
        paper = Paper(town=TOWN, title="甲")
        record(Deed("paper.opened", paper, number=series()), first)
        return paper

    def again(pk):
        return Paper.objects.get(pk=pk)

    paper = once(first, open_paper, again=again)
    assert once(first, open_paper, again=again).pk == paper.pk
    assert Paper.objects.count() == 1
    with pytest.raises(Conflict, match="另一份内容"):
        once(stamp(client_key="k1", content={"title": "乙"}), open_paper, again=again)


def test_the_same_key_of_another_person_is_another_request():
    for person in (LI, WANG):
        write(Deed("paper.opened", Paper(town=TOWN)), by=person, client_key="k")
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("rewrite", [lambda e: e.update(deed="x"), lambda e: e.delete()])
def test_the_database_refuses_to_change_or_remove_an_entry(rewrite):
    new_paper()
    with pytest.raises(DatabaseError), transaction.atomic():
        rewrite(Entry.objects.all())


def test_as_of_undoes_what_was_recorded_later():
    paper = new_paper(pages=1)
    write(Deed("paper.corrected", paper, changes={"pages": 2}), minutes=10)
    write(Deed("paper.corrected", paper, changes={"pages": 3, "title": "改"}), minutes=20)
    assert as_of(paper, DAY + timedelta(minutes=15))["pages"] == 2
    assert as_of(paper, DAY + timedelta(minutes=15))["title"] == "路灯不亮"
    assert as_of(paper, DAY - timedelta(minutes=1)) is None


def test_as_of_goes_by_the_order_of_entries_when_the_clock_was_set_back():
    """T5."""
    paper = new_paper(pages=1)
    write(Deed("paper.corrected", paper, changes={"pages": 2}), minutes=30)
    write(Deed("paper.corrected", paper, changes={"pages": 3}), minutes=10)
    assert as_of(paper, DAY + timedelta(minutes=20))["pages"] == 3
    assert as_of(paper, DAY + timedelta(minutes=5))["pages"] == 1


def test_as_of_reads_a_part_through_its_whole():
    paper = new_paper()
    note = Note(town=TOWN, paper=paper, text="一")
    write(Deed("paper.noted", paper, parts=[(note, {})]), minutes=5)
    write(Deed("paper.noted", paper, parts=[(note, {"text": "二"})]), minutes=10)
    assert as_of(note, DAY + timedelta(minutes=6))["text"] == "一"


def test_a_seal_proves_each_entry_of_its_range():
    """T10: inclusion of an entry is proved by at most log2(n) hashes."""
    papers = [new_paper() for _ in range(7)]
    sealed = seal(TOWN, at=DAY)
    for paper in papers:
        found = proof_of(entries_of(paper).get())
        assert holds(found.entry.hash, found.proof, sealed.root)
        assert len(found.proof.path) <= 3
    assert seal(TOWN, at=DAY) is None
    new_paper()
    assert (seal(TOWN, at=DAY).from_seq, seal(TOWN, at=DAY)) == (8, None)


def test_erased_bodies_leave_the_chain_whole():
    """T19: nor does the body of the erasing itself say what stood there."""
    paper = new_paper(phone="13800005678")
    cleared = {"phone": "", "title": "（已删除）"}
    with transaction.atomic():
        erase(paper, changes=cleared, words="依申请删除", stamp=stamp(minutes=9))
    lines = told(entries_of(paper))
    assert [line.is_erased for line in lines] == [True, False]
    assert Paper.objects.get().phone == ""
    assert "路灯" not in EntryBody.objects.get().content
    assert as_of(paper, DAY + timedelta(minutes=1))["title"] == "（已删除）"
    assert as_of(paper, DAY - timedelta(minutes=1)) is None


def test_recording_outside_a_transaction_is_a_bug(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        record(Deed("paper.opened", Paper(town=TOWN)), stamp(client_key=key()))


def test_the_nightly_run_seals_each_town_once():
    new_paper()
    new_paper(town="990011102")
    seal_every_town(DAY)
    seal_every_town(DAY)
    assert sorted(Seal.objects.values_list("town", "to_seq")) == [(TOWN, 1), ("990011102", 1)]
