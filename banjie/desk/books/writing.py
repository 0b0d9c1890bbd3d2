"""Pages that write a book: a new record, its amendment and voiding, a look at what is personal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from banjie.base.page import page
from banjie.books.actions import amend, reveal_record, void, write
from banjie.books.book import BookField
from banjie.books.models import Record
from banjie.books.queries import ALL, blank_for, names_for, record_for, sees_field, title_of
from banjie.desk.access import needs
from banjie.desk.books.desk import BookDesk, desk_of
from banjie.desk.books.filing import taken_in
from banjie.desk.books.forms import RecordForm, RevealForm, WhyForm
from banjie.desk.books.maps import MOST_AROUND, places_of
from banjie.desk.books.pages import show_record
from banjie.desk.books.rows import address_of
from banjie.desk.deeds import attempt, stamp_of
from banjie.desk.drafts.keeping import draft_of, draft_url, drop_draft
from banjie.fields.spec import FieldType
from banjie.ledger.record import Stamp


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("books.write_record", scope="can_write, by the action")
def new(request: HttpRequest, key: str) -> HttpResponseBase:
    """记一条: what is known is filled in; after it the record, the same form again, or the list."""
    desk = desk_of(request, key)
    form = _new_form(request, desk)
    if request.method != "POST":
        return _form_page(request, desk, form, title="记一条", label="记下", draft=_draft_key(desk))
    stamp = stamp_of(request, desk.actor)
    done = attempt(form, lambda _: write(key, _told(desk, form, stamp), actor=desk.actor, stamp=stamp))
    if done.result is None:
        return _form_page(
            request, desk, form, title="记一条", label="记下", draft=_draft_key(desk), status=done.status
        )
    drop_draft(request, _draft_key(desk))
    messages.success(request, f"已记入{desk.book.title}：{title_of(done.result, desk.book)}。")
    then = request.POST.get("then", "")
    if then == "again":
        return redirect("books:new", key=key)
    return redirect("books:list", key=key) if then == "list" else redirect(address_of(done.result))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("books.amend_record", scope="record_for")
def change(request: HttpRequest, key: str, record_id: UUID) -> HttpResponseBase:
    """更正: what stands is filled in; what is personal stays empty and stays as it is unless typed anew."""
    desk = desk_of(request, key)
    record = record_for(desk.actor, record_id, on=desk.today).record
    specs = _own(desk, record)
    names = names_for(desk.actor, desk.book, [record])
    form = RecordForm(
        desk.counter,
        specs,
        on=record.day,
        book=desk.book.key,
        data=request.POST if request.method == "POST" else None,
        files=request.FILES if request.method == "POST" else None,
        values=record.values,
        names=names.names,
    )
    for spec in specs:
        if spec.is_sealed and spec.key in record.sealed:
            form.fields[spec.key].required = False
            form.fields[spec.key].help_text = "已加密保存，不填就照旧。"
    why = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        stamp = stamp_of(request, desk.actor)
        is_told = why.is_valid()
        done = attempt(form, lambda _: _amend(desk, record, form, why, stamp) if is_told else None)
        if done.result is not None:
            messages.success(request, "已更正。")
            return redirect(address_of(record))
        status = done.status if is_told else 422
    return _form_page(
        request, desk, form, title="更正", label="更正", why=why, back=address_of(record), status=status
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("books.void_record", scope="record_for")
def strike(request: HttpRequest, key: str, record_id: UUID) -> HttpResponseBase:
    """作废: the record stays, says why, and counts nowhere."""
    desk = desk_of(request, key)
    record = record_for(desk.actor, record_id, on=desk.today).record
    form = WhyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        stamp = stamp_of(request, desk.actor)
        done = attempt(form, lambda told: void(record.pk, actor=desk.actor, stamp=stamp, reason=told["why"]))
        if done.result is not None:
            messages.success(request, "已作废，不再计入任何数字。")
            return redirect(address_of(record))
        status = done.status
    told = {"book": desk.book, "record": record, "title": title_of(record, desk.book), "form": form}
    return page(request, "desk/books/void.html", told, status=status)


@never_cache
@require_POST
@needs("books.reveal_record", scope="record_for")
def reveal(request: HttpRequest, key: str, record_id: UUID) -> HttpResponseBase:
    """Show what is personal of a record once, in the answer itself; who looked and why is entered (T19)."""
    desk = desk_of(request, key)
    form = RevealForm(request.POST)
    sealed = {spec.key: spec for spec in desk.book.fields if spec.is_sealed}
    stamp = stamp_of(request, desk.actor)
    done = attempt(
        form,
        lambda told: reveal_record(
            record_id, list(sealed), reason=told["reason"], actor=desk.actor, stamp=stamp
        ),
    )
    shown = [{"label": sealed[name].label, "value": value} for name, value in (done.result or {}).items()]
    return show_record(request, key, record_id, reveal=form, shown=shown, status=done.status)


def _new_form(request: HttpRequest, desk: BookDesk) -> RecordForm:
    specs = [spec for spec in desk.book.asked_on(desk.today) if sees_field(desk.actor, desk.book, spec)]
    if request.method == "POST":
        return RecordForm(
            desk.counter, specs, on=desk.today, book=desk.book.key, data=request.POST, files=request.FILES
        )
    kept = draft_of(request, _draft_key(desk))
    given = {} if kept else _given(request, desk)
    values = blank_for(desk.actor, desk.book, at=desk.at, given=given)
    names = names_for(desk.actor, desk.book, [Record(town=desk.actor.town, values=values)])
    form = RecordForm(
        desk.counter, specs, on=desk.today, book=desk.book.key, values=values, names=names.names
    )
    if kept:
        form.initial.update(kept.dict())
    return form


def _given(request: HttpRequest, desk: BookDesk) -> dict[str, str]:
    """Return what the address names: a record to be copied, or a resident, enterprise or case that it is about."""
    like = request.GET.get("like", "")
    given: dict[str, str] = {}
    if like:
        try:
            copied = record_for(desk.actor, UUID(like), on=desk.today)
        except ValueError:
            return given
        if copied.book.key == desk.book.key:
            given = {
                spec.key: str(copied.record.values[spec.key])
                for spec in _own(desk, copied.record)
                if spec.key in copied.record.values
                and spec.key != desk.book.day
                and not spec.type.is_kept_file
                and not spec.is_sealed
            }
    for column in ("person", "enterprise", "case"):
        spec = desk.book.column(column)
        if spec and (told := request.GET.get(column, "")):
            given[spec.key] = told
    return given


def _own(desk: BookDesk, record: Record) -> list[BookField]:
    """Return the fields of the record's own day that the actor sees."""
    return [spec for spec in desk.book.asked_on(record.day) if sees_field(desk.actor, desk.book, spec)]


def _told(desk: BookDesk, form: RecordForm, stamp: Stamp) -> dict[str, object]:
    """Return what the form tells, the files that came with it taken in before the deed."""
    return taken_in(form.uploads, form.told, actor=desk.actor, stamp=stamp, rules=desk.counter.rules)


def _amend(desk: BookDesk, record: Record, form: RecordForm, why: WhyForm, stamp: Stamp) -> Record:
    return amend(
        record.pk,
        _told(desk, form, stamp),
        actor=desk.actor,
        stamp=stamp,
        words=why.cleaned_data["why"],
    )


def _draft_key(desk: BookDesk) -> str:
    return f"book.{desk.book.key}"


def _form_page(
    request: HttpRequest,
    desk: BookDesk,
    form: RecordForm,
    *,
    title: str,
    label: str,
    draft: str = "",
    why: WhyForm | None = None,
    back: str = "",
    status: int = 200,
) -> HttpResponseBase:
    asks_place = any(spec.type is FieldType.POINT for spec in form.specs)
    told = {
        "book": desk.book,
        "form": form,
        "places": places_of(desk, ALL, most=MOST_AROUND).rows if asks_place else None,
        "title": f"{title} · {desk.book.title}",
        "label": label,
        "why": why["why"] if why else None,
        "action": request.get_full_path(),
        "back": back or reverse("books:list", args=[desk.book.key]),
        "may_repeat": why is None,
        "note": "" if desk.is_awake else "本镇没有启用这本台账，现在不能记。",
        "draft_url": draft_url(draft) if draft else "",
        "draft_key": f"{desk.actor.id}:{draft}" if draft else "",
    }
    return page(request, "desk/books/form.html", told, status=status)
