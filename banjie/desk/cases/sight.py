"""What one person sees of one case: everything its page shows, in words, worked out before rendering."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from banjie.base.errors import RuleMissing
from banjie.cases.models import Attachment, Case, Voice
from banjie.cases.queries import (
    CaseFile,
    case_for,
    deeds_for_another,
    deeds_now,
    file_of,
    may_print_receipt,
)
from banjie.cases.saying import group_line, say_date, say_day, say_state
from banjie.cases.vocabulary import DISCONTENT, Speaker
from banjie.cases.workflow import State, Step
from banjie.desk.cases.kin import Kin
from banjie.desk.cases.line import Line, lines_of, name_of
from banjie.desk.cases.offers import Offer, offers_of
from banjie.desk.cases.past import used_words, would_be_words
from banjie.desk.cases.watch import Lamp, Watch, say_moment, watch_of
from banjie.desk.rules.citing import href_of
from banjie.fields.declared import FieldSpec, FieldType, say
from banjie.files.checks.media import KIND_LABELS, FileKind
from banjie.people.queries import StaffActor, staff_names, units_of
from banjie.places.queries import grid_name, place_name, place_names
from banjie.rulebook.in_force import say_ref
from banjie.rulebook.kinds import Kind
from banjie.worktime.terms import parse_term, say_term

KILO = 1000
REFERENCES = frozenset({FieldType.STAFF, FieldType.UNIT, FieldType.VILLAGE, FieldType.GRID})


@dataclass(frozen=True)
class Fact:
    """A pair of the part facts.html."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class VoiceLine:
    """What one of the three said in one round."""

    round: int
    speaker: str
    said: str
    tone: str
    words: str
    mark: str
    by: str
    moment: str


@dataclass(frozen=True)
class Sight:
    """One case as one person sees it now."""

    actor: StaffActor
    case: Case
    watch: Watch

    @cached_property
    def file(self) -> CaseFile:
        """Return all that belongs to the case; a deed that goes well never asks for it."""
        return file_of(self.case, at=self.watch.now)

    @cached_property
    def href(self) -> str:
        """Return the address of the page."""
        return reverse("cases:page", args=[self.case.number])

    @cached_property
    def kind(self) -> Kind | None:
        """Return the kind of the case as in force now, or None when the town has retired it."""
        try:
            return self.watch.rules.kind(self.case.kind)
        except RuleMissing:
            return None

    @cached_property
    def deeds(self) -> list[Step]:
        """Return exactly what this person may do now."""
        return deeds_now(self.actor, self.file, at=self.watch.now)

    @cached_property
    def deeds_for_another(self) -> list[Step]:
        """Return what he may write down for someone who does not log in."""
        own = {step.deed for step in self.deeds}
        others = deeds_for_another(self.actor, self.file, at=self.watch.now)
        return [step for step in others if step.deed not in own]

    @property
    def has_owner(self) -> bool:
        """Tell whether somebody answers for the case itself: not for one that another stands for, nor of the past."""
        return self.case.state != State.MERGED and not self.case.is_historical

    @cached_property
    def kin(self) -> Kin:
        """Return what the case has to do with others."""
        return Kin(self.actor, self.file, self.watch, self.deeds)

    @cached_property
    def offers(self) -> list[Offer]:
        """Return the deeds as links of the page, the usual next one first."""
        return offers_of(self.deeds, self.case)

    @cached_property
    def offers_for_another(self) -> list[Offer]:
        """Return the deeds that may be recorded for another as links."""
        return offers_of(self.deeds_for_another, self.case, for_another=True)

    @cached_property
    def phone_href(self) -> str:
        """Return where 电话问得 is written down, for whoever may report or remark (U43)."""
        may = {"report_progress", "comment_case"} & {step.deed for step in self.deeds}
        return reverse("cases:phone", args=[self.case.number]) if may and self.case.is_open else ""

    @cached_property
    def may_print_receipt(self) -> bool:
        """Tell whether this person may print the receipt."""
        return may_print_receipt(self.actor, self.case)

    @cached_property
    def stand_in_why(self) -> str:
        """Return why another than the person named in the case answers now; nothing when he is there himself."""
        standing = self.file.responsible
        return standing.why if standing.staff.id != self.case.responsible_id else ""

    @cached_property
    def unit_name(self) -> str:
        """Return the unit that handles the case, short where it has a short name."""
        return self.watch.names.units.get(self.case.unit_id, "") if self.case.unit_id else ""

    @cached_property
    def lamp(self) -> Lamp:
        """Return the light of the head, with the sentence and article of the clock that is due first."""
        lamp = self.watch.lamp(self.case)
        if not self.case.is_open:
            return lamp
        running = [c for c in self.file.clocks if c.stopped_at is None]
        first = min(running, key=lambda clock: clock.due_at or clock.standing_due_at, default=None)
        return self.watch.clock_lamp(first) if first and lamp.state != "none" else lamp

    @cached_property
    def due_words(self) -> str:
        """Return the day by which the clock due first must have stopped, or on which it goes on: 10月13日(周二)前."""
        if self.case.parked_until_on:
            return f"{say_date(self.case.parked_until_on)}自动转回"
        return f"{say_day(self.case.due_at)}前" if self.case.is_open and self.case.due_at else ""

    @cached_property
    def kind_title(self) -> str:
        """Return the office's word for the kind."""
        return self.kind.title if self.kind else "停用类型"

    @cached_property
    def handler_name(self) -> str:
        """Return who handles the case, or nothing while nobody does."""
        return name_of(self.case.handler_id, self.file)

    @cached_property
    def stage(self) -> str:
        """Return the office's word for where the case stands."""
        return say_state(self.case)

    @cached_property
    def group_line(self) -> str:
        """Return the line for a group chat (U42)."""
        return group_line(self.case, who=name_of(self.case.handler_id or self.case.responsible_id, self.file))

    @cached_property
    def lines(self) -> list[Line]:
        """Return the line of entries, newest first."""
        return lines_of(self.file)

    @cached_property
    def clocks(self) -> list[dict[str, object]]:
        """Return each clock with its light, sentence and article, the newest first."""
        return [
            {
                "lamp": self.watch.clock_lamp(clock),
                "term": say_term(parse_term(clock.term)),
                "due": say_moment(clock.due_at or clock.standing_due_at),
                "round": clock.round,
                "explanation": clock.explanation,
                "article": say_ref(clock.article),
                "article_href": href_of(clock.article),
            }
            for clock in reversed(self.file.clocks)
        ]

    @cached_property
    def rounds(self) -> list[tuple[int, list[VoiceLine]]]:
        """Return the three voices by round, the newest round first."""
        lines = [self._voice(voice) for voice in self.file.voices]
        return [
            (turn, [line for line in lines if line.round == turn])
            for turn in sorted({line.round for line in lines}, reverse=True)
        ]

    @cached_property
    def attachments(self) -> list[dict[str, object]]:
        """Return the attachments as the part files.html takes them."""
        return [self._file(attachment) for attachment in self.file.attachments]

    @cached_property
    def extensions(self) -> list[Fact]:
        """Return what was asked for by way of extension, and what came of it."""
        return [
            Fact(
                say_term(parse_term(asked.term)),
                asked.reason,
                {True: "已批准", False: "不批准", None: "等待批准"}[asked.is_granted],
            )
            for asked in self.file.extensions
        ]

    @cached_property
    def asker(self) -> list[Fact]:
        """Return who asked, covered; the full view is an entry of its own (T19)."""
        case, resident = self.case, self.case.resident
        facts = []
        if resident:
            facts.append(Fact("诉求人", resident.masked_name))
            facts.append(Fact("电话", resident.masked_phone))
        if case.asker_staff_id:
            facts.append(Fact("交办人", name_of(case.asker_staff_id, self.file)))
        if case.asker_code:
            facts.append(Fact("诉求人代号", case.asker_code))
        return facts

    @cached_property
    def reveal_href(self) -> str:
        """Return where the asker may be seen in full, for a reason and as an entry."""
        if not self.case.resident_id or not self.actor.may("residents.reveal_resident"):
            return ""
        try:
            return reverse("residents:page", args=[self.case.resident_id])
        except NoReverseMatch:
            return ""

    @cached_property
    def facts(self) -> list[Fact]:
        """Return the facts of the case."""
        return [fact for fact in self._facts() if fact.value]

    def _facts(self) -> Iterator[Fact]:
        case, tree = self.case, self.watch.rules.categories
        yield Fact("类型", self.kind_title)
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
            yield Fact("办理用时", used_words(case, self.watch))
            yield Fact("推算时限", would_be_words(case, self.watch), "推算，不亮灯，不计入统计")
        yield from self._declared()
        yield from self._watched()
        if not case.is_historical:
            yield Fact("首问责任人", name_of(case.first_asker_id, self.file))
        if case.closing_kind:
            yield Fact("销号方式", case.get_closing_kind_display(), case.closing_basis)

    def _watched(self) -> Iterator[Fact]:
        """Yield who took the case over, and the days that its rules have set."""
        case = self.case
        yield Fact("包案领导", name_of(case.led_by_id, self.file))
        yield Fact("听证", say_moment(case.hearing_at))
        yield Fact("进度应报", say_date(case.report_due_on) + "前" if case.report_due_on else "")
        yield Fact("回头看", say_date(case.recheck_on) if case.recheck_on else "")

    def _declared(self) -> Iterator[Fact]:
        specs = self.kind.fields if self.kind else ()
        kept = [(spec, self.case.extra[spec.key]) for spec in specs if spec.key in self.case.extra]
        names = _names_for(kept, town=self.case.town)
        for spec, value in kept:
            yield Fact(spec.label, say(spec, value, names=names))

    def _voice(self, voice: Voice) -> VoiceLine:
        mark = voice.get_mark_display() if voice.mark != "none" else ""
        return VoiceLine(
            round=voice.round,
            speaker=Speaker(voice.speaker).label,
            said=voice.get_said_display(),
            tone="red" if voice.said in DISCONTENT else "blue" if voice.said == "done" else "",
            words=voice.words,
            mark=f"{mark}：{voice.witness}" if voice.witness else mark,
            by="" if self.case.is_historical else name_of(voice.by, self.file),
            moment=say_moment(voice.heard_at),
        )

    def _file(self, attachment: Attachment) -> dict[str, object]:
        stored = attachment.file
        names = [self.case.number, attachment.pk]
        return {
            "name": attachment.name,
            "kind": KIND_LABELS[FileKind(stored.kind)],
            "size_words": say_size(stored.size),
            "href": reverse("cases:file", args=names),
            "thumb": reverse("cases:file-preview", args=names) if stored.is_inline_safe else "",
            "by": name_of(attachment.by, self.file),
            "moment": say_moment(attachment.attached_at),
        }


def sight_of(actor: StaffActor, number: str, *, at: datetime) -> Sight:
    """Return one case as the actor sees it now. Raises NotFound outside his scope."""
    case = case_for(actor, number)
    return Sight(actor=actor, case=case, watch=watch_of(case.town, at=at))


def say_size(size: int) -> str:
    """Return a file's size in words."""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))} KB"
    return f"{size / KILO / KILO:.1f} MB"


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
