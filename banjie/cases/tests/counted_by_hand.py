"""Every shipped figure worked out in plain Python from the ledger, as of a day: nothing here knows of figures' SQL."""

from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from banjie.cases.models import Case, Clock, Voice
from banjie.ledger.models import Entry
from banjie.ledger.queries import as_of, entries_of, told

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPAN = timedelta(days=3)


def day(moment):
    if moment in (None, ""):
        return None
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return moment.astimezone(SHANGHAI).date()


def end_of(last: date) -> datetime:
    return datetime.combine(last + timedelta(days=1), time.min, SHANGHAI) - timedelta(microseconds=1)


def rows_as_of(town, last):
    """Yield each case as the ledger knew it at the end of a day, with the day on which it left the open ones."""
    moment = end_of(last)
    for case in Case.objects.filter(town=town):
        row = as_of(case, moment)
        if row is not None:
            yield {**row, "ended_on": _ended_on(case, moment)}


def _ended_on(case, moment):
    ended = None
    for entry in told(entries_of(case)):
        changes = entry.rows.get(case.ledger_key, {})
        if entry.entry.recorded_at <= moment and "is_open" in changes:
            ended = None if changes["is_open"][1] else day(entry.entry.happened_at)
    return ended


def by_hand(town, first, last, *, keep=lambda row: True):
    """Return numerator and denominator, or the number alone, of each shipped figure over cases."""
    rows = [row for row in rows_as_of(town, last) if keep(row)]
    counted = [row for row in rows if row["state"] not in ("void", "merged")]
    inside = lambda told: told is not None and first <= told <= last  # noqa: E731
    received = [row for row in counted if inside(day(row["happened_at"]))]
    done = [row for row in counted if inside(day(row["done_at"]))]
    closed = [row for row in counted if inside(day(row["closed_at"]))]
    live = [row for row in rows if row["ended_on"] is None and day(row["happened_at"]) <= last]
    undone = [row for row in live if not row["done_at"]]
    overdue = [
        r
        for r in undone
        if r["state"] not in ("paused", "parked") and r["handle_due_at"] and day(r["handle_due_at"]) <= last
    ]
    due = [
        row
        for row in counted
        if inside(day(row["handle_due_at"])) and row["state"] != "paused" and not _let_go(row)
    ]
    timed = [row for row in done if row["handle_due_at"]]
    lasting = lambda told, column: max(((last - day(row[column])).days for row in told), default=None)  # noqa: E731
    used = [(day(row["done_at"]) - day(row["happened_at"])).days for row in done]
    solvable = [row for row in closed if row["closing_kind"] != "historical"]
    return {
        "case.received": len(received),
        "case.done": len(done),
        "case.closed": len(closed),
        "case.closed_heard": len(solvable),
        "case.closed_past": len(closed) - len(solvable),
        "case.open": len(live),
        "case.undone": len(undone),
        "case.undone_limited": sum(row["handle_due_at"] is not None for row in undone),
        "case.overdue": len(overdue),
        "case.due": len(due),
        "case.due_on_time": (sum(map(_on_time, due)), len(due)),
        "case.done_on_time": (sum(map(_on_time, timed)), len(timed)),
        "case.done_share": (sum(bool(row["done_at"]) for row in received), len(received)),
        "case.done_late": sum(not _on_time(row) for row in timed),
        "case.solved_share": (sum(row["closing_kind"] == "solved" for row in solvable), len(solvable)),
        "case.days_used": median(used) if used else None,
        "case.oldest_open": lasting(undone, "happened_at"),
        "case.oldest_overdue": lasting(overdue, "handle_due_at"),
        "case.historical": sum(row["closing_kind"] == "historical" for row in received),
    }


def _let_go(row):
    """Tell whether a case left without being done, by its due day at the latest."""
    return row["ended_on"] is not None and not row["done_at"] and row["ended_on"] <= day(row["handle_due_at"])


def _on_time(row):
    return bool(row["done_at"]) and row["done_at"] <= row["handle_due_at"]


def of_the_rest_by_hand(town, first, last):
    """Return the shipped figures over voices, clocks and entries."""
    inside = lambda moment: first <= day(moment) <= last  # noqa: E731
    heard = [
        voice
        for voice in Voice.objects.filter(town=town)
        if voice.speaker != "handler" and voice.said != "unreached" and inside(voice.heard_at)
    ]
    bad = {voice.case_id for voice in heard if "dissatisfied" in voice.said}
    all_heard = {voice.case_id for voice in heard}
    dues = [c for c in Clock.objects.filter(town=town, name="call_back") if inside(c.standing_due_at)]
    met = [
        c for c in dues if c.stopped_at and c.stopped_at <= c.standing_due_at and day(c.stopped_at) <= last
    ]
    entries = [e for e in Entry.objects.filter(subject_type="cases.case") if inside(e.recorded_at)]
    late = [e for e in entries if e.recorded_at - e.happened_at > SPAN]
    return {
        "voice.heard": len(all_heard),
        "voice.unsatisfied": len(bad),
        "voice.unsatisfied_share": (len(bad), len(all_heard)),
        "clock.call_back_due": len(dues),
        "clock.call_back_on_time": (len(met), len(dues)),
        "entry.recorded": len(entries),
        "entry.backdated_share": (len(late), len(entries)),
    }
