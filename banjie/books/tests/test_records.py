"""Records are written, amended and voided by deeds, and seen by those whose book it is."""

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.books import actions, queries
from banjie.books.actions import Note
from banjie.books.models import Record, RecordDue, RecordKey
from banjie.books.queries import Asked
from banjie.cases.tests.factories import DAY, DONGPO, XIGOU, Office, open_office
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.ledger.verify import verify
from banjie.rulebook.actions import load_files, load_shipped, start_draft, submit_draft
from banjie.rulebook.findings import BadText
from banjie.rulebook.shelf import SHIPPED, filed_in, write_files
from banjie.rulebook.text import Section

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 28)


@pytest.fixture
def office() -> Office:
    return open_office()


def stamp(actor, *, hours: float = 0, key: str = "", content: object = None) -> Stamp:
    at = DAY + timedelta(hours=hours)
    return Stamp(by=actor.id, happened_at=at, recorded_at=at, client_key=key, content=content)


def visit(**changes: object) -> dict[str, object]:
    told = {
        "visited_on": "2026-09-28",
        "village": XIGOU,
        "people": "2",
        "purpose": "hardship",
        "heard": "水管漏水",
    }
    return {**told, **changes}


def write(office: Office, name: str = "li", book: str = "visits", **changes: object) -> Record:
    actor = getattr(office, name)
    blank = queries.blank_for(actor, queries.books_of(office.town, TODAY).book(book), at=DAY)
    typed = {key: value for key, value in blank.items()} | visit(**changes)
    return actions.write(book, typed, actor=actor, stamp=stamp(actor))


def seen(office: Office, name: str, asked: Asked = queries.ALL, book: str = "visits") -> list[UUID]:
    actor = getattr(office, name)
    return [
        row.pk for row in queries.records(actor, queries.books_of(office.town, TODAY).book(book), asked).rows
    ]


def test_a_record_is_written_with_its_hot_columns_and_an_entry(office):
    row = write(office)
    assert (row.book, row.day, row.division_code, row.book_version) == ("visits", TODAY, XIGOU, "出厂1")
    assert row.unit_id == office.livelihood
    assert row.staff_id == row.author_id == office.li.id
    assert row.values["people"] == 2
    entry = Entry.objects.get(subject_id=row.pk)
    assert (entry.deed, entry.article) == ("record.written", "走访台账@出厂1")
    assert verify(office.town).findings == []


def test_a_repeat_gets_the_first_record_and_other_content_is_refused(office):
    first = actions.write(
        "visits",
        visit(visitor=str(office.li.id)),
        actor=office.li,
        stamp=stamp(office.li, key="k", content="a"),
    )
    again = actions.write(
        "visits",
        visit(visitor=str(office.li.id)),
        actor=office.li,
        stamp=stamp(office.li, key="k", content="a"),
    )
    assert again == first
    with pytest.raises(Conflict):
        actions.write(
            "visits",
            visit(visitor=str(office.li.id)),
            actor=office.li,
            stamp=stamp(office.li, key="k", content="b"),
        )
    assert Record.objects.count() == 1


def test_every_wrong_field_is_named_and_references_must_stand_in_the_town(office):
    with pytest.raises(InvalidInput) as refused:
        write(office, people="两", visited_on="2026-09-27", village="990011101299", resident=str(uuid4()))
    assert set(refused.value.fields) == {"people"}
    with pytest.raises(InvalidInput) as refused:
        write(office, village="990011101299", resident=str(uuid4()))
    assert set(refused.value.fields) == {"village", "resident"}
    with pytest.raises(InvalidInput, match="走访日期还没有到"):
        write(office, visited_on="2026-09-29")


def test_a_village_cadre_writes_and_sees_his_village_alone(office):
    """T13: nothing of another village."""
    here, there = write(office), write(office, "zhao", village=DONGPO)
    assert seen(office, "zhao") == [there.pk]
    assert set(seen(office, "he")) == {here.pk, there.pk}
    assert seen(office, "li") == [here.pk]
    with pytest.raises(InvalidInput, match="请选您所在的村"):
        write(office, "zhao", village=XIGOU)
    with pytest.raises(NotFound):
        queries.record_for(office.zhao, here.pk, on=TODAY)
    with pytest.raises(NotFound):
        actions.amend(here.pk, {"heard": "改"}, actor=office.zhao, stamp=stamp(office.zhao))
    with pytest.raises(NotAllowed):
        write(office, "sun")
    assert not queries.visible_to(office.guan, queries.books_of(office.town, TODAY).book("visits")).exists()


def test_amending_changes_what_is_told_and_keeps_the_rest(office):
    row = write(office)
    again = actions.amend(
        row.pk, {"people": "3"}, actor=office.li, stamp=stamp(office.li, hours=1), words="数错了"
    )
    assert again.values["people"] == 3
    assert again.values["heard"] == "水管漏水"
    before = Entry.objects.count()
    actions.amend(row.pk, {"people": "3"}, actor=office.li, stamp=stamp(office.li, hours=2))
    assert Entry.objects.count() == before
    cleared = actions.amend(row.pk, {"people": ""}, actor=office.li, stamp=stamp(office.li, hours=3))
    assert "people" not in cleared.values
    assert verify(office.town).findings == []


def test_a_void_record_stays_and_counts_nowhere(office):
    row = write(office)
    with pytest.raises(InvalidInput, match="写明原因"):
        actions.void(row.pk, actor=office.li, stamp=stamp(office.li), reason=" ")
    with pytest.raises(NotAllowed):
        actions.void(row.pk, actor=office.wang, stamp=stamp(office.wang), reason="重复")
    actions.void(row.pk, actor=office.li, stamp=stamp(office.li), reason="重复")
    assert seen(office, "li") == []
    assert seen(office, "li", Asked(shows_void=True)) == [row.pk]
    with pytest.raises(Conflict):
        actions.amend(row.pk, {"people": "3"}, actor=office.li, stamp=stamp(office.li))


def test_a_list_is_narrowed_by_every_declared_filter_and_added_up(office):
    book = queries.books_of(office.town, TODAY).book("visits")
    one, two = (
        write(office),
        write(office, purpose="elderly", people="5", visited_on="2026-09-01", heard="路灯不亮"),
    )
    for asked, found in (
        (Asked({"purpose": "elderly"}), [two]),
        (Asked({"village": XIGOU}), [one, two]),
        (Asked({"village": DONGPO}), []),
        (Asked({"unit": str(office.livelihood), "visitor": str(office.li.id)}), [one, two]),
        (Asked({"people__from": "3"}), [two]),
        (Asked({"people": "2"}), [one]),
        (Asked({"visited_on__to": "2026-09-02"}), [two]),
        (Asked(from_on=date(2026, 9, 2)), [one]),
        (Asked(words="路灯"), [two]),
        (Asked(words="路灯不亮"), [two]),
        (Asked(words="桥梁"), []),
    ):
        assert seen(office, "li", asked) == [row.pk for row in found], asked
    told = queries.totals(office.li, book)
    assert (told.count, told.sums[0].stored) == (2, 7)
    assert queries.totals(office.li, book, Asked({"purpose": "elderly"})).sums[0].stored == 5


def test_a_record_is_said_field_by_field_with_names(office):
    row = write(office)
    book = queries.books_of(office.town, TODAY).book("visits")
    said = {one.label: one.words for one in queries.say_record(office.li, book, row)}
    assert said["走访人"] == "李建国"
    assert said["村（社区）"] == "西沟村"
    assert said["走访户数"] == "2户"
    assert said["走访类别"] == "困难户"


def test_a_form_begins_with_defaults_and_the_last_record(office):
    write(office)
    blank = queries.blank_for(office.li, queries.books_of(office.town, TODAY).book("visits"), at=DAY)
    assert blank["visited_on"] == "2026-09-28"
    assert blank["visitor"] == str(office.li.id)
    assert blank["unit"] == str(office.livelihood)
    assert blank["village"] == XIGOU
    assert blank["people"] == 1


def test_many_are_written_all_or_none(office):
    many = [visit(visitor=str(office.li.id)), visit(visitor=str(office.li.id), people="x")]
    with pytest.raises(InvalidInput) as refused:
        actions.write_all("visits", many, actor=office.li, stamp=stamp(office.li))
    assert set(refused.value.fields) == {"2.people"}
    rows = actions.write_all(
        "visits", many[:1] * 3, actor=office.li, stamp=stamp(office.li, key="b", content=1)
    )
    again = actions.write_all(
        "visits", many[:1] * 3, actor=office.li, stamp=stamp(office.li, key="b", content=1)
    )
    assert set(again) == set(rows)
    assert (
        actions.void_all([row.pk for row in rows], actor=office.li, stamp=stamp(office.li), reason="导错了")
        == 3
    )


def test_a_date_that_matters_shows_while_the_thing_is_open(office):
    told = {
        "dated_on": "2026-09-28",
        "direction": "issued",
        "title": "关于防汛的通知",
        "issuer": "party",
        "answer_by": "2026-09-30",
        "state": "open",
    }
    row = actions.write("documents", told, actor=office.he, stamp=stamp(office.he))
    [due] = queries.showing_on(office.he, TODAY)
    assert (due.record, due.words) == (row, "文件快到办结日期")
    assert queries.due_between(office.he, TODAY, date(2026, 9, 29)) == []
    actions.amend(row.pk, {"state": "done"}, actor=office.he, stamp=stamp(office.he))
    assert not RecordDue.objects.exists()
    numbered = actions.write(
        "meetings",
        {"held_on": "2026-09-28", "title": "例会", "scope": "town", "unit": str(office.livelihood)},
        actor=office.he,
        stamp=stamp(office.he),
    )
    assert numbered.number == "HY2026-0001"


def test_a_note_typed_once_fills_each_book_that_asks_it(office):
    told = {
        "visit.day": "2026-09-28",
        "visit.village": XIGOU,
        "visit.purpose": "hardship",
        "visit.heard": "漏水",
        "visit.visitor": str(office.li.id),
    }
    rows = actions.write_note(Note("visit", told), actor=office.li, stamp=stamp(office.li))
    assert [row.book for row in rows] == ["visits"]
    with pytest.raises(InvalidInput) as refused:
        actions.write_note(Note("visit", {**told, "visit.day": "x"}), actor=office.li, stamp=stamp(office.li))
    assert set(refused.value.fields) == {"visit.day"}


def test_a_book_is_woken_and_put_to_sleep(office):
    actions.put_to_sleep("visits", actor=office.he, stamp=stamp(office.he), reason="不用")
    assert not queries.books_of(office.town, TODAY).is_awake("visits")
    with pytest.raises(Conflict, match="没有启用"):
        write(office)
    actions.wake("visits", actor=office.he, stamp=stamp(office.he, hours=1))
    assert write(office)
    with pytest.raises(NotAllowed):
        actions.wake("visits", actor=office.li, stamp=stamp(office.li))


OWN = """+++
title = "五保户台账"
type = "book"
from = 2020-01-01
menu = "五保户"
group = "people"
awake = true
replaces = ["五保户花名册"]
feeds = ["民政月报"]
day = "seen_on"
village = "village"
writes = ["handler", "village_cadre"]
sees = ["dispatcher"]

[fields.seen_on]
label = "核对日期"
type = "date"
required = true

[fields.village]
label = "村"
type = "village"
required = true

[fields.name]
label = "姓名"
type = "text"
personal = true
required = true

[fields.phone]
label = "电话"
type = "phone"
personal = true

[fields.grant]
label = "补助"
type = "money"
bound = true

[fields.remark]
label = "备注"
type = "text"
seen_by = ["handler"]

[totals]
fields = ["grant"]
+++
# 五保户台账

第一条　核对一次记一条。
"""


def own_book(office: Office) -> None:
    actions.declare_book("own_five", OWN, actor=office.he, stamp=stamp(office.he), from_on=TODAY)


def test_personal_values_lie_sealed_and_are_found_by_what_they_are(office):
    """T19: nothing in clear in rows, entries or index."""
    own_book(office)
    told = {
        "seen_on": "2026-09-28",
        "village": XIGOU,
        "name": "周大福",
        "phone": "13812345678",
        "grant": "1200余元",
        "remark": "脾气急",
    }
    row = actions.write("own_five", told, actor=office.li, stamp=stamp(office.li))
    book = queries.books_of(office.town, TODAY).book("own_five")
    row.refresh_from_db()
    assert "周大福" not in f"{row.values}{row.sealed}"
    assert row.values == {
        "seen_on": "2026-09-28",
        "village": XIGOU,
        "grant": 120000,
        "grant__bound": "at_least",
        "remark": "脾气急",
    }
    for words in ("周大福", "13812345678", "5678", "周大福 5678"):
        assert [one.pk for one in queries.records(office.he, book, Asked(words=words)).rows] == [row.pk], (
            words
        )
    said = {one.label: one.words for one in queries.say_record(office.he, book, row)}
    assert said["电话"] == "138****5678"
    assert said["补助"] == "1,200余元"
    assert "脾气急" not in said["备注"]
    shown = actions.reveal_record(
        row.pk, ["phone", "name"], reason="回访", actor=office.he, stamp=stamp(office.he)
    )
    assert shown == {"name": "周大福", "phone": "13812345678"}
    assert Entry.objects.filter(deed="record.revealed", subject_id=row.pk).count() == 1
    totals = queries.totals(office.he, book)
    assert (totals.sums[0].stored, totals.sums[0].is_bounded) == (120000, True)
    amended = actions.amend(
        row.pk, {"phone": "13912345678", "grant": "1300元"}, actor=office.li, stamp=stamp(office.li)
    )
    assert amended.opened_value("name") == "周大福"
    assert not queries.records(office.he, book, Asked(words="13812345678")).rows
    assert verify(office.town).findings == []
    actions.void(row.pk, actor=office.li, stamp=stamp(office.li), reason="重复")
    assert not RecordKey.objects.exists()


def test_who_does_not_see_a_field_neither_reads_nor_overwrites_it(office):
    own_book(office)
    told = {"seen_on": "2026-09-28", "village": DONGPO, "name": "周大福", "remark": "脾气急"}
    row = actions.write("own_five", told, actor=office.li, stamp=stamp(office.li))
    again = actions.amend(
        row.pk, {"remark": "好", "name": "周二福"}, actor=office.zhao, stamp=stamp(office.zhao)
    )
    assert again.values["remark"] == "脾气急"
    assert again.opened_value("name") == "周二福"


def test_a_new_version_keeps_keys_types_and_units(office):
    own_book(office)
    for old, new, sentence in (
        ("[fields.grant]", "[fields.money]", "少了字段 grant"),
        ('type = "money"', 'type = "whole"\nunit = "元"', "补助的类型从money变成了whole"),
        ('type = "text"\npersonal = true', 'type = "text"', "是否个人信息从是变成了不是"),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            changed = OWN.replace(old, new).replace('fields = ["grant"]', "fields = []")
            actions.declare_book("own_five", changed, actor=office.he, stamp=stamp(office.he), from_on=TODAY)
    with pytest.raises(NotAllowed):
        actions.declare_book("own_six", OWN, actor=office.li, stamp=stamp(office.li), from_on=TODAY)


def test_a_load_and_a_draft_refuse_what_a_books_records_could_not_be_read_by(office, tmp_path):
    """Keys, types, units and choices of a book never change, by whichever way a version is brought in."""
    changed = (SHIPPED / "books/visits.md").read_text(encoding="utf-8")
    for old, new in (
        ("[fields.companions]", "[fields.escorts]"),
        ('unit = "户"', 'unit = "户次"'),
        ("hardship =", "misery ="),
    ):
        assert old in changed
        changed = changed.replace(old, new, 1)
    broken = "少了字段 companions.*走访户数的单位从户变成了户次.*走访类别少了选项 hardship"
    write_files(tmp_path, {"books/visits.md": changed})
    with pytest.raises(BadText) as refused:
        load_files(filed_in(tmp_path), town=office.town, from_on=TODAY, stamp=stamp(office.he))
    told = [str(one) for one in refused.value.findings]
    assert [one.split("　")[0].split(":")[0] for one in told] == ["books/visits.md"] * 3
    assert re.search(broken, "".join(told))
    assert all("请" in one for one in told)
    draft = start_draft(office.he, stamp(office.he), section=Section.BOOKS, key="visits", source=changed)
    with pytest.raises(BadText) as refused:
        submit_draft(office.he, stamp(office.he), draft_id=draft.pk)
    assert [str(one) for one in refused.value.findings] == told
    with pytest.raises(BadText) as refused:
        load_shipped(stamp(office.he), folder=shipped_with(tmp_path))
    assert [str(one) for one in refused.value.findings] == told


def shipped_with(folder: Path) -> Path:
    """Return a folder of what the program ships, with the changed texts of another in their place."""
    shipped = {str(one.relative_to(SHIPPED)): one for one in sorted(SHIPPED.rglob("*.md"))}
    write_files(
        folder / "shipped",
        {
            name: (folder / name if (folder / name).exists() else one).read_text(encoding="utf-8")
            for name, one in shipped.items()
        },
    )
    return folder / "shipped"


def test_a_retired_field_is_shown_on_old_records_and_asked_no_more(office):
    own_book(office)
    told = {"seen_on": "2026-09-28", "village": XIGOU, "name": "周大福", "grant": "1200"}
    row = actions.write("own_five", told, actor=office.li, stamp=stamp(office.li))
    retired = OWN.replace('label = "补助"\n', 'label = "补助"\nuntil = 2026-09-29\n')
    actions.declare_book("own_five", retired, actor=office.he, stamp=stamp(office.he), from_on=TODAY)
    book = queries.books_of(office.town, TODAY).book("own_five")
    assert {one.label: one.words for one in queries.say_record(office.li, book, row)}["补助"] == "1,200元"
    assert "grant" not in {spec.key for spec in book.asked_on(date(2026, 9, 29))}
    assert (
        actions.amend(row.pk, {"remark": "好"}, actor=office.li, stamp=stamp(office.li)).values["grant"]
        == 120000
    )


def test_a_book_that_nobody_uses_is_proposed_for_closing(office):
    """DESIGN: no record for 90 days or no reader for a year."""
    write(office)
    later = TODAY + timedelta(days=91)
    proposed = {one.key: one.why for one in queries.proposed_for_closing(office.town, later)}
    assert "visits" in proposed
    assert proposed["duty"] == "90天以上没有人记"
    assert "visits" not in {one.key for one in queries.proposed_for_closing(office.town, TODAY)}
    actions.put_to_sleep("duty", actor=office.he, stamp=stamp(office.he))
    assert "duty" not in {one.key for one in queries.proposed_for_closing(office.town, later)}
    write(office, visited_on="2026-09-28")
    Record.objects.update(day=TODAY + timedelta(days=380))
    unread = TODAY + timedelta(days=400)
    assert {one.why for one in queries.proposed_for_closing(office.town, unread) if one.key == "visits"} == {
        "365天以上没有人看"
    }
    actions.note_reading(office.town, "visits", on=unread)
    assert "visits" not in {one.key for one in queries.proposed_for_closing(office.town, unread)}
