"""Superiors' forms as a town sees them: the list, one, its cells, the one before it, and what was already reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.figures.periods import Period
from banjie.reports.asked.matching import Choice, Source
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.queries.asked.numbers import Asked

DONE = (FormState.ANSWERED, FormState.SENT)
MOST_SENDERS = 30
MOST_TYPED = 500


@dataclass(frozen=True)
class Reported:
    """A number that left the house already: when, to whom, in which form, and what it was."""

    sent_at: datetime
    sent_to: str
    title: str
    form_id: UUID
    printed: str


def forms_of(actor: Actor) -> QuerySet[AskedForm]:
    """Return the forms of the actor's town, the newest first, without what was read of them."""
    return AskedForm.objects.filter(town=actor.town).defer("content").order_by("-received_at", "-id")


def form_for(actor: Actor, form_id: UUID) -> AskedForm:
    """Return one form. Raises NotFound for another town's."""
    found = AskedForm.objects.filter(town=actor.town, pk=form_id).first()
    if found is None:
        raise NotFound("没有这一张上级要表。请从“上级要表”列表里打开。")
    return found


def cells_of(form: AskedForm) -> list[AskedCell]:
    """Return the cells of a form in their order, the gaps of running text last."""
    cells = AskedCell.objects.filter(form=form).order_by("grid", "line", "place", "gap")
    return sorted(cells, key=lambda cell: cell.grid < 0)


def senders_of(town: str) -> list[str]:
    """Return who has sent forms before, the latest first."""
    told = AskedForm.objects.filter(town=town).order_by("-received_at").values_list("sender", flat=True)
    return list(dict.fromkeys(told[: MOST_SENDERS * 4]))[:MOST_SENDERS]


def form_before(form: AskedForm) -> AskedForm | None:
    """Return the last form of the same layout, or of the same sender and title, that was filled in before this one."""
    others = AskedForm.objects.filter(town=form.town, state__in=DONE).exclude(pk=form.pk)
    same = Q(layout=form.layout) if form.layout else Q(pk__isnull=True)
    alike = others.filter(same | Q(sender=form.sender, title=form.title)).defer("content")
    newest = alike.order_by("-received_at")
    return newest.filter(same).first() or newest.first()


def typed_before(town: str, period: Period, *, besides: UUID) -> list[AskedCell]:
    """Return the numbers typed into forms of the same period that were sent, the latest first, each with its form."""
    typed = AskedCell.objects.filter(
        town=town,
        source=Source.TYPED,
        figure="",
        to_on=period.to_on,
        from_on=period.from_on,
        form__state=FormState.SENT,
    )
    found = typed.exclude(form_id=besides).select_related("form").defer("form__content")
    return list(found.order_by("-form__sent_at")[:MOST_TYPED])


def reported_before(
    town: str, asked: Iterable[Asked], *, besides: UUID | None = None
) -> Mapping[Asked, list[Reported]]:
    """Return for each number that was asked when and to whom it was already reported, the latest first."""
    wanted = [one for one in dict.fromkeys(asked) if one.choice.source is Source.FIGURE]
    if not wanted:
        return {}
    rows = (
        AskedCell.objects.filter(
            town=town,
            source=Source.FIGURE,
            figure__in={one.choice.figure for one in wanted},
            to_on__in={one.days.to_on for one in wanted},
            form__state=FormState.SENT,
        )
        .exclude(form_id=besides)
        .exclude(printed="")
        .select_related("form")
        .defer("form__content")
        .order_by("-form__sent_at")
    )
    found: dict[tuple[object, ...], list[Reported]] = {}
    for cell in rows:
        form, sent_at = cell.form, cell.form.sent_at
        if cell.from_on and cell.to_on and sent_at:
            days = Period(cell.from_on, cell.to_on)
            told = Reported(sent_at, form.sent_to, form.title, form.pk, cell.printed)
            found.setdefault(_place(cell.choice, days), []).append(told)
    return {one: found[place] for one in wanted if (place := _place(one.choice, one.days)) in found}


def _place(choice: Choice, days: Period) -> tuple[object, ...]:
    """Return what tells one number from every other, whichever form asks for it."""
    return (choice.figure, choice.group, choice.value, choice.style, days)
