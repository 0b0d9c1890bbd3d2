"""Leave with who stands in and why, and the duty turns."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import Conflict
from banjie.base.keyset import count_to, slice_after
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.choices import Choices, staff_choices
from banjie.desk.office.leave.forms import PlanDuty, TakeLeave
from banjie.desk.office.pages import FormPage, answer_form, counted
from banjie.people.actions import end_leave, plan_duty, take_leave
from banjie.people.models import Absence, DutyTurn
from banjie.people.queries import StaffActor, absences_visible_to, duty_turns_of, roster_of
from banjie.people.standing import Roster
from banjie.worktime.calendar import say_weekday
from banjie.worktime.queries import calendar_of

OWN_TOWN = "the actor's own town"
PAGE = 30
COUNTED = 10_000
DUTY_DAYS = 35


@require_safe
@needs("desk.use", scope=OWN_TOWN)
def leave(request: HttpRequest) -> HttpResponseBase:
    """List absences, the latest first, with who answers now for those away and why."""
    actor, at = at_work(request), now()
    found = absences_visible_to(actor)
    shown = slice_after(found, by=("-from_at", "-id"), token=request.GET.get("after", ""), size=PAGE)
    roster = roster_of(actor.town, at=at)
    rows = [_leave_row(absence, actor, roster, at=at) for absence in shown.rows]
    pager = counted(request, shown, total=count_to(found, COUNTED))
    may_take = actor.may("people.take_leave") and not actor.is_shared_device
    return page(request, "desk/office/leave.html", {"rows": rows, "pager": pager, "may_take": may_take})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people.take_leave", scope="oneself, and those whose leave the actor records")
def take(request: HttpRequest) -> HttpResponseBase:
    """Write down an approved absence of oneself, or of another by right."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    form = TakeLeave(
        posted(request),
        choices={"staff_id": _whose_leave(actor)},
        initial={"staff_id": actor.id, "from_at": now()},
    )
    return answer_form(
        request,
        form,
        lambda typed: take_leave(actor, stamp, **typed),
        FormPage(
            "登记请假外出",
            "登记",
            reverse("office:leave"),
            note="从开始的那一刻起，名下的件自动由B岗接替；这里登记的是已经批准的。",
            done="已登记。从开始时间起由代岗人员负责。",
        ),
    )


@require_POST
@needs("people.take_leave", scope="oneself, and those whose leave the actor records")
def end(request: HttpRequest, absence_id: UUID) -> HttpResponseBase:
    """End an absence now (销假)."""
    actor = at_work(request)
    end_leave(actor, stamp_of(request, actor), absence_id=absence_id)
    messages.success(request, "已销假，名下的件回到本人手上。")
    return redirect("office:leave")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.use", scope=OWN_TOWN)
def duty(request: HttpRequest) -> HttpResponseBase:
    """Show the duty turns of the coming weeks, and plan one by right."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    choices = staff_choices(actor.town) if actor.may("people.plan_duty") else []
    form = PlanDuty(
        posted(request), choices={"staff_id": choices}, initial={"day": request.GET.get("day", "")}
    )
    if request.method != "POST":
        return _duty_page(request, form)
    done = attempt(form, lambda typed: plan_duty(actor, stamp, **typed))
    if not done.is_done:
        return _duty_page(request, form, status=done.status)
    messages.success(request, "值班已排好。")
    return redirect("office:duty")


def _leave_row(absence: Absence, actor: StaffActor, roster: Roster, *, at: datetime) -> dict[str, object]:
    is_open = absence.until_at is None or absence.until_at > at
    is_away = is_open and absence.from_at <= at
    may_end = is_open and (absence.staff_id == actor.id or actor.may("people.hand_over"))
    return {
        "absence": absence,
        "is_open": is_open,
        "is_away": is_away,
        "may_end": may_end,
        "stand_in": _stand_in(roster, absence) if is_away else "",
    }


def _duty_page(request: HttpRequest, form: PlanDuty, *, status: int = 200) -> HttpResponse:
    actor, today = at_work(request), local_day(now())
    last = today + timedelta(days=DUTY_DAYS - 1)
    turns = {turn.day: turn for turn in duty_turns_of(actor.town, from_on=today, until_on=last)}
    calendar = calendar_of(actor.town)
    days = [
        _duty_row(today + timedelta(days=step), turns, is_workday=calendar.is_workday)
        for step in range(DUTY_DAYS)
    ]
    context = {"days": days, "form": form, "may_plan": actor.may("people.plan_duty")}
    return page(request, "desk/office/duty.html", context, status=status)


def _duty_row(day: date, turns: dict[date, DutyTurn], *, is_workday: object) -> dict[str, object]:
    works = callable(is_workday) and is_workday(day)
    turn = turns.get(day)
    return {"day": day, "weekday": say_weekday(day), "works": works, "staff": turn.staff if turn else None}


def _stand_in(roster: Roster, absence: Absence) -> str:
    """Return who answers and why; what is wrong with the posts is said in its place."""
    try:
        return roster.stands_in(absence.staff_id).why
    except Conflict as nobody:
        return nobody.message


def _whose_leave(actor: StaffActor) -> Choices:
    """Return whom the form offers: oneself, or all colleagues to those who record leave for others."""
    if actor.may("people.hand_over"):
        return staff_choices(actor.town)
    return [(str(actor.id), actor.name)]
