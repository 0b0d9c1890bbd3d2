"""What may come in, and how little is kept of what is not to be read here."""

from uuid import uuid4

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.cases import actions
from banjie.cases.actions import Assignee
from banjie.cases.models import Case
from banjie.cases.tests.factories import DONGPO, TOWN, accepted, handled, open_office, registered, set_up
from banjie.ledger.models import EntryBody
from banjie.people.queries import founder_of
from banjie.places.actions import add_grid

pytestmark = pytest.mark.django_db
ORDER = {"kind": "hotline_order", "channel": "outer"}
SLIP = {"outer_number": "GD-1", "given_due_at": "2026-10-12 18:00", "demand": "help"}


@pytest.fixture
def office(db):
    return open_office()


def test_of_a_number_only_case_the_ledger_keeps_no_word_either(office):
    """线外: not in the row, not in the entry."""
    told = {
        "title": "举报村会计",
        "text": "举报村会计挪用公款",
        "place_words": "西沟村部",
        "asker_code": "举报人甲",
    }
    case = registered(office, sensitivity="number_only", grid_id=office.grid_id, **told)
    assert (case.text, case.place_words, case.category, case.grid_id) == ("", "", "", None)
    kept = "".join(EntryBody.objects.filter(entry__subject_id=case.pk).values_list("content", flat=True))
    assert not [words for words in (*told.values(), "street_lamp") if words in kept]


def test_one_outer_number_is_registered_once(office):
    case = registered(office, **ORDER, extra=SLIP)
    with pytest.raises(Conflict, match=rf"GD-1已经登记为{case.number}"):
        registered(office, **ORDER, extra=SLIP)
    actions.void_case(case, office.occasion("he"), reason="登错了村")
    assert registered(office, **ORDER, extra=SLIP).outer_number == "GD-1"


@pytest.mark.parametrize("person", [uuid4(), None])
def test_a_case_names_only_residents_grids_and_people_of_the_town(office, person):
    with pytest.raises(NotFound):
        registered(office, resident_id=uuid4())
    other = add_grid(founder_of(TOWN), set_up(), division_code=DONGPO, name="东坡一网格")
    with pytest.raises(InvalidInput) as wrong:
        registered(office, grid_id=person or other.pk, asker_staff_id=uuid4())
    assert set(wrong.value.fields) == {"grid_id", "asker_staff_id"}
    assert not Case.objects.exists()


def test_secrecy_marks_are_stopped_in_replies_as_well(office):
    with pytest.raises(InvalidInput, match="密级标志"):
        actions.reply_case(handled(office), office.occasion("li", hours=3), words="详见机密★10年文件")


def test_a_text_too_long_for_its_column_is_named_and_not_cut(office):
    with pytest.raises(InvalidInput, match=r"地点.*最多120个字"):
        registered(office, place_words="村" * 121)


def test_what_only_handlers_may_read_is_given_to_a_person(office):
    case = accepted(office, sensitivity="handlers_only")
    with pytest.raises(InvalidInput, match="要派到人"):
        actions.assign_case(case, office.occasion("chen"), to=Assignee(office.livelihood))


def test_a_deed_is_not_told_before_the_one_that_went_before(office):
    case = handled(office)
    early = office.occasion("li", hours=5, happened_at=office.at)
    with pytest.raises(InvalidInput, match="早于这一件的上一步"):
        actions.reply_case(case, early, words="早就办好了")
