"""What one person sees of one case: everything its page shows, in words, worked out before rendering."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from banjie.base.errors import RuleMissing
from banjie.cases.models import Case
from banjie.cases.queries import (
    CaseFile,
    case_for,
    deeds_for_another,
    deeds_now,
    file_of,
    may_print_receipt,
)
from banjie.cases.saying import group_line, say_date, say_day, say_state
from banjie.cases.workflow import State, Step
from banjie.desk.cases.kin import Kin
from banjie.desk.cases.line import Line, lines_of, name_of
from banjie.desk.cases.offers import Offer, offers_of
from banjie.desk.cases.telling import Fact, facts_of, title_of
from banjie.desk.cases.voiced import VoiceLine, file_tile, voice_line
from banjie.desk.cases.watch import Lamp, Watch, say_moment, watch_of
from banjie.desk.rules.citing import href_of
from banjie.enterprises.queries import enterprise_names
from banjie.people.queries import StaffActor
from banjie.residents.queries import resident_named_by
from banjie.rulebook.in_force import say_ref
from banjie.rulebook.kinds import Kind
from banjie.worktime.terms import parse_term, say_term


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

    @property
    def records_href(self) -> str:
        """Return where the records of books about the case are listed, "" for someone who sees no book."""
        may_see = self.actor.may("books.see_records")
        return reverse("cases:records", args=[self.case.number]) if may_see else ""

    @cached_property
    def tabs(self) -> list[dict[str, object]]:
        """Return the tabs of a case that names somebody: the case itself, and who looked at him in full."""
        return tabs_of(self.case.number) if self.case.resident_id else []

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
        return title_of(self.kind)

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
        lines = [voice_line(voice, self.file) for voice in self.file.voices]
        return [
            (turn, [line for line in lines if line.round == turn])
            for turn in sorted({line.round for line in lines}, reverse=True)
        ]

    @cached_property
    def attachments(self) -> list[dict[str, object]]:
        """Return the attachments as the part files.html takes them."""
        return [file_tile(attachment, self.file) for attachment in self.file.attachments]

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
        case = self.case
        resident = resident_named_by.first(case.resident_id) if case.resident_id else None
        facts = []
        if case.enterprise_id:
            told = enterprise_names(case.town, [case.enterprise_id])
            facts.append(Fact("企业", told.get(case.enterprise_id, "")))
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
        return facts_of(self.case, self.kind, file=self.file, watch=self.watch)


def sight_of(actor: StaffActor, number: str, *, at: datetime) -> Sight:
    """Return one case as the actor sees it now. Raises NotFound outside his scope."""
    case = case_for(actor, number)
    return Sight(actor=actor, case=case, watch=watch_of(case.town, at=at))


def tabs_of(number: str, *, is_looks: bool = False) -> list[dict[str, object]]:
    """Return the tabs between a case and who looked at its asker in full."""
    told = (("办理经过", "cases:page", not is_looks), ("谁看过全名全号", "cases:looks", is_looks))
    return [
        {"label": label, "href": reverse(name, args=[number]), "is_current": is_current}
        for label, name, is_current in told
    ]
