"""告知台账到期: tell whoever answers for a record that one of its dates is near, once for each record and date."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from banjie.base.clock import local_day
from banjie.books.queries import RecordDate, begun_to_show, books_of, can_see
from banjie.books.vocabulary import BookSensitivity
from banjie.cases.settings import setting
from banjie.notices.actions import Telling, tell
from banjie.notices.vocabulary import NoticeKind
from banjie.people.models import Staff
from banjie.people.queries import StaffActor, actor_for, heads_of, staff_of
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey

LONGEST = 80


def tell_dues(town: str, *, at: datetime) -> None:
    """告知台账到期: of each date that began to show lately; told on any later day, it is told once.

    It goes to the colleague whom the record names, where he is in office and sees the book, else to the heads of its
    unit. A notice bears the book, the number and the date; what the record says of people stays in it.
    """
    day = local_day(at)
    if not books_of(town, day).editions:
        return
    span = setting(rules_on(town, day), SettingKey.DUE_TOLD_SPAN, timedelta)
    office = _Office(town, at)
    tellings = [_telling(one, office.readers_of(one)) for one in begun_to_show(town, day, span=span)]
    with transaction.atomic():
        tell(tellings, at=at)


class _Office:
    """Who is told of a record, each person and unit looked up once."""

    def __init__(self, town: str, at: datetime) -> None:
        self._at = at
        self._staff = {person.pk: person for person in staff_of(town)}
        self._actors: dict[UUID, StaffActor] = {}
        self._heads: dict[UUID, Sequence[Staff]] = {}

    def readers_of(self, one: RecordDate) -> list[UUID]:
        """Return the colleague whom a record names, or the heads of its unit, as far as they see the book."""
        named = self._staff.get(one.record.staff_id) if one.record.staff_id else None
        if named and can_see(self._actor(named), one.book):
            return [named.pk]
        heads = self._heads_of(one.record.unit_id) if one.record.unit_id else ()
        return [head.pk for head in heads if can_see(self._actor(head), one.book)]

    def _actor(self, person: Staff) -> StaffActor:
        if person.pk not in self._actors:
            self._actors[person.pk] = actor_for(person, at=self._at)
        return self._actors[person.pk]

    def _heads_of(self, unit_id: UUID) -> Sequence[Staff]:
        if unit_id not in self._heads:
            self._heads[unit_id] = heads_of(unit_id)
        return self._heads[unit_id]


def _telling(one: RecordDate, to: Sequence[UUID]) -> Telling:
    return Telling(
        town=one.record.town,
        to=to,
        kind=NoticeKind.BOOK_DUE,
        key=f"book_due:{one.record.pk}:{one.place}:{one.due_on}",
        title=_title(one),
        about=f"record:{one.book.key}:{one.record.pk}",
        group_id=one.record.unit_id,
    )


def _title(one: RecordDate) -> str:
    """Return what a notice says; of a book that only some may read no more than that there is a date."""
    if one.book.sensitivity is BookSensitivity.RESTRICTED:
        return f"限知台账有一条记录的日期快到了：{one.due_on}"
    named = f"{one.book.title}{one.record.number}"
    return f"{one.due_on}：{one.words}（{named}）"[:LONGEST]
