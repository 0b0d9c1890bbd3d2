"""填报: work out the numbers of a form, write them into the sender's own file, and freeze them under a digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, NotAllowed
from banjie.files.actions import Admitted, admit, deed_of
from banjie.files.queries import open_file, stored_for
from banjie.files.quotas import Quotas
from banjie.files.storage import scratch_folder
from banjie.ledger.actions import prepared_once, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import place_name
from banjie.reports.actions.asked.matching import open_form
from banjie.reports.actions.asked.quoting import quote_typed
from banjie.reports.actions.asked.receiving import Made
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.conversion import converted
from banjie.reports.asked.listing import shifted
from banjie.reports.asked.matching import Source, Told
from banjie.reports.asked.opening import NEW_SORT, fill_form
from banjie.reports.asked.saying import is_share_of, number_said, words_said
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.paper import digest_of
from banjie.reports.queries.asked import (
    Answered,
    Asked,
    Listed,
    answers_to,
    cells_of,
    known_on,
    listed,
    lists_of,
    versions_on,
)
from banjie.reports.queries.composing import say_day

ANSWER = "reports.answer_form"
MOVED = "您打开页面以后台账有变动，数字已经不一样。请刷新页面核对后再生成答表。"
UNSURE = "还有{count}格待核对。请逐格看过，选“就是这个数”或者改掉，再生成答表。"


@dataclass(frozen=True)
class Seen:
    """What a page shows of the cells of a form: what is written into each, and the digest of it all."""

    answers: Mapping[UUID, Answer]
    numbers: Mapping[Asked, Answered]
    digest: str
    lists: Listed = field(default_factory=Listed)

    @property
    def written(self) -> list[Answer]:
        """Return every answer in the place where it stands once lines were added for lists."""
        moved = [replace(one, spot=shifted(one.spot, self.lists.grown)) for one in self.answers.values()]
        return [*moved, *self.lists.answers]


@dataclass(frozen=True)
class _Ready:
    """An answer on its way: each cell with what is frozen of it, and the file."""

    parts: Sequence[tuple[AskedCell, dict[str, object]]]
    file: Admitted


def answer_form(actor: StaffActor, stamp: Stamp, form_id: UUID, *, seen: str, quotas: Quotas) -> AskedForm:
    """Freeze the numbers of a form and write them into the sender's file; cells that nobody matched stay empty.

    `seen` is the digest of what the page showed. Raises NotAllowed, NotFound, Conflict when cells are still to be
    looked at or the numbers have moved since.
    """
    form = open_form(actor, form_id)
    if not actor.may(ANSWER):
        raise NotAllowed("您的岗位不能填报上级要表。请交给党政办或单位负责人。", ground=ANSWER)

    def prepare() -> _Ready:
        cells = cells_of(form)
        if unsure := [cell for cell in cells if needs_look(cell)]:
            raise Conflict(UNSURE.format(count=len(unsure)))
        found = seen_of(form, cells, by=actor, today=local_day(stamp.recorded_at))
        if found.lists.problem:
            raise Conflict(found.lists.problem)
        if found.digest != seen:
            raise Conflict(MOVED)
        versions = versions_on(form.town, local_day(stamp.recorded_at))
        parts = [(cell, _frozen(form, cell, found, versions)) for cell in cells]
        return _Ready(parts, _written(form, found, quotas))

    def act(ready: _Ready) -> AskedForm:
        return _freeze(form, ready, actor=actor, stamp=stamp, quotas=quotas)

    return prepared_once(stamp, prepare, act, again=lambda found: AskedForm.objects.get(pk=found))


def needs_look(cell: AskedCell) -> bool:
    """Tell whether a person has still to look at a cell: a guess, or a typed number of an earlier period."""
    choice = cell.choice
    if choice.source is Source.TYPED and not choice.text:
        return True
    return choice.source is not Source.NONE and not choice.is_sure


def seen_of(form: AskedForm, cells: Iterable[AskedCell], *, by: StaffActor, today: date) -> Seen:
    """Return what is written into each cell of a form now, with the digest of it."""
    told = list(cells)
    numbers = answers_to(form.town, [Asked(cell.choice, form.period) for cell in told], today=today)
    figures = known_on(form.town, today).figures
    answers = {}
    for cell in told:
        choice = cell.choice
        if choice.source is Source.FIGURE:
            number = numbers[Asked(choice, form.period)]
            figure = figures.get(choice.figure)
            if number.printed and figure is not None:
                is_share = is_share_of(choice.style, is_rate=figure.is_rate)
                answers[cell.pk] = number_said(
                    cell.spot, number.printed, unit=cell.unit, is_percent=cell.is_percent, is_share=is_share
                )
        elif words := _words(form, cell, by=by, today=today):
            answers[cell.pk] = words_said(cell.spot, words)
    plain = [[str(cell.pk), *answers[cell.pk].plain()] for cell in told if cell.pk in answers]
    lists = listed(form, lists_of(by, form, today=today)) if form.lists else Listed()
    of = {"form": str(form.pk), "period": form.period.words, "cells": plain}
    if form.lists:
        of["lists"] = [one.plain() for one in lists.answers]
    return Seen(answers, numbers, digest_of(of), lists)


def _words(form: AskedForm, cell: AskedCell, *, by: Actor, today: date) -> str:
    """Return what is no figure: what was typed, or the town, the day and who fills it in."""
    choice = cell.choice
    if choice.source is Source.TYPED:
        return choice.text
    if choice.source is not Source.TOLD:
        return ""
    said = {
        Told.TOWN: lambda: place_name(form.town),
        Told.DAY: lambda: say_day(today),
        Told.PERIOD: lambda: form.period.words,
        Told.PERSON: lambda: names_of(form.town).staff.get(by.id, ""),
    }
    return said[Told(choice.figure)]() if choice.figure in set(Told) else ""


def _written(form: AskedForm, seen: Seen, quotas: Quotas) -> Admitted:
    """Write the answers into the file and take it in; an old format goes back where LibreOffice can."""
    stored = stored_for(form.town, form.working_id or form.file_id)
    with scratch_folder(form.town) as folder:
        sort = NEW_SORT[form.sort]
        path = folder / f"form.{sort}"
        with open_file(stored) as source, path.open("wb") as target:
            copyfileobj(source, target)
        filled = fill_form(path, sort, seen.written, folder / f"answer.{sort}", grown=seen.lists.grown)
        if form.sort in ("xls", "doc"):
            filled = converted(filled, to=form.sort) or filled
        stem = Path(stored_for(form.town, form.file_id).name).stem
        made = Made(f"{stem}{filled.suffix}", filled.read_bytes())
        return admit(made, town=form.town, quotas=quotas)


def _freeze(form: AskedForm, ready: _Ready, *, actor: StaffActor, stamp: Stamp, quotas: Quotas) -> AskedForm:
    """Write the answer down, with each typed number as a record of the book of quoted numbers."""
    kept = deed_of(ready.file, quotas=quotas, stamp=stamp)
    records = quote_typed(form, [cell for cell, _ in ready.parts], actor=actor, stamp=stamp)
    parts = [(cell, told | {"record_id": records[cell.pk]}) for cell, told in ready.parts]
    changes: dict[str, object] = {
        "state": FormState.ANSWERED,
        "answer_id": kept.subject.pk,
        "digest": digest_of({str(cell.pk): [str(one) for one in told.values()] for cell, told in parts}),
        "answered_by": stamp.by,
        "answered_at": stamp.recorded_at,
    }
    deed = Deed("form.answered", form, changes=changes, parts=parts, words=f"填报：{form.title}")
    record_all([deed, kept], stamp)
    return form


def _frozen(form: AskedForm, cell: AskedCell, seen: Seen, versions: Mapping[str, str]) -> dict[str, object]:
    """Return a cell's answer as it is frozen: what is written, the exact number, of which days, by which text."""
    choice, answer = cell.choice, seen.answers.get(cell.pk)
    asked = Asked(choice, form.period)
    is_figure = choice.source is Source.FIGURE
    return {
        "printed": answer.words if answer else "",
        "exact": seen.numbers[asked].exact if is_figure else "",
        "from_on": asked.days.from_on if is_figure else form.from_on,
        "to_on": asked.days.to_on if is_figure else form.to_on,
        "version": versions.get(choice.figure, "") if is_figure else "",
    }
