"""The list of superiors' forms, taking one in, one with its cells, its days, its answer and its sending."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import BEIJING, local_day, now
from banjie.base.errors import BanjieError, Conflict, NotAllowed, NotFound
from banjie.base.keyset import count_to, slice_after
from banjie.base.page import page
from banjie.cases.settings import quotas
from banjie.desk.access import needs
from banjie.desk.asked.forms import DaysForm, ReceiveForm, SendForm, days_told
from banjie.desk.asked.sight import Sight
from banjie.desk.asked.standing import chip_of, facts_of, is_late
from banjie.desk.asked.tasks import go_on
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.pages import counted
from banjie.desk.progress import STUCK, Progress
from banjie.files.queries import open_file, stored_for
from banjie.files.quotas import Quotas
from banjie.people.queries import StaffActor, names_of
from banjie.reports.actions import (
    Received,
    answer_form,
    change_period,
    fill_list,
    match_form,
    receive_form,
    send_form,
    void_form,
)
from banjie.reports.actions.asked.answering import needs_look
from banjie.reports.asked.matching import Source
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.queries.asked import cells_of, form_for, forms_of, may_have_answer, senders_of
from banjie.rulebook.queries import rules_on

TOWN = "the forms of the actor's own town"
READ = "reports.read_paper"
PAGE, COUNTED = 25, 10_000
ANSWERED = "答表已经生成，数字固定下来。请下载核对，盖章报送以后回来记一笔“报出”。"


@require_safe
@needs(READ, scope=TOWN)
def home(request: HttpRequest) -> HttpResponseBase:
    """List the forms that superiors asked for, the newest first."""
    actor = at_work(request)
    found = forms_of(actor)
    shown = slice_after(found, by=("-received_at", "-id"), token=request.GET.get("after", ""), size=PAGE)
    names = names_of(actor.town).staff
    context = {
        "rows": [
            (form, chip_of(form), names.get(form.received_by, ""), is_late(form, local_day(now())))
            for form in shown.rows
        ],
        "pager": counted(request, shown, total=count_to(found, COUNTED)),
        "may_receive": actor.may("reports.receive_form"),
    }
    return page(request, "desk/asked/home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("reports.receive_form", scope=TOWN)
def receive(request: HttpRequest) -> HttpResponseBase:
    """Take a superior's form in and have it read."""
    actor, at = at_work(request), now()
    form = ReceiveForm(posted(request), request.FILES or None, today=local_day(at))
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda told: _received(request, actor, form, told))
        if done.result is not None:
            go_on(done.result)
            return redirect("asked:form", form_id=done.result.pk)
        status = done.status
    context = {"form": form, "senders": senders_of(actor.town)}
    return page(request, "desk/asked/receive.html", context, status=status)


@never_cache
@require_safe
@needs(READ, scope=TOWN)
def form(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Show a form with its answers in place, each with its source; while it is read, how far that is."""
    return _form_page(request, form_id)


@require_POST
@needs("reports.receive_form", scope=TOWN)
def again(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Have a form that does not get on read again."""
    go_on(form_for(at_work(request), form_id))
    return redirect("asked:form", form_id=form_id)


@require_POST
@needs("reports.match_form", scope=TOWN)
def period(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Set of which days a form asks, and by when."""
    actor, at = at_work(request), now()
    asked = form_for(actor, form_id)
    days = DaysForm(request.POST, today=local_day(at), chosen=(asked.from_on, asked.to_on))

    def act(told: dict[str, object]) -> AskedForm:
        due_on = days.cleaned_data["due_on"]
        return change_period(
            actor, stamp_of(request, actor), form_id, period=days.period or asked.period, due_on=due_on
        )

    done = attempt(days, act)
    if done.result is None:
        return _form_page(request, form_id, days=days, status=done.status)
    messages.success(request, "已改，数字按新的时段重新算过。")
    return redirect("asked:form", form_id=form_id)


@require_POST
@needs("reports.match_form", scope=TOWN)
def confirm(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Say of every guess that it was looked at and holds."""
    actor = at_work(request)
    cells = cells_of(form_for(actor, form_id))
    unsure = {cell.pk: cell.choice for cell in cells if needs_look(cell) and _is_told(cell)}
    if unsure:
        match_form(actor, stamp_of(request, actor), form_id, choices=unsure)
        messages.success(request, f"{len(unsure)} 格已核对。下次同样的表就不再问了。")
    return redirect("asked:form", form_id=form_id)


@require_POST
@needs("reports.match_form", scope="records of the book within visible_to")
def fill(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Say from which book a list of the form is filled."""
    actor = at_work(request)
    list_key, book_key = request.POST.get("list", ""), request.POST.get("book", "")
    try:
        fill_list(actor, stamp_of(request, actor), form_id, list_key=list_key, book_key=book_key)
    except NotFound:
        raise
    except BanjieError as refusal:
        return _form_page(request, form_id, problem=refusal.message, status=refusal.status)
    messages.success(request, "已改。名册里的内容按您的查看权限取，个人信息遮盖。")
    return redirect("asked:form", form_id=form_id)


@require_POST
@needs("reports.answer_form", scope=TOWN)
def answer(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Freeze the numbers that the page showed and write them into the sender's file."""
    actor = at_work(request)
    seen = request.POST.get("seen", "")
    try:
        answer_form(actor, stamp_of(request, actor), form_id, seen=seen, quotas=_quotas(actor, now()))
    except NotFound:
        raise
    except BanjieError as refusal:
        return _form_page(request, form_id, problem=refusal.message, status=refusal.status)
    messages.success(request, ANSWERED)
    return redirect("asked:form", form_id=form_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("reports.send_form", scope=TOWN)
def send(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Note that an answer went out: to whom, how and when."""
    actor, at = at_work(request), now()
    asked = form_for(actor, form_id)
    first = {"sent_to": asked.sender, "sent_on": local_day(at)}
    told = SendForm(posted(request), initial=first, today=local_day(at))
    status = 200
    if request.method == "POST":
        done = attempt(told, lambda said: _sent(request, actor, form_id, said, at))
        if done.result is not None:
            messages.success(request, "已记下报出。同样的数再有人要，会提示哪天报过、报给了谁。")
            return redirect("asked:form", form_id=form_id)
        status = done.status
    return page(request, "desk/asked/send.html", {"asked": asked, "form": told}, status=status)


@require_POST
@needs("reports.receive_form", scope=TOWN)
def void(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Void a form that was received by mistake, with the reason."""
    actor = at_work(request)
    reason = request.POST.get("reason", "")
    try:
        void_form(actor, stamp_of(request, actor), form_id, reason=reason)
    except NotFound:
        raise
    except BanjieError as refusal:
        return _form_page(request, form_id, problem=refusal.message, status=refusal.status)
    messages.success(request, "已作废。表和原因都留着，不再提醒。")
    return redirect("asked:home")


@require_safe
@needs(READ, scope=TOWN)
def file(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Hand out the form as it was sent."""
    asked = form_for(at_work(request), form_id)
    return _file(asked.town, asked.file_id)


@require_safe
@needs(READ, scope=TOWN)
def answer_file(request: HttpRequest, form_id: UUID) -> HttpResponseBase:
    """Hand out the sender's file with its cells filled; one with a list in it to whom the book shows all of it."""
    actor = at_work(request)
    asked = form_for(actor, form_id)
    if asked.answer_id is None:
        raise Conflict("答表还没有生成。请先核对各格，再按“生成答表”。")
    if not may_have_answer(actor, asked, today=local_day(now())):
        raise NotAllowed("答表里有台账的名册，不在您的查看范围。请找填这张表的人。", ground=READ)
    return _file(asked.town, asked.answer_id)


def _is_told(cell: AskedCell) -> bool:
    """Tell whether a cell has something that can be confirmed: a number typed for another period has not."""
    return cell.source != Source.TYPED or bool(cell.text)


def _file(town: str, file_id: UUID) -> HttpResponseBase:
    stored = stored_for(town, file_id)
    sent = FileResponse(
        open_file(stored), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    sent["Cache-Control"] = "no-store"
    sent["X-Content-Type-Options"] = "nosniff"
    return sent


def _received(request: HttpRequest, actor: StaffActor, form: ReceiveForm, told: dict[str, str]) -> AskedForm:
    said = Received(
        sender=told["sender"], title=told["title"], period=form.period, due_on=form.cleaned_data["due_on"]
    )
    upload = form.cleaned_data["upload"]
    return receive_form(
        actor, stamp_of(request, actor), upload=upload, told=said, quotas=_quotas(actor, now())
    )


def _sent(
    request: HttpRequest, actor: StaffActor, form_id: UUID, said: dict[str, object], at: datetime
) -> AskedForm:
    day = said["sent_on"]
    happened_at = (
        at if day == local_day(at) else datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=BEIJING)
    )
    stamp = stamp_of(request, actor, happened_at=happened_at)
    return send_form(actor, stamp, form_id, sent_to=str(said["sent_to"]), way=str(said["way"]))


def _quotas(actor: StaffActor, at: datetime) -> Quotas:
    return quotas(rules_on(actor.town, local_day(at)))


def _form_page(
    request: HttpRequest, form_id: UUID, *, days: DaysForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, at = at_work(request), now()
    asked = form_for(actor, form_id)
    today = local_day(at)
    told: dict[str, object] = {
        "asked": asked,
        "chip": chip_of(asked),
        "facts": facts_of(asked, names_of(actor.town).staff),
        "problem": problem,
        "may_void": actor.may("reports.receive_form")
        and asked.state not in (FormState.SENT, FormState.VOID, FormState.READING),
    }
    if asked.state == FormState.READING:
        label, words = "正在读取", "老格式的文件要先转换，一般十几秒"
        told["progress"] = Progress(label, 0, 0, words, is_stuck=at - asked.received_at > STUCK)
    elif asked.state not in (FormState.FAILED, FormState.VOID):
        fresh = DaysForm(initial=days_told(asked), today=today, chosen=(asked.from_on, asked.to_on))
        told |= {
            "sight": Sight(asked, actor, at),
            "days": days or fresh,
            "is_running": asked.to_on >= today,
            "may_match": actor.may("reports.match_form") and asked.is_open,
            "may_answer": actor.may("reports.answer_form") and asked.state == FormState.OPEN,
            "may_send": actor.may("reports.send_form") and asked.state == FormState.ANSWERED,
        }
    answer = page(request, "desk/asked/form.html", told, partials=["form-state"], status=status)
    if request.headers.get("HX-Request") and asked.state != FormState.READING:
        answer["HX-Refresh"] = "true"  # the state stands in the page's head too
    return answer
