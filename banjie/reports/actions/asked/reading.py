"""认表: read a form that was received, find its blanks, and match each as before or by what its heads say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.files.actions import Admitted, admit, deed_of
from banjie.files.queries import open_file, stored_for
from banjie.files.quotas import Quotas
from banjie.files.storage import scratch_folder
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Stamp
from banjie.reports.actions.asked.matching import columns_of
from banjie.reports.actions.asked.receiving import PERIOD, TITLE, Made
from banjie.reports.asked.blanks import Blank, Spot, blanks_in, lists_in
from banjie.reports.asked.form import Form
from banjie.reports.asked.matching import Choice, Source, plain_label, propose, topics_of
from banjie.reports.asked.opening import NEW_SORT, is_plain, made_new, read_form
from banjie.reports.asked.spans import period_named
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.queries.asked import cells_of, form_before, known_on, quoted_in, typed_before
from banjie.rulebook.queries import rules_on
from banjie.sheets.matching import Ground

OPENING = 6
"""Lines of a Word file that may name the period."""
NOTHING = "这张表里没有找到要填的空格。请确认发来的是空表；名册、清单请从各列表的“导出”里取。"
PLAIN = "（从简）.xlsx"
PLAINLY = (
    "这台服务器不能转换老格式的 .xls：答表是 .xlsx，只留文字和合并的格，合计要自己加。"
    "要保留原来的样子，请另存为 .xlsx 再传一次。"
)
QUOTED = "引用数台账里有同一时段的这个数，请核对"
OTHER_PERIOD = "上期填的是“{text}”（{quoted}），请填这一期的数"


def read_received(form_id: UUID, *, by: Actor, at: datetime, quotas: Quotas) -> AskedForm:
    """Read a form that is waiting to be read and propose what its cells are; idempotent.

    What cannot be read is said on the form, which is then to be sent again in another format.
    """
    form = AskedForm.objects.get(pk=form_id)
    if form.state != FormState.READING:
        return form
    stamp = Stamp(by=by.id, happened_at=at, recorded_at=at)
    try:
        read, working = _opened(form, quotas)
        blanks = blanks_in(read)
        _check_count(form.town, read, blanks, local_day(at))
    except InvalidInput as refusal:
        return _fail(form, stamp, refusal.message)
    return _keep(form, read, blanks, working, stamp=stamp, quotas=quotas)


def _opened(form: AskedForm, quotas: Quotas) -> tuple[Form, Admitted | None]:
    """Return what stands in the form, and the file in the new format where it came in the old one."""
    stored = stored_for(form.town, form.file_id)
    with scratch_folder(form.town) as folder:
        path = folder / f"form.{form.sort}"
        with open_file(stored) as source, path.open("wb") as target:
            copyfileobj(source, target)
        new = made_new(path, form.sort)
        read = read_form(new, NEW_SORT[form.sort])
        if new == path:
            return read, None
        name = f"{Path(stored.name).stem}{PLAIN if is_plain(new) else new.suffix}"
        return read, admit(Made(name, new.read_bytes()), town=form.town, quotas=quotas)


def _check_count(town: str, read: Form, blanks: tuple[Blank, ...], on: date) -> None:
    if not blanks and not lists_in(read):
        raise InvalidInput(NOTHING)
    most = rules_on(town, on).rule("asked_forms").value("cells", int)
    if len(blanks) > most:
        raise InvalidInput(
            f"这张表有{len(blanks)}个空格，超过{most}个。请分成几个文件，或只留本镇要填的表后再上传。"
        )


def _fail(form: AskedForm, stamp: Stamp, words: str) -> AskedForm:
    with transaction.atomic():
        record_all(
            [Deed("form.unread", form, changes={"state": FormState.FAILED, "words": words[:300]})], stamp
        )
    return form


def _keep(
    form: AskedForm,
    read: Form,
    blanks: tuple[Blank, ...],
    working: Admitted | None,
    *,
    stamp: Stamp,
    quotas: Quotas,
) -> AskedForm:
    today = local_day(stamp.recorded_at)
    changes = {"state": FormState.OPEN, "layout": read.layout, **_named(form, read, today)}
    changes["words"] = PLAINLY if working is not None and working.name.endswith(PLAIN) else ""
    form.content = read.plain()
    for column, value in changes.items():
        setattr(form, column, value)
    last = form_before(form)
    changes["lists"] = last.lists if last is not None and last.layout == read.layout else {}
    choices = _choices(form, read, blanks, today=today)
    fresh = AskedForm.objects.get(pk=form.pk)
    with transaction.atomic():
        deeds = []
        if working is not None:
            kept = deed_of(working, quotas=quotas, stamp=stamp)
            changes["working_id"] = kept.subject.pk
            deeds.append(kept)
        if not AskedForm.objects.filter(pk=form.pk, state=FormState.READING).update(content=form.content):
            raise Conflict("这张表已经读过了。请刷新页面。")
        parts = [
            (AskedCell(town=form.town, form_id=form.pk), columns) for columns in _columns(blanks, choices)
        ]
        record_all([Deed("form.read", fresh, changes=changes, parts=parts), *deeds], stamp)
    fresh.content = form.content
    return fresh


def _named(form: AskedForm, read: Form, today: date) -> dict[str, object]:
    """Return title and period as the form itself says them, where nobody told them."""
    told = form.content.get("told", [])
    named: dict[str, object] = {}
    if TITLE not in told and read.title:
        named["title"] = read.title[:120]
    opening = (read.title, *(read.grids[0].titles if read.grids else ()), *read.lines[:OPENING])
    period = next((one for words in opening if (one := period_named(words, today=today))), None)
    if PERIOD not in told and period is not None:
        named |= {"from_on": period.from_on, "to_on": period.to_on}
    return named


def _columns(blanks: tuple[Blank, ...], choices: Mapping[Spot, Choice]) -> list[dict[str, object]]:
    return [
        {
            "grid": blank.spot.grid,
            "line": blank.spot.line,
            "place": blank.spot.place,
            "gap": blank.spot.gap,
            "label": blank.label[:300],
            "unit": blank.unit,
            "is_percent": blank.is_percent,
            **columns_of(choices[blank.spot]),
        }
        for blank in blanks
        if blank.spot in choices
    ]


def _choices(form: AskedForm, read: Form, blanks: tuple[Blank, ...], *, today: date) -> dict[Spot, Choice]:
    """Return what each blank is: as a person told it the last time, else as its heads say; another's is left out."""
    known = known_on(form.town, today)
    topics = topics_of(read, known, sender=form.sender)
    before, typed = _before(form), _typed(form)
    found: dict[Spot, Choice] = {}
    for blank in blanks:
        told = before.get(blank.spot) or before.get(plain_label(blank))
        if told is not None and told.source is Source.FIGURE and told.figure not in known.figures:
            told = None
        choice = told or propose(blank, topics[blank.spot.grid], known)
        if choice is not None and choice.source is Source.NONE:
            choice = typed.get(plain_label(blank), choice)
        if choice is not None:
            found[blank.spot] = choice
    return found


def _typed(form: AskedForm) -> dict[str, Choice]:
    """Return the words of a label → a number that was typed and reported, or is quoted, for the very same days."""
    told: dict[str, Choice] = {}
    for cell in typed_before(form.town, form.period, besides=form.pk):
        why = f"同一时段报{cell.form.sent_to}时填过，请核对"
        choice = replace(cell.choice, ground=Ground.LIKENESS, why=why)
        told.setdefault(_plain(cell.label), choice)
    for name, one in quoted_in(form, form.period).items():
        choice = Choice(Source.TYPED, text=one.text, quoted=one.said_by, ground=Ground.LIKENESS, why=QUOTED)
        told.setdefault(_plain(name), choice)
    return told


def _before(form: AskedForm) -> dict[object, Choice]:
    """Return spot, or else the words of a label → what a person made of it the last time."""
    last = form_before(form)
    if last is None:
        return {}
    told = [cell for cell in cells_of(last) if cell.ground in (Ground.TOLD, Ground.REMEMBERED)]
    is_same = last.layout == form.layout
    return {
        cell.spot if is_same else _plain(cell.label): _again(
            cell.choice, is_same_period=last.period == form.period
        )
        for cell in told
    }


def _plain(label: str) -> str:
    row, _, column = label.rpartition("｜")
    parts = (tuple(row.split("／")) if row else (), tuple(column.split("／")) if column else ())
    return plain_label(Blank(Spot(0, 0, 0), *parts))


def _again(choice: Choice, *, is_same_period: bool) -> Choice:
    choice = replace(choice, ground=Ground.REMEMBERED)
    if choice.source is not Source.TYPED or is_same_period:
        return choice
    why = OTHER_PERIOD.format(text=choice.text[:30], quoted=choice.quoted[:60])
    return replace(choice, text="", why=why)
