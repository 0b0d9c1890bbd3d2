"""An approved leave of the book makes the absence by which others stand in, in the same deed (S-006, S-235)."""

from datetime import timedelta

import pytest

from banjie.base.clock import day_span
from banjie.base.errors import Conflict, NotAllowed
from banjie.books import actions
from banjie.books.declaration import read_book
from banjie.books.models import Record
from banjie.cases.tests.factories import DAY, Office, open_office
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.ledger.verify import verify
from banjie.people.actions import appoint, take_leave
from banjie.people.models import Absence, AbsenceReason, Post
from banjie.people.queries import founder_of, who_stands_in
from banjie.rulebook.findings import BadText
from banjie.rulebook.shelf import SHIPPED
from banjie.rulebook.text import Section, parse_text

pytestmark = pytest.mark.django_db
LEAVES = (SHIPPED / "books/leaves.md").read_text(encoding="utf-8")
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    office = open_office()
    founder = founder_of(office.town)
    post = Post.objects.get(holder_a_id=office.people["li"].pk)
    appoint(
        founder,
        stamp(founder),
        post_id=post.pk,
        holder_a=post.holder_a_id,
        holder_b=office.people["wang"].pk,
    )
    actions.wake("leaves", actor=office.he, stamp=stamp(office.he))
    return office


def stamp(actor, *, hours: float = 0) -> Stamp:
    at = DAY + timedelta(hours=hours)
    return Stamp(by=actor.id, happened_at=at, recorded_at=at)


def ask(office: Office, **changes: object) -> Record:
    told = {
        "starts_on": "2026-09-29",
        "ends_on": "2026-10-01",
        "staff": str(office.people["li"].pk),
        "kind": "annual",
        "days": "3",
        "state": "asked",
    }
    return actions.write("leaves", {**told, **changes}, actor=office.li, stamp=stamp(office.li))


def approve(office: Office, row: Record, by: str = "wu", **changes: object) -> Record:
    actor = getattr(office, by)
    told = {"state": "granted", "approved_by": str(office.people["wu"].pk), **changes}
    return actions.amend(row.pk, told, actor=actor, stamp=stamp(actor))


def answering(office: Office, day: int) -> str:
    at = DAY.replace(day=day, hour=2)
    return who_stands_in(office.people["li"].pk, at=at).staff.name


def test_b_answers_once_the_leave_is_approved_and_until_he_is_back(office):
    row = ask(office)
    assert answering(office, 29) == "李建国"
    approve(office, row)
    newest = Entry.objects.filter(town=office.town).order_by("-seq")[:2]
    assert [one.deed for one in reversed(newest)] == ["record.amended", "absence.begun"]
    assert [answering(office, day) for day in (28, 29, 30)] == ["李建国", "王芳", "王芳"]
    actions.amend(
        row.pk, {"state": "back", "returned_on": "2026-09-30"}, actor=office.li, stamp=stamp(office.li)
    )
    assert [answering(office, day) for day in (29, 30)] == ["王芳", "李建国"]
    assert Absence.objects.get().record_id == row.pk
    assert verify(office.town).findings == []


def test_a_void_record_undoes_the_absence(office):
    row = approve(office, ask(office, kind="sick"))
    assert Absence.objects.get().reason == AbsenceReason.SICK
    actions.void(row.pk, actor=office.wu, stamp=stamp(office.wu), reason="记错了人")
    assert answering(office, 30) == "李建国"
    approve(office, ask(office))
    assert answering(office, 30) == "王芳"


def test_nobody_approves_his_own_leave_or_stretches_it(office):
    row = ask(office)
    with pytest.raises(NotAllowed, match="不能记自己的"):
        approve(office, row, by="li")
    with pytest.raises(NotAllowed):
        ask(office, state="granted", approved_by=str(office.people["wu"].pk))
    assert not Absence.objects.exists()
    approve(office, row)
    with pytest.raises(NotAllowed):
        actions.amend(row.pk, {"ends_on": "2026-10-09"}, actor=office.li, stamp=stamp(office.li))
    row.refresh_from_db()
    assert row.values["ends_on"] == "2026-10-01"


def test_a_and_b_are_not_both_away_unless_whoever_approves_takes_it(office):
    begins, ends = day_span((DAY + 48 * HOUR).date())
    take_leave(office.wang, stamp(office.wang), staff_id=office.wang.id, from_at=begins, until_at=ends)
    row = ask(office)
    with pytest.raises(Conflict, match="不能同时离岗"):
        approve(office, row)
    row.refresh_from_db()
    assert row.state == "asked"
    approve(office, row, head_covers="是")
    assert answering(office, 30) == "吴强"


def test_leave_that_is_over_when_it_is_written_moves_nobody(office):
    row = ask(office, starts_on="2026-09-01", ends_on="2026-09-03")
    approve(office, row)
    assert not Absence.objects.exists()


def test_a_book_tells_who_is_away_by_fields_that_are_there():
    for old, new, sentence in (
        ('staff = "staff"\nfrom', 'staff = "reason"\nfrom', "absence 的 staff 不是"),
        ('while = ["granted", "back"]\nby', 'while = ["gone"]\nby', "absence 的 while 里没有 gone"),
        ('by = ["unit_head", "dispatcher", "town_leader"]', "by = []", "absence 没有写 by"),
        ('sick = "sick"', 'sick = "ill"', "absence 的 reasons 里没有 ill"),
    ):
        changed = LEAVES.replace(old, new)
        assert changed != LEAVES
        with pytest.raises(BadText, match=sentence):
            read_book(parse_text(Section.BOOKS, "leaves", source=changed, file="books/leaves.md"))
