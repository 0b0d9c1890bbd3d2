"""Pages that read a book: its list, one record, a month of it, its files, and what a field may refer to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.books.actions import note_reading
from banjie.books.queries import COUNTED, file_in, page_of, record_for
from banjie.books.queries.blanks import FROM
from banjie.desk.access import needs
from banjie.desk.books.desk import BookDesk, desk_of
from banjie.desk.books.forms import RevealForm
from banjie.desk.books.maps import places_in, places_of, point_fields
from banjie.desk.books.month import month_of
from banjie.desk.books.quick import quick_form
from banjie.desk.books.references import Referred, find, is_found
from banjie.desk.books.rows import columns_of, feet_of, heads_of, left_over, rows_of
from banjie.desk.books.sifting import sifting_of
from banjie.desk.books.sight import sight_of
from banjie.desk.deeds import at_work
from banjie.desk.sending import downloaded, pictured

ROWS = 25
LONGEST = 80
SEE = "books.see_records"


@never_cache
@require_safe
@needs(SEE, scope="visible_to")
def book_list(request: HttpRequest, key: str) -> HttpResponseBase:
    """List the records of a book that the filters keep, the newest day first, with what they add up to (U13)."""
    desk = desk_of(request, key)
    sifting = sifting_of(desk.counter, desk.book, request.GET.dict())
    found = page_of(desk.actor, desk.book, sifting.asked, after=request.GET.get("after", ""), size=ROWS)
    note_reading(desk.actor.town, key, on=desk.today)
    columns = columns_of(desk.actor, desk.book)
    count = found.totals.count
    sums = found.totals if found.totals.sums and count else None
    told = {
        "book": desk.book,
        "is_awake": desk.is_awake,
        "may_write": desk.may_write,
        "new": reverse("books:new", args=[key]),
        "more": _more(desk, sifting.href() if found.rows else ""),
        "tabs": _tabs(desk, "list", sifting.href()),
        "quick": quick_form(desk) if desk.may_write else None,
        "sifting": sifting,
        "heads": heads_of(desk.book, columns),
        "rows": rows_of(desk.actor, desk.book, found.rows, columns),
        "totals": feet_of(desk.book, columns, sums) if sums else None,
        "beside": left_over(desk.book, columns, sums) if sums else (),
        "count_words": _count_words(count),
        "next_href": sifting.href(after=found.next_token) if found.next_token else "",
        "first_href": "" if found.first else sifting.href(),
    }
    return page(request, "desk/books/list.html", told)


@never_cache
@require_safe
@needs(SEE, scope="visible_to")
def record_page(request: HttpRequest, key: str, record_id: UUID) -> HttpResponseBase:
    """Show one record with its entries, and what this person may do with it."""
    return show_record(request, key, record_id)


def show_record(
    request: HttpRequest,
    key: str,
    record_id: UUID,
    *,
    reveal: RevealForm | None = None,
    shown: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Answer with the page of a record; `shown` is what was looked at in full, this once."""
    desk = desk_of(request, key)
    found = record_for(desk.actor, record_id, on=desk.today)
    if found.book.key != key:
        raise NotFound("没有找到这条记录，请回到台账重新打开。")
    sight = sight_of(desk.actor, found, at=desk.at)
    told = {
        "book": desk.book,
        "record": found.record,
        "sight": sight,
        "places": places_in(desk.actor, found.book, found.record),
        "shown": shown or [],
        "reveal": reveal or RevealForm(),
        "may_write": desk.may_write,
        "may_amend": desk.may_write and not found.record.is_void and desk.actor.may("books.amend_record"),
        "may_void": not found.record.is_void and desk.actor.may("books.void_record"),
        "may_reveal": bool(sight.sealed) and desk.actor.may("books.reveal_record"),
    }
    return page(request, "desk/books/record.html", told, status=status)


@never_cache
@require_safe
@needs(SEE, scope="visible_to")
def calendar(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a month of a book: records on their day, and dates that matter."""
    desk = desk_of(request, key)
    month = month_of(desk, request.GET.get("month", ""))
    told = {"book": desk.book, "month": month, "tabs": _tabs(desk, "calendar")}
    return page(request, "desk/books/calendar.html", told)


@never_cache
@require_safe
@needs(SEE, scope="visible_to")
def atlas(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show where the things of a list lie, those that its filters keep; NotFound for a book that knows no places."""
    desk = desk_of(request, key)
    if not point_fields(desk.actor, desk.book):
        raise NotFound("这本台账没有地图上的位置。请回到列表。")
    sifting = sifting_of(desk.counter, desk.book, request.GET.dict())
    places = places_of(desk, sifting.asked)
    told = {
        "book": desk.book,
        "places": places.rows,
        "is_cut": places.is_cut,
        "said": sifting.said,
        "tabs": _tabs(desk, "map", sifting.href()),
    }
    return page(request, "desk/books/map.html", told)


@never_cache
@require_safe
@needs("books.write_record", scope="the actor's own reach, by each finder")
def options(request: HttpRequest, key: str, field: str) -> HttpResponseBase:
    """Answer what a field may refer to as one types, and what else of the form it fills (U2)."""
    desk = desk_of(request, key)
    spec = desk.book.by_key.get(field)
    if spec is None or not is_found(spec):
        raise NotFound("这一栏没有可以查找的内容。")
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    hits = [_option(desk, field, hit) for hit in find(desk.counter, spec, typed)]
    return page(request, "desk/parts/find_options.html", {"options": hits})


@require_safe
@needs(SEE, scope="file_in")
def file(request: HttpRequest, key: str, record_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Send a file of a record as a download (T16)."""
    stored = file_in(at_work(request), record_id, file_id, on=local_day(now()))
    return downloaded(stored, name=stored.name)


@require_safe
@needs(SEE, scope="file_in")
def preview(request: HttpRequest, key: str, record_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Show a picture of a record in the page; NotFound for anything that was not written anew here."""
    return pictured(file_in(at_work(request), record_id, file_id, on=local_day(now())))


def _option(desk: BookDesk, field: str, hit: Referred) -> dict[str, object]:
    fills = {}
    for spec in desk.book.asked_on(desk.today):
        told = FROM.fullmatch(spec.default)
        if told and told["field"] == field and hit.columns.get(told["column"]):
            fills[spec.key] = hit.columns[told["column"]]
    return {"value": hit.id, "text": hit.name, "label": hit.name, "note": hit.note, "fills": fills}


def _tabs(desk: BookDesk, here: str, filters: str = "") -> list[dict[str, object]]:
    """Return the ways of looking at a book; list and map keep the filters, a map is where things have places."""
    kept = filters if len(filters) > 1 else ""
    ways = [("list", "列表", "books:list", kept), ("calendar", "日历", "books:calendar", "")]
    if point_fields(desk.actor, desk.book):
        ways.append(("map", "地图", "books:map", kept))
    return [
        {"label": label, "href": f"{reverse(name, args=[desk.book.key])}{query}", "is_current": way == here}
        for way, label, name, query in ways
    ]


def _more(desk: BookDesk, filters: str) -> list[dict[str, str]]:
    """Return the other things that one does with a list."""
    found = []
    if filters:
        found.append({"label": "导出", "href": f"{reverse('exports:book', args=[desk.book.key])}{filters}"})
    if desk.may_write:
        found.append({"label": "导入", "href": reverse("sheets:send", args=[f"book.{desk.book.key}"])})
    if desk.actor.may("books.declare_book"):
        found.append({"label": "改栏目", "href": reverse("books:amend_book", args=[desk.book.key])})
    return found


def _count_words(count: int) -> str:
    return f"共 {count:,} 条" if count <= COUNTED else f"{COUNTED // 10_000}万条以上，筛选后再看合计"
