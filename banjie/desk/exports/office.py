"""Units and staff as a workbook with the heads of their importer, so that it goes back in (U14)."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from banjie.desk.exports.export import Export
from banjie.desk.exports.registers import like, numbered, with_number
from banjie.people.models import Staff, Unit
from banjie.people.queries import StaffActor, posts_visible_to, staff_of, units_of
from banjie.people.sheets.office import columns
from banjie.sheets.declared import Setting
from banjie.sheets.writing.head import Cell


def export_office(request: HttpRequest, actor: StaffActor, at: datetime) -> Export:
    """Return the units and who has an account: a line for each person in a unit, or for a unit without any."""
    told = columns(Setting(by=actor, town=actor.town, at=at))
    places = dict(next(column.options for column in told if column.key == "place"))
    lines = list(_lines(actor, places))
    return Export(
        title="单位和工作人员",
        unit="行",
        count=len(lines),
        filters="",
        columns=lambda version: numbered(like(told), version),
        rows=lambda version: with_number(lines, version),
        back=reverse("office:staff"),
        note="数据版添上新的行，可以再从“导入导出”导入；没有岗位的人，“单位”空着，导入前补上。",
    )


def _lines(actor: StaffActor, places: dict[str, str]) -> Iterator[list[Cell]]:
    staff = {person.pk: person for person in staff_of(actor.town)}
    holders: dict[object, dict[object, Staff]] = {}
    for post in posts_visible_to(actor).filter(valid_until__isnull=True).order_by("id"):
        for holder_id in (post.holder_a_id, post.holder_b_id):
            if holder_id in staff:
                holders.setdefault(post.unit_id, {})[holder_id] = staff[holder_id]
    placed = {pk for people in holders.values() for pk in people}
    for unit in units_of(actor.town):
        for person in holders.get(unit.pk, {}).values() or [None]:
            yield _line(unit, person, places)
    yield from (_line(None, person, places) for pk, person in staff.items() if pk not in placed)


def _line(unit: Unit | None, person: Staff | None, places: dict[str, str]) -> list[Cell]:
    of_unit = [unit.name, str(unit.get_kind_display()), unit.key] if unit else ["", "", ""]
    if person is None:
        return [*of_unit, "", "", "", ""]
    place = places.get(person.division_code, person.division_code)
    return [*of_unit, person.name, person.login, person.work_phone, place]
