"""对应: what a cell of a form is, as a person tells it; and the period that the form asks of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.figures.periods import Period
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.people.queries import StaffActor
from banjie.reports.asked.matching import Choice, Known, Source, Style
from banjie.reports.asked.spans import is_span
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.queries.asked import form_for, known_on, lists_of
from banjie.sheets.matching import Ground

MATCH = "reports.match_form"
SHUT = "这张表已经报出，不能再改。要更正的，请把更正后的表重新收一次，另行报送。"
NO_TEXT = "没有写内容。请写上要填的数或者文字。"
NO_SOURCE = "没有写出处。手工填的数要写明是谁的、从哪里来，如“县12345平台10月通报”。"
NO_FIGURE = "没有这个数据指标，或它现在不生效。请从列表里选。"
NO_BOOK = "这本台账和名册的栏目对不上，或者您看不到它。请从列表里选。"
BAD_GROUP = "“{title}”不能这样分组。请换一个指标，或把分组改成“全镇”。"


def match_form(actor: Actor, stamp: Stamp, form_id: UUID, *, choices: Mapping[UUID, Choice]) -> AskedForm:
    """Set what cells of a form are, as a person tells it; the next form of this layout remembers it.

    An answer that was worked out before falls away. Raises NotFound, NotAllowed, Conflict for a form that was sent,
    InvalidInput for a figure or group that there is not, and for a typed number without its source.
    """
    form = open_form(actor, form_id)
    cells = {cell.pk: cell for cell in AskedCell.objects.filter(form=form, pk__in=choices)}
    if len(cells) != len(choices):
        raise NotFound("表里没有这一格。请从表的页面重新打开。")
    known = known_on(actor.town, local_day(stamp.recorded_at))
    told = {cell_id: checked(choice, known) for cell_id, choice in choices.items()}
    with transaction.atomic():
        parts = [(cells[cell_id], columns_of(choice)) for cell_id, choice in told.items()]
        record(Deed("form.matched", form, changes=reopened(form), parts=parts), stamp)
    return form


def change_period(
    actor: Actor, stamp: Stamp, form_id: UUID, *, period: Period, due_on: date | None
) -> AskedForm:
    """Set the days that a form asks of and the day by which it is wanted; its numbers are then of those days."""
    form = open_form(actor, form_id)
    changes = {"from_on": period.from_on, "to_on": period.to_on, "due_on": due_on}
    with transaction.atomic():
        record(Deed("form.matched", form, changes={**changes, **reopened(form)}), stamp)
    return form


def fill_list(actor: StaffActor, stamp: Stamp, form_id: UUID, *, list_key: str, book_key: str) -> AskedForm:
    """Say from which book a list of a form is filled, "" that it stays empty; an answer made before falls away.

    Raises NotFound, NotAllowed, Conflict for a form that was sent, InvalidInput for a book that does not fit.
    """
    form = open_form(actor, form_id)
    found = next(
        (
            one
            for one in lists_of(actor, form, today=local_day(stamp.recorded_at))
            if one.form_list.key == list_key
        ),
        None,
    )
    if found is None:
        raise NotFound("表里没有这个名册。请从表的页面重新打开。")
    if book_key and book_key not in {book.key for book in found.fitting}:
        raise InvalidInput(NO_BOOK, fields={"book": NO_BOOK})
    lists = {key: book for key, book in form.lists.items() if key != list_key}
    if book_key:
        lists[list_key] = book_key
    with transaction.atomic():
        record(Deed("form.matched", form, changes={"lists": lists, **reopened(form)}), stamp)
    return form


def open_form(actor: Actor, form_id: UUID) -> AskedForm:
    """Return a form whose cells may be matched. Raises NotFound, NotAllowed, Conflict."""
    form = form_for(actor, form_id)
    if not actor.may(MATCH):
        raise NotAllowed("您的岗位不能核对上级要表。请交给党政办或单位负责人。", ground=MATCH)
    if not form.is_open:
        raise Conflict(SHUT if form.state == FormState.SENT else "这张表还没有读完。请稍等再试。")
    return form


def reopened(form: AskedForm) -> dict[str, object]:
    """Return the changes by which an answer falls away, none where there is none yet."""
    if form.state != FormState.ANSWERED:
        return {}
    gone = {"answer_id": None, "digest": "", "answered_by": None, "answered_at": None}
    return {"state": FormState.OPEN, **gone}


def columns_of(choice: Choice) -> dict[str, object]:
    """Return a choice as the columns of a cell."""
    return {
        "source": choice.source.value,
        "figure": choice.figure,
        "group": choice.group,
        "value": choice.value,
        "span": choice.span,
        "style": str(choice.style),
        "ground": None if choice.ground is None else int(choice.ground),
        "why": choice.why[:200],
        "text": choice.text,
        "quoted": choice.quoted,
    }


def checked(choice: Choice, known: Known) -> Choice:
    """Return a choice as a person told it; raises InvalidInput for what cannot be."""
    told = replace(choice, ground=Ground.TOLD, why="")
    if told.source is Source.TYPED:
        wrong = {"text": NO_TEXT} if not told.text.strip() else {}
        wrong |= {} if told.quoted.strip() else {"quoted": NO_SOURCE}
        if wrong:
            raise InvalidInput(next(iter(wrong.values())), fields=wrong)
        return Choice(Source.TYPED, text=told.text.strip(), quoted=told.quoted.strip(), ground=Ground.TOLD)
    if told.source is not Source.FIGURE:
        return Choice(told.source, figure=told.figure, ground=Ground.TOLD)
    figure = known.figures.get(told.figure)
    if figure is None:
        raise InvalidInput(NO_FIGURE, fields={"figure": NO_FIGURE})
    groups = [one for one in told.group.split("+") if one]
    if not set(groups) <= known.groups[figure.key] or len(groups) != len(_values(told)):
        said = BAD_GROUP.format(title=figure.title)
        raise InvalidInput(said, fields={"figure": said})
    if not is_span(told.span) or told.style not in set(Style):
        raise InvalidInput("时段没有选对。请从列表里选。", fields={"span": "时段没有选对。请从列表里选。"})
    return told


def _values(choice: Choice) -> list[str]:
    return choice.value.split("+") if choice.group else []
