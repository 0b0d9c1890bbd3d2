"""A sheet on its way in: all or nothing, in short transactions, undone as one act (U15, U21, T6)."""

from datetime import timedelta

import pytest
from django.db import transaction

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.actions import record
from banjie.ledger.models import Entry
from banjie.ledger.record import Deed
from banjie.ledger.verify import verify
from banjie.sheets import actions
from banjie.sheets.actions import Sent
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import Batch, BatchContent, ColumnMemory, State
from banjie.sheets.queries import batch_for, own_batch, sheet_of
from banjie.sheets.stamps import ground_of
from banjie.sheets.tests.factories import (
    KEY,
    LARGE,
    LI,
    MOMENT,
    OFFICE,
    OTHER_OFFICE,
    TOWN,
    WANG,
    ZHAO,
    Clerk,
    Ticking,
    advance,
    imported,
    messy_workbook,
    sent_rows,
    slip_rows,
    stamp,
    take_in,
    upload,
)
from banjie.sheets.tests.slips import Slip

pytestmark = pytest.mark.django_db


def standing():
    return sorted(Slip.objects.filter(is_void=False).values_list("number", flat=True))


def test_a_sheet_whose_columns_are_sure_is_checked_and_waits_for_the_word():
    batch = advance(take_in(slip_rows(7)))
    assert (batch.state, batch.rows, batch.faults) == (State.READY, 7, 0)
    assert standing() == []


def test_released_rows_are_written_in_chunks_and_the_content_is_gone():
    batch = imported(slip_rows(7))
    assert (batch.state, batch.rows_done, batch.rows_written) == (State.DONE, 7, 7)
    assert [chunk.rows for chunk in batch.chunks.order_by("number")] == [3, 3, 1]
    assert len(standing()) == 7
    assert not BatchContent.objects.exists()


def test_every_entry_names_the_batch_and_who_imported():
    batch = imported(slip_rows(2))
    entries = Entry.objects.filter(deed="slip.added").select_related("body")
    assert {entry.by for entry in entries} == {LI.id}
    assert all(ground_of(batch.pk) in entry.body.content for entry in entries)


def test_one_bad_cell_keeps_every_row_out():
    rows = slip_rows(4)
    rows[2][3] = "去年"
    batch = advance(take_in(rows))
    assert (batch.state, batch.faults) == (State.FAULTY, 1)
    finding = outcome_of(batch).findings[0]
    assert (finding.line_no, finding.column_key) == (3, "told_on")
    with pytest.raises(Conflict, match="有问题待改"):
        actions.start_batch(LI, batch.pk, at=MOMENT)


def test_what_the_importer_finds_is_told_with_what_the_cells_say():
    rows = slip_rows(3)
    rows[3][0] = rows[1][0]
    batch = advance(take_in(rows))
    assert "与第2行相同" in outcome_of(batch).findings[0].words


def test_nothing_of_a_sheet_lies_in_clear_in_the_database():
    batch = advance(take_in([["编号", "姓名"], ["1", "金丝雀"]]))
    content = BatchContent.objects.get(pk=batch.pk)
    assert "金丝雀".encode() not in bytes(content.table)
    assert "金丝雀".encode() not in bytes(content.outcome)


def test_an_unknown_column_is_asked_about_once_and_then_remembered_for_the_office():
    rows = [["案号", "当事人"], ["1", "周禾"]]
    batch = take_in(rows)
    assert batch.state == State.READ
    actions.match_columns(LI, batch.pk, told={0: "number", 1: "name"}, at=MOMENT)
    assert advance(batch).state == State.READY
    assert take_in(rows).state == State.CHECKING
    assert take_in(rows, office=OTHER_OFFICE).state == State.READ
    assert ColumnMemory.objects.get().office == OFFICE


def test_a_column_chosen_twice_and_one_that_is_missing_are_told():
    batch = take_in([["甲", "乙", "丙"], ["1", "2", "3"]])
    with pytest.raises(InvalidInput, match="一项只能选一列") as told:
        actions.match_columns(LI, batch.pk, told={0: "name", 1: "name", 2: ""}, at=MOMENT)
    assert set(told.value.fields) == {"column-1", "missing"}
    assert "编号" in told.value.fields["missing"]


def test_of_several_sheets_one_is_chosen():
    sent = sent_rows([], sheets={"去年": slip_rows(3), "名单": slip_rows(2)})
    batch = take_in(sent=sent)
    assert (batch.state, batch.sheet_name) == (State.READ, "去年")
    batch = actions.choose_sheet(LI, batch.pk, name="名单", at=MOMENT)
    assert sheet_of(batch, by=LI, at=MOMENT).matching.keys[0] == "number"
    with pytest.raises(NotFound):
        actions.choose_sheet(LI, batch.pk, name="别的", at=MOMENT)


def test_the_only_sheet_that_bears_the_columns_is_meant():
    batch = take_in(sent=sent_rows([], sheets={"说明": [["怎么填", "看这里"]], "名单": slip_rows(2)}))
    assert (batch.state, batch.sheet_name) == (State.CHECKING, "名单")


def test_a_pasted_block_goes_the_same_way():
    batch = advance(take_in(sent=Sent(pasted="编号\t姓名\r\n1\t周禾\r\n")))
    assert (batch.state, batch.rows) == (State.READY, 1)


def test_rows_that_stand_already_are_not_written_again():
    imported(slip_rows(4))
    batch = advance(take_in(slip_rows(5)))
    assert outcome_of(batch).unchanged == 4
    actions.start_batch(LI, batch.pk, at=MOMENT)
    assert advance(batch).rows_written == 1


def test_a_repeat_of_the_same_request_makes_no_second_batch():
    sent, key = sent_rows(slip_rows(1)), "4f8a0c9e-0000-4000-8000-000000000001"
    first, again = (
        actions.take_in_sheet(
            LI, stamp(client_key=key, content=1), importer_key=KEY, sent=sent, office=None, max_bytes=LARGE
        )
        for _ in range(2)
    )
    assert first.pk == again.pk
    assert Batch.objects.count() == 1


def test_a_refusal_in_the_middle_takes_back_what_was_written():
    batch = advance(take_in(slip_rows(8, row7="写不进")))
    actions.start_batch(LI, batch.pk, at=MOMENT)
    batch = advance(batch)
    assert batch.state == State.FAILED
    assert "这一条写不进" in batch.words
    assert "没有留下这批数据" in batch.words
    assert standing() == []


def test_a_run_that_was_cut_off_goes_on_and_writes_nothing_twice():
    """T6: the worker died between two chunks."""
    batch = advance(take_in(slip_rows(8, row5="断电")))
    actions.start_batch(LI, batch.pk, at=MOMENT)
    with pytest.raises(KeyboardInterrupt):
        advance(batch)
    assert len(standing()) == 3
    Slip.objects.update(name="人")
    _mend(batch)
    batch = advance(batch)
    assert (batch.state, batch.rows_written) == (State.DONE, 8)
    assert len(standing()) == 8


def _mend(batch):
    """Let the chunk that cut the power be written this time."""
    from banjie.sheets.kept import TABLE, table_of
    from banjie.sheets.kept import _sealed as sealed

    raw = table_of(batch)
    text = "\n".join(sheet.to_json() for sheet in raw.sheets).replace("断电", "来电")
    BatchContent.objects.filter(pk=batch.pk).update(table=sealed(batch, "table", text))
    assert TABLE


def test_advancing_what_is_done_does_nothing():
    batch = imported(slip_rows(4))
    entries = Entry.objects.count()
    assert advance(batch).state == State.DONE
    assert Entry.objects.count() == entries


def test_a_batch_that_is_stopped_while_it_runs_is_taken_back():
    batch = advance(take_in(slip_rows(8)))
    actions.start_batch(LI, batch.pk, at=MOMENT)

    class StopsAfterThree(Ticking):
        def __call__(self):
            if Slip.objects.count() == 3:
                Batch.objects.filter(pk=batch.pk, state=State.RUNNING).update(
                    state=State.VOIDING, ending=State.STOPPED
                )
            return super().__call__()

    batch = advance(batch, clock=StopsAfterThree())
    assert batch.state == State.STOPPED
    assert standing() == []


def test_stopping_before_it_runs_removes_the_content():
    batch = advance(take_in(slip_rows(2)))
    assert actions.stop_batch(LI, batch.pk, at=MOMENT).state == State.STOPPED
    assert not BatchContent.objects.exists()
    with pytest.raises(Conflict):
        actions.start_batch(LI, batch.pk, at=MOMENT)


def test_undo_takes_back_the_whole_batch_as_one_act():
    batch = imported(slip_rows(7))
    actions.undo_batch(WANG, batch.pk, at=MOMENT)
    batch = advance(batch, by=WANG)
    assert batch.state == State.UNDONE
    assert standing() == []
    assert Entry.objects.get(deed="sheet.undone").by == WANG.id
    with pytest.raises(Conflict, match="已撤销"):
        actions.undo_batch(LI, batch.pk, at=MOMENT)


def test_undo_is_refused_for_rows_touched_since_and_names_them():
    batch = imported(slip_rows(7))
    slip = Slip.objects.get(number="20260002")
    with transaction.atomic():
        record(Deed("slip.changed", slip, changes={"name": "改过"}), stamp(WANG))
    actions.undo_batch(LI, batch.pk, at=MOMENT)
    batch = advance(batch)
    assert batch.state == State.DONE
    assert "20260002" in batch.words
    assert len(standing()) == 7


def test_undone_rows_can_be_imported_again():
    batch = imported(slip_rows(3))
    actions.undo_batch(LI, batch.pk, at=MOMENT)
    advance(batch)
    assert imported(slip_rows(3)).rows_written == 3


def test_a_bug_while_writing_takes_everything_back():
    batch = advance(take_in(slip_rows(4)))
    actions.start_batch(LI, batch.pk, at=MOMENT)
    failed = actions.fail_batch(batch.pk, at=MOMENT)
    assert (failed.state, failed.ending) == (State.VOIDING, State.FAILED)
    assert advance(batch).state == State.FAILED


def test_the_ledger_holds_after_import_and_undo():
    batch = imported(slip_rows(4))
    actions.undo_batch(LI, batch.pk, at=MOMENT)
    advance(batch)
    assert verify(TOWN).findings == []


def test_what_waited_for_a_week_is_forgotten():
    batch = advance(take_in(slip_rows(2)))
    later = MOMENT + timedelta(days=8)
    assert actions.expire_batches(TOWN, before=later - timedelta(days=7), at=later) == 1
    batch.refresh_from_db()
    assert batch.state == State.STOPPED
    assert not BatchContent.objects.exists()


def test_the_content_is_for_its_maker_and_the_batch_for_the_town():
    batch = take_in(slip_rows(1))
    assert batch_for(WANG, batch.pk) == batch
    with pytest.raises(NotFound, match="内容只有他本人"):
        own_batch(WANG, batch.pk)
    for stranger in (ZHAO, Clerk(id=ZHAO.id, deeds=frozenset())):
        with pytest.raises(NotFound):
            batch_for(stranger, batch.pk)


def test_who_may_not_import_this_kind_is_refused():
    nobody = Clerk(id=WANG.id, deeds=frozenset())
    with pytest.raises(NotFound, match="您的岗位不能用它"):
        take_in(slip_rows(1), by=nobody)
    batch = advance(take_in(slip_rows(1)))
    with pytest.raises((NotAllowed, NotFound)):
        actions.start_batch(Clerk(deeds=frozenset()), batch.pk, at=MOMENT)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.4", "a.pdf", "请上传 Excel"),
        (b"", "a.xlsx", "空的"),
        (b"hello there", "a.xlsx", "内容却不是"),
    ],
)
def test_what_is_no_sheet_is_refused_at_its_field(content, name, words):
    with pytest.raises(InvalidInput, match=words) as refused:
        take_in(sent=Sent(upload=upload(content, name)))
    assert "upload" in refused.value.fields


def test_nothing_sent_and_secrets_pasted_are_refused():
    with pytest.raises(InvalidInput, match="没有选文件"):
        take_in(sent=Sent())
    with pytest.raises(InvalidInput, match="密级"):
        take_in(sent=Sent(pasted="编号\t内容\n1\t机密★10年"))


def test_a_filled_in_template_goes_straight_to_be_checked():
    """Its second page says how to fill it in, and is no list."""
    from banjie.sheets.tests.slips import COLUMNS
    from banjie.sheets.writing.template import write_template

    batch = take_in(sent=Sent(upload=upload(write_template("便条", COLUMNS))))
    assert (batch.sheet_name, batch.rows) == ("便条", 0)


def test_the_messy_ledger_is_read_with_its_two_bad_cells():
    told = messy_workbook()
    batch = take_in(sent=Sent(upload=upload(told.content)))
    keys = {1: "number", 2: "name", 4: "told_on", 5: "text"}
    actions.match_columns(LI, batch.pk, told=keys, at=MOMENT)
    batch = advance(batch)
    assert batch.rows == len(told.letters)
    assert tuple(finding.line_no for finding in outcome_of(batch).findings) == told.bad_lines
