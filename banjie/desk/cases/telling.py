"""The facts of a case as pairs of label and value, what is empty left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from banjie.cases.models import Case
from banjie.cases.queries import CaseFile
from banjie.cases.saying import say_date
from banjie.desk.cases.line import name_of
from banjie.desk.cases.past import used_words, would_be_words
from banjie.desk.cases.watch import Watch, say_moment
from banjie.fields.declared import FieldSpec, FieldType, say
from banjie.people.queries import staff_names, units_of
from banjie.places.queries import grid_name, place_name, place_names
from banjie.rulebook.kinds import Kind

REFERENCES = frozenset({FieldType.STAFF, FieldType.UNIT, FieldType.VILLAGE, FieldType.GRID})


@dataclass(frozen=True)
class Fact:
    """A pair of the part facts.html."""

    label: str
    value: str
    note: str = ""


def facts_of(case: Case, kind: Kind | None, *, file: CaseFile, watch: Watch) -> list[Fact]:
    """Return the facts of a case; its kind is None once the town has retired it."""
    return [fact for fact in _told(case, kind, file=file, watch=watch) if fact.value]


def title_of(kind: Kind | None) -> str:
    """Return the office's word for a kind."""
    return kind.title if kind else "停用类型"


def _told(case: Case, kind: Kind | None, *, file: CaseFile, watch: Watch) -> Iterator[Fact]:
    tree = watch.rules.categories
    yield Fact("类型", title_of(kind))
    yield Fact("类别", tree.path_words(case.category) if case.category in tree else "")
    grid = grid_name(case.grid_id) if case.grid_id else ""
    places = (place_name(case.division_code), grid, case.place_words)
    yield Fact("地点", " ".join(filter(None, places)))
    yield Fact("渠道", case.get_channel_display())
    yield Fact("诉求时间", say_moment(case.happened_at))
    if case.sensitivity != "ordinary":
        yield Fact("知悉范围", case.get_sensitivity_display())
    if case.is_mirrored:
        yield Fact("外部系统", case.outer_system)
        yield Fact("外部编号", case.outer_number)
        yield Fact("外部时限", say_moment(case.given_due_at))
        yield Fact("外部结论", case.outer_state)
    elif case.outer_number and case.outer_number != case.number:
        yield Fact("原编号", case.outer_number)
    if case.is_historical:
        yield Fact("办理用时", used_words(case, watch))
        yield Fact("推算时限", would_be_words(case, watch), "推算，不亮灯，不计入统计")
    yield from _declared(case, kind)
    yield from _watched(case, file)
    if not case.is_historical:
        yield Fact("首问责任人", name_of(case.first_asker_id, file))
    if case.closing_kind:
        yield Fact("销号方式", case.get_closing_kind_display(), case.closing_basis)


def _watched(case: Case, file: CaseFile) -> Iterator[Fact]:
    """Yield who took the case over, and the days that its rules have set."""
    yield Fact("包案领导", name_of(case.led_by_id, file))
    yield Fact("听证", say_moment(case.hearing_at))
    yield Fact("进度应报", say_date(case.report_due_on) + "前" if case.report_due_on else "")
    yield Fact("回头看", say_date(case.recheck_on) if case.recheck_on else "")


def _declared(case: Case, kind: Kind | None) -> Iterator[Fact]:
    specs = kind.fields if kind else ()
    kept = [(spec, case.extra[spec.key]) for spec in specs if spec.key in case.extra]
    names = _names_for(kept, town=case.town)
    for spec, value in kept:
        yield Fact(spec.label, say(spec, value, names=names))


def _names_for(kept: list[tuple[FieldSpec, object]], *, town: str) -> dict[str, str]:
    """Return the names of the colleagues, units and villages that declared fields refer to."""
    wanted: dict[FieldType, list[str]] = {}
    for spec, value in kept:
        if spec.type in REFERENCES:
            wanted.setdefault(spec.type, []).append(str(value))
    names: dict[str, str] = {value: "—" for values in wanted.values() for value in values}
    if FieldType.STAFF in wanted:
        names |= {
            str(pk): name
            for pk, name in staff_names(UUID(value) for value in wanted[FieldType.STAFF]).items()
        }
    if FieldType.UNIT in wanted:
        names |= {str(unit.pk): unit.name for unit in units_of(town)}
    if FieldType.VILLAGE in wanted:
        names |= place_names(wanted[FieldType.VILLAGE])
    return names
