"""One case with everything that its page shows, read in a bounded number of queries (issue: at most 12 a page)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import NotFound
from banjie.base.written_once import WrittenOnce
from banjie.cases.clocks import Light, light
from banjie.cases.models import Attachment, Case, Clock, Extension, Objection, OfCase, Voice
from banjie.cases.queries.scope import case_for
from banjie.cases.rules.closing import rounds_on
from banjie.cases.rules.posts import fallback_on
from banjie.cases.rules.routing import objections_allowed
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import ESCALATED, STANDING_STILL, State
from banjie.ledger.models import Entry
from banjie.ledger.queries import Told, told_of
from banjie.people.queries import StaffActor, people_named, roster_of
from banjie.people.standing import Person, Standing
from banjie.rulebook.queries import rules_on

clocks_of = WrittenOnce(
    lambda case_id: Clock.objects.filter(case_id=case_id).order_by("started_at", "id"), UUID
)
"""The clocks of a case in the order in which they were started."""


@dataclass(frozen=True)
class CaseFile:
    """件 with everything that its page shows; `people` are those whom the case and its entries name."""

    case: Case
    clocks: tuple[Clock, ...]
    voices: tuple[Voice, ...]
    extensions: tuple[Extension, ...]
    objections: tuple[Objection, ...]
    attachments: tuple[Attachment, ...]
    entries: tuple[Told, ...]
    people: Mapping[UUID, Person]
    responsible: Standing
    handler: Standing | None
    owes_hearing: bool = False
    may_object: bool = True

    @property
    def open_extension(self) -> Extension | None:
        """Return the extension that waits for a decision."""
        return next((asked for asked in self.extensions if asked.decided_at is None), None)

    @property
    def seen(self) -> int:
        """Return the number of the last entry that this reading saw."""
        return self.entries[-1].entry.seq if self.entries else 0


def file_of(case: Case, *, at: datetime) -> CaseFile:
    """Return what belongs to a case whose scope has been checked: seven queries, four more when someone is away.

    The entries say which tables hold a part of the case, so the others are not asked.
    """
    entries = tuple(told_of(case))
    holds = _Parts(entries)
    people = people_named(_ids_of(case, entries), town=case.town, at=at)
    responsible, handler = _standings(case, people, at=at)
    voices = tuple(Voice.objects.filter(case=case).order_by("heard_at", "id")) if holds(Voice) else ()
    raised = Objection.objects.filter(case=case).select_related("unit").order_by("raised_at", "id")
    objections = tuple(raised) if holds(Objection) else ()
    return CaseFile(
        case=case,
        clocks=tuple(clocks_of(case.pk)),
        voices=voices,
        extensions=tuple(Extension.objects.filter(case=case).order_by("asked_at", "id"))
        if holds(Extension)
        else (),
        objections=objections,
        attachments=tuple(
            Attachment.objects.filter(case=case).select_related("file").order_by("attached_at", "id")
        )
        if holds(Attachment)
        else (),
        entries=entries,
        people=people,
        responsible=responsible,
        handler=handler,
        owes_hearing=_owes_hearing(case, voices, at=at),
        may_object=_may_object(case, objections, at=at),
    )


def _may_object(case: Case, objections: Iterable[Objection], *, at: datetime) -> bool:
    """Tell whether the unit that has the case has not been overruled as often as the rule of 分办 lets it object."""
    fallen = sum(one.is_upheld is False and one.unit_id == case.unit_id for one in objections)
    return fallen < objections_allowed(rules_on(case.town, local_day(at)))


def _owes_hearing(case: Case, voices: Iterable[Voice], *, at: datetime) -> bool:
    """Tell whether the next reply waits for a hearing (S-035)."""
    if case.hearing_at is not None:
        return False
    discontent = {voice.round for voice in voices if voice.said in DISCONTENT}
    return len(discontent) >= rounds_on(rules_on(case.town, local_day(at))).hearing_after


def attachment_for(actor: StaffActor, number: str, attachment_id: UUID) -> Attachment:
    """Return one attachment of a case that the actor may see. Raises NotFound for any other."""
    case = case_for(actor, number)
    found = Attachment.objects.filter(case=case, pk=attachment_id).select_related("file").first()
    if found is None:
        raise NotFound("这一件没有这个附件。请回到件的页面重新打开。")
    return found


def newer_entry(case: Case, *, seen: int, besides: UUID) -> Entry | None:
    """Return the latest entry about the case after `seen` that someone other than `besides` made (U10)."""
    later = Entry.objects.filter(subject_id=case.pk, seq__gt=seen).exclude(by=besides).exclude(deed=ESCALATED)
    return later.order_by("-seq").first()


def light_of(case: Case, now: datetime) -> Light:
    """Return the light of a case: a comparison, never a nightly job (U6)."""
    is_paused = State(case.state) in STANDING_STILL
    return light(due_at=case.due_at, amber_at=case.amber_at, now=now, is_paused=is_paused)


class _Parts:
    """Which part tables the entries name; an erased body may have named any."""

    def __init__(self, entries: tuple[Told, ...]) -> None:
        self.is_unsure = any(entry.is_erased for entry in entries)
        self.tables = {key.partition(":")[0] for entry in entries for key in entry.rows}

    def __call__(self, model: type[OfCase]) -> bool:
        return self.is_unsure or model._meta.label_lower in self.tables


def _ids_of(case: Case, entries: tuple[Told, ...]) -> Iterator[UUID]:
    yield from (case.responsible_id, case.first_asker_id)
    yield from filter(None, (case.handler_id, case.asker_staff_id))
    for one in entries:
        yield one.entry.by
        if one.entry.on_behalf_of:
            yield one.entry.on_behalf_of
        for columns in one.rows.values():
            yield from (UUID(str(v)) for name in _PERSONS for v in columns.get(name, ()) if v)


def _standings(
    case: Case, people: Mapping[UUID, Person], *, at: datetime
) -> tuple[Standing, Standing | None]:
    """Return who answers for the case and who for its handling; the roster is asked only when someone is away."""
    wanted = [case.responsible_id, *([case.handler_id] if case.handler_id else [])]
    if all(staff_id in people and people[staff_id].is_present for staff_id in wanted):
        standings = [Standing(people[pk], f"{people[pk].name}在岗") for pk in wanted]
    else:
        roster = roster_of(case.town, at=at, fallback=fallback_on(rules_on(case.town, local_day(at))))
        standings = [roster.stands_in(pk) for pk in wanted]
    return standings[0], standings[1] if case.handler_id else None


_PERSONS = ("responsible_id", "handler_id", "led_by_id", "asked_by", "decided_by")
"""Columns of a case and its parts that name a person."""
