"""Superiors' forms on their way through the office, for tests of deeds and pages."""

from dataclasses import dataclass, replace
from datetime import datetime

from banjie.base.clock import local_day
from banjie.cases.settings import quotas
from banjie.cases.tests.factories import Office
from banjie.figures.periods import Period
from banjie.files.queries import open_file, stored_for
from banjie.files.quotas import Quotas
from banjie.files.tests.factories import Handed
from banjie.ledger.record import Stamp
from banjie.people.queries import StaffActor, actor_for
from banjie.reports.actions import (
    Received,
    answer_form,
    match_form,
    read_received,
    receive_form,
    send_form,
)
from banjie.reports.actions.asked.answering import needs_look, seen_of
from banjie.reports.asked.matching import Source
from banjie.reports.models import AskedForm
from banjie.reports.queries.asked import cells_of
from banjie.reports.tests.blank_forms import HOTLINE, letters_two_rows
from banjie.reports.tests.factories import NOVEMBER_5
from banjie.rulebook.queries import rules_on

XLSX = f"{HOTLINE}.xlsx"


@dataclass(frozen=True)
class Desk:
    """Who fills forms in, and when."""

    office: Office
    at: datetime = NOVEMBER_5

    @property
    def he(self) -> StaffActor:
        return actor_for(self.office.people["he"], at=self.at)

    def stamp(self, by: str = "he", **more: object) -> Stamp:
        person = self.office.people[by].pk
        return replace(Stamp(by=person, happened_at=self.at, recorded_at=self.at), **more)

    @property
    def quotas(self) -> Quotas:
        return quotas(rules_on(self.office.town, local_day(self.at)))

    def received(
        self,
        content: bytes | None = None,
        *,
        name: str = "群众诉求月报.xlsx",
        sender: str = "县信访局",
        period: Period | None = None,
    ) -> AskedForm:
        """Return a form that was received and read."""
        told = Received(sender=sender, period=period)
        upload = Handed(name, letters_two_rows() if content is None else content)
        form = receive_form(self.he, self.stamp(), upload=upload, told=told, quotas=self.quotas)
        return read_received(form.pk, by=self.he, at=self.at, quotas=self.quotas)

    def seen(self, form: AskedForm) -> str:
        """Return the digest of what the page would show."""
        form = AskedForm.objects.get(pk=form.pk)
        return seen_of(form, cells_of(form), by=self.he, today=local_day(self.at)).digest

    def confirmed(self, form: AskedForm) -> AskedForm:
        """Return the form with every guess looked at."""
        unsure = {cell.pk: cell.choice for cell in cells_of(form) if needs_look(cell)}
        return match_form(self.he, self.stamp(), form.pk, choices=unsure) if unsure else form

    def answered(self, form: AskedForm) -> AskedForm:
        """Return the form with its answer made."""
        self.confirmed(form)
        return answer_form(self.he, self.stamp(), form.pk, seen=self.seen(form), quotas=self.quotas)

    def sent(self, form: AskedForm) -> AskedForm:
        """Return the form as it left."""
        self.answered(form)
        return send_form(self.he, self.stamp(), form.pk, sent_to="县信访局", way="mail")


def file_of(form: AskedForm) -> bytes:
    """Return the answer's file."""
    with open_file(stored_for(form.town, form.answer_id)) as source:
        return source.read()


def by_label(form: AskedForm):
    """Return label → cell."""
    return {cell.label: cell for cell in cells_of(form)}


def share_filled(form: AskedForm) -> float:
    """Return how many of the cells that ask for a number have one."""
    asked = [cell for cell in cells_of(form) if cell.source in (Source.FIGURE, Source.NONE)]
    return sum(1 for cell in asked if cell.source == Source.FIGURE) / len(asked)
