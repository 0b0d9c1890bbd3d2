"""Choose an import, send a sheet, match its columns, look at the preview, import, watch, undo."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.errors import BanjieError, InvalidInput
from banjie.base.keyset import count_to, slice_after
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.numbers import largest_sheet
from banjie.desk.office.pages import counted
from banjie.desk.sheets import sight
from banjie.desk.sheets.files import sheet_file
from banjie.desk.sheets.forms import SendForm, column_rows, told_columns
from banjie.desk.sheets.tasks import go_on
from banjie.people.queries import StaffActor, staff_names
from banjie.sheets.actions import (
    choose_sheet,
    match_columns,
    start_batch,
    stop_batch,
    take_in_sheet,
    undo_batch,
)
from banjie.sheets.declared import Importer, Setting
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import Batch, State
from banjie.sheets.queries import (
    Sheet,
    batch_for,
    batches_visible_to,
    importer_for,
    importers_of,
    own_batch,
    sheet_of,
)
from banjie.sheets.writing.marked import Marked, write_marked
from banjie.sheets.writing.template import write_template

OWN = "one's own batches and, for the town's, those of one's kinds"
PAGE, COUNTED = 20, 10_000
OPEN = frozenset({State.READ, State.FAULTY, State.READY})


@require_safe
@needs("desk.use", scope=OWN)
def home(request: HttpRequest) -> HttpResponseBase:
    """Show what this person may import, and the batches so far."""
    actor = at_work(request)
    found = batches_visible_to(actor)
    shown = slice_after(found, by=("-made_at", "-id"), token=request.GET.get("after", ""), size=PAGE)
    names = staff_names(batch.made_by for batch in shown.rows)
    rows = [
        (
            batch,
            sight.title_of(batch),
            sight.chip_of(batch),
            names.get(batch.made_by, ""),
        )
        for batch in shown.rows
    ]
    context = {
        "importers": importers_of(actor),
        "rows": rows,
        "pager": counted(request, shown, total=count_to(found, COUNTED)),
    }
    return page(request, "desk/sheets/home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.use", scope="the importers that one may use")
def send(request: HttpRequest, importer: str) -> HttpResponseBase:
    """Take in a file or a block of cells for one importer."""
    actor = at_work(request)
    chosen = sight.titled(importer_for(actor, importer), town=actor.town, at=now())
    setting = Setting(by=actor, town=actor.town, at=now())
    form = SendForm(posted(request), request.FILES or None, asks=chosen.asks(setting))
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda _: _take_in(request, actor, chosen, form))
        if done.result is not None:
            return redirect("sheets:batch", batch_id=done.result.pk)
        status = done.status
    context = {"importer": chosen, "form": form, "must": sight.required_words(chosen.columns(setting))}
    return page(request, "desk/sheets/send.html", context, status=status)


@require_safe
@needs("desk.use", scope="the importers that one may use")
def template(request: HttpRequest, importer: str) -> HttpResponseBase:
    """Hand out the template of an importer, with the town's own choices in its drop-downs."""
    actor = at_work(request)
    chosen = sight.titled(importer_for(actor, importer), town=actor.town, at=now())
    columns = chosen.columns(Setting(by=actor, town=actor.town, at=now()))
    return sheet_file([write_template(chosen.title, columns)], name=f"{chosen.title}模板")


@never_cache
@require_safe
@needs("desk.use", scope=OWN)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Show where a batch stands: its progress, its findings, its preview or what became of it."""
    actor = at_work(request)
    row = batch_for(actor, batch_id)
    is_own = row.made_by == actor.id
    if row.state == State.READ and is_own:
        return redirect("sheets:columns", batch_id=row.pk)
    context: dict[str, object] = {
        "batch": row,
        "title": sight.title_of(row),
        "chip": sight.chip_of(row),
        "who": staff_names([row.made_by]).get(row.made_by, ""),
        "is_own": is_own,
        "at": sight.said_at(row),
        "way_on": sight.way_on(row.importer),
    }
    if row.is_at_work:
        context["progress"] = sight.progress_of(row, at=now())
    elif is_own and row.state in OPEN:
        context |= _checked(request, row, actor)
    answer = page(request, "desk/sheets/batch.html", context, partials=["batch-state"])
    if request.headers.get("HX-Request") and not row.is_at_work:
        answer["HX-Refresh"] = "true"  # the state stands in the page's head too
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.use", scope="one's own batches")
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Show which column of the sheet is which, and take the choice."""
    actor, at = at_work(request), now()
    row = own_batch(actor, batch_id)
    if row.state not in OPEN:
        return redirect("sheets:batch", batch_id=row.pk)
    if request.method != "POST":
        return _columns_page(request, sheet_of(row, by=actor, at=at), row.matching, {})
    told = told_columns(request.POST)
    try:
        match_columns(actor, batch_id, told=told, at=at)
    except InvalidInput as refusal:
        sheet = sheet_of(row, by=actor, at=at)
        return _columns_page(request, sheet, {str(n): key for n, key in told.items()}, refusal.fields)
    go_on(row)
    return redirect("sheets:batch", batch_id=row.pk)


@require_POST
@needs("desk.use", scope="one's own batches")
def choose(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Take another sheet of the same file."""
    choose_sheet(at_work(request), batch_id, name=request.POST.get("sheet", ""), at=now())
    return redirect("sheets:columns", batch_id=batch_id)


@require_POST
@needs("desk.use", scope="one's own batches")
def start(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Import what was looked at."""
    go_on(start_batch(at_work(request), batch_id, at=now()))
    return redirect("sheets:batch", batch_id=batch_id)


@require_POST
@needs("desk.use", scope="one's own batches")
def stop(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Stop a batch; what was written of it is taken back."""
    row = stop_batch(at_work(request), batch_id, at=now())
    if row.state == State.STOPPED:
        messages.success(request, "已取消，没有写入任何数据。")
    return redirect("sheets:batch", batch_id=batch_id)


@require_POST
@needs("desk.use", scope=OWN)
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Take a whole batch back as one act (U11, U15)."""
    go_on(undo_batch(at_work(request), batch_id, at=now()))
    return redirect("sheets:batch", batch_id=batch_id)


@require_POST
@needs("desk.use", scope=OWN)
def again(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Have the worker look again at a batch that does not get on."""
    go_on(batch_for(at_work(request), batch_id))
    return redirect("sheets:batch", batch_id=batch_id)


@never_cache
@require_safe
@needs("desk.use", scope="one's own batches")
def marked(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Hand out the sheet as it was sent with every bad cell marked, to be corrected and sent again (U15)."""
    actor = at_work(request)
    row = own_batch(actor, batch_id)
    sheet = sheet_of(row, by=actor, at=now())
    told = Marked(sheet.raw_sheet, sheet.table, sheet.matching, outcome_of(row).findings)
    stem = row.file_name.rpartition(".")[0] or row.file_name
    return sheet_file(write_marked(told), name=f"{stem}（问题标注）")


def _take_in(request: HttpRequest, actor: StaffActor, importer: Importer, form: SendForm) -> Batch:
    row = take_in_sheet(
        actor,
        stamp_of(request, actor),
        importer_key=importer.key,
        sent=form.sent,
        office=min(actor.unit_ids, default=None),
        max_bytes=largest_sheet(actor.town, at=now()),
    )
    go_on(row)
    return row


def _checked(request: HttpRequest, row: Batch, actor: StaffActor) -> dict[str, object]:
    """Return the findings and the preview of a batch that waits for its maker."""
    try:
        sheet, outcome = sheet_of(row, by=actor, at=now()), outcome_of(row)
        start = _number(request.GET.get("from", ""))
        findings = sight.finding_rows(outcome, sheet, start=start)
    except BanjieError as gone:
        return {"gone": gone.message}
    shown = start + len(findings)
    return {
        "outcome": outcome,
        "facts": sight.facts_of(row, outcome),
        "findings": findings,
        "findings_from": start + 1,
        "findings_to": shown,
        "findings_next": shown if shown < len(outcome.findings) else 0,
        "preview": sight.preview(outcome, row),
        "form": SendForm(),
        "options": sorted(row.options.items()),
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0


def _columns_page(
    request: HttpRequest, sheet: Sheet, chosen: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    places = {int(place): key for place, key in chosen.items()}
    context = {
        "batch": sheet.batch,
        "title": sight.title_of(sheet.batch),
        "sheets": [raw.name for raw in sheet.raw.filled],
        "columns": column_rows(sheet, places, problems),
        "count": len(sheet.table.lines),
        "head_line": sheet.table.head_line,
        "notes": sheet.table.notes,
        "missing": [column.title for column in sheet.columns if column.is_required
                    and column.key not in places.values()],
        "problems": [{"href": f"#{name}", "words": words} for name, words in problems.items()],
    }  # fmt: skip
    return page(request, "desk/sheets/columns.html", context, status=422 if problems else 200)
