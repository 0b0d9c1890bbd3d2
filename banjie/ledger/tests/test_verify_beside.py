import pytest
from django.db import connection

from banjie.ledger.actions import seal
from banjie.ledger.guards import lower_guards
from banjie.ledger.record import Deed
from banjie.ledger.tests.papers import DAY, MODELS, TOWN, Note, Paper, new_paper, write
from banjie.ledger.verify import verify
from banjie.ledger.verify.folds import spans

pytestmark = pytest.mark.usefixtures("may_be_emptied")
TRICKS = (
    "UPDATE ledger_paper SET title = '偷改' WHERE title = '第3件'",
    "UPDATE ledger_note SET paper_id = (SELECT id FROM ledger_paper WHERE title = '第1件') WHERE text = '到过第6件'",
    "DELETE FROM ledger_note WHERE text = '到过第7件'",
    "UPDATE ledger_entry SET deed = 'x' WHERE seq = 2",
    "UPDATE ledger_seal SET root = hash",
)


def a_long_ledger():
    papers = [new_paper(title=f"第{n}件", phone=f"1380000{n:04d}") for n in range(8)]
    for paper in papers:
        write(
            Deed("paper.noted", paper, parts=[(Note(town=TOWN, paper=paper, text=f"到过{paper.title}"), {})])
        )
    seal(TOWN, at=DAY)
    return papers


def test_processes_that_share_the_work_find_what_one_finds():
    a_long_ledger()
    shared = verify(TOWN, models=MODELS, processes=2, share=3)
    assert (shared.entries, shared.rows, shared.findings) == (16, 16, [])
    stranger = Paper(town=TOWN, title="塞进来的")
    stranger.save()
    lower_guards(connection)
    with connection.cursor() as cursor:
        for trick in TRICKS:
            cursor.execute(trick)
    shared, alone = verify(TOWN, models=MODELS, processes=2, share=3), verify(TOWN, models=MODELS)
    assert len(shared.findings) == len(TRICKS) + 2, "the seal is named twice, and the stranger was no trick"
    assert (shared.entries, shared.rows) == (alone.entries, alone.rows) == (16, 15)
    assert set(shared.findings) == set(alone.findings)


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_every_subject_lies_in_one_share(size):
    papers = a_long_ledger()
    shares = list(spans(size))
    assert (shares[0].after, shares[-1].upto) == (None, None)
    assert [share.after for share in shares[1:]] == [share.upto for share in shares[:-1]]
    assert len(shares) == {1: 9, 2: 9, 5: 3, 100: 1}[size]
    assert all(sum(holds(share, paper.pk) for share in shares) == 1 for paper in papers)


def holds(share, one):
    """Ids are in order as SQLite's digits and as PostgreSQL's own."""
    after, upto = (str(end or "").replace("-", "") for end in share)
    return after < one.hex and (not upto or one.hex <= upto)
