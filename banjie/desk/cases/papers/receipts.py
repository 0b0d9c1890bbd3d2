"""What stands on a receipt (U20, U47): number, what, by when, whom to ask; its proof and the asker's slip code."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.http import HttpRequest
from django.urls import reverse

from banjie.base.clock import local
from banjie.cases.models import Case
from banjie.cases.saying import WEEKDAYS
from banjie.cases.slips import slip_code
from banjie.desk.cases.sight import Sight
from banjie.ledger.queries import last_seal
from banjie.people.models import Unit, UnitKind
from banjie.people.queries import units_of
from banjie.worktime.calendar import OfficeHours
from banjie.worktime.hours import say_time

HASH_SHOWN = 16


@dataclass(frozen=True)
class Receipt:
    """A receipt as it is printed; `slip_code` is empty for whoever handles the case himself."""

    number: str
    title: str
    hear_by: str
    who: str
    phone: str
    received: str
    slip_code: str
    qr: str
    proof: str


def receipt_of(request: HttpRequest, sight: Sight) -> Receipt:
    """Return the receipt of a case; the entry that registered it and the last seal vouch for it."""
    case, answering = sight.case, sight.file.responsible.staff
    return Receipt(
        number=case.number,
        title=case.title,
        hear_by=hear_by(sight),
        who=f"{case.unit.name if case.unit else ''} {answering.name}".strip(),
        phone=_phone(sight),
        received=say_long(case.registered_at),
        slip_code=_code_for(sight),
        qr=qr_of(request, case),
        proof=_proof(sight),
    )


def hear_by(sight: Sight) -> str:
    """Return by when the asker hears, with the weekday (日期一句话, U46)."""
    case = sight.case
    if not case.is_open:
        return sight.stage
    due_at = case.handle_due_at or case.due_at
    if due_at is None:
        return "电话通知您" if case.accepted_at is None else "办好就告诉您"
    later = "受理后再告知办结日期" if case.accepted_at is None else ""
    return f"{say_long(due_at)}{f'前受理，{later}' if later else ''}"


def say_long(moment: datetime) -> str:
    """Return a day as papers say it: 2026年3月5日（周四）."""
    day = local(moment)
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def say_office_hours(hours: OfficeHours) -> str:
    """Return the office hours: 工作日8:30至12:00、14:30至18:00."""
    spans = "、".join(
        f"{say_time(begin)}至{say_time(end)}" for begin, end in (hours.morning, hours.afternoon)
    )
    return f"工作日{spans}"


def qr_of(request: HttpRequest, case: Case) -> str:
    """Return a QR of the token's address as a picture; there is nothing else in it (U20)."""
    address = request.build_absolute_uri(reverse("token", args=[case.token]))
    return str(segno.make(address, micro=False, error="m").svg_data_uri(scale=4, border=2))


def hall_of(town: str) -> Unit | None:
    """Return the unit that answers whoever asks anything: the service hall, else the town's first unit."""
    units = list(units_of(town))
    return next((unit for unit in units if unit.kind == UnitKind.WINDOW), None) or next(iter(units), None)


def _phone(sight: Sight) -> str:
    """Return a number that somebody answers: the responsible person's, his unit's, else the hall's."""
    unit = sight.case.unit
    own = sight.file.responsible.staff.work_phone or (unit.phone if unit else "")
    hall = None if own else hall_of(sight.case.town)
    return own or (hall.phone if hall else "")


def _code_for(sight: Sight) -> str:
    """Return the slip code for the asker's eyes; whoever handles the case must not read it off his own screen."""
    is_own = sight.actor.id == sight.case.handler_id
    return "" if is_own or not sight.actor.may("cases.print_receipt") else slip_code(sight.case.pk)


def _proof(sight: Sight) -> str:
    entries = sight.file.entries
    own = f"留痕第{entries[0].entry.seq}号 {entries[0].entry.hash[:HASH_SHOWN]}" if entries else ""
    seal = last_seal(sight.case.town)
    return f"{own} · 防伪校验码 {seal.code}" if seal else f"{own} · 防伪校验码次日生成"
