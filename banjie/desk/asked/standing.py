"""Where a form stands: its chip, whether it is late, and who did what with it when."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from banjie.base.clock import local
from banjie.reports.models import AskedForm, FormState

TONES = {
    FormState.OPEN: "amber",
    FormState.ANSWERED: "blue",
    FormState.SENT: "green",
    FormState.FAILED: "red",
}
GONE = (FormState.SENT, FormState.VOID)


def chip_of(form: AskedForm) -> tuple[str, str]:
    """Return where a form stands as a chip: its word and tone."""
    return str(form.get_state_display()), TONES.get(FormState(form.state), "")


def is_late(form: AskedForm, today: date) -> bool:
    """Tell whether a form is past the day by which it is wanted and has not left."""
    return form.due_on is not None and form.due_on < today and form.state not in GONE


def facts_of(form: AskedForm, names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Return who sent the form, of which days it asks, and what became of it so far."""
    told: Iterable[tuple[str, str]] = (
        ("来表单位", form.sender),
        ("统计时段", form.period.words),
        ("要求报送", form.due_on.isoformat() if form.due_on else ""),
        ("收表", _who(form.received_at, names.get(form.received_by, ""))),
        ("填好", _who(form.answered_at, names.get(form.answered_by, "") if form.answered_by else "")),
        ("报出", _who(form.sent_at, names.get(form.sent_by, "") if form.sent_by else "")),
        ("报给", f"{form.sent_to}（{form.get_sent_way_display()}）" if form.sent_to else ""),
        ("校验码", form.digest[:12].upper() if form.digest else ""),
    )
    return [{"label": label, "value": value} for label, value in told if value]


def _who(at: datetime | None, name: str) -> str:
    return f"{local(at):%Y-%m-%d %H:%M} {name}" if at else ""
