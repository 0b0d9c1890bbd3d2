"""测算: ask for a replay, run it part by part, stop it; what it counts stands beside the ledger and can be redone."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.models import Replay, ReplayedChange, ReplayState
from banjie.rulebook.replay import LISTED, REPLAYERS, Asked, Changed, Outcome, replayed_types
from banjie.rulebook.text import Section, Text, parse_text

DEED = "rulebook.replay_draft"
BATCH = 500
Clock = Callable[[], datetime]
_AT_WORK = (ReplayState.WAITING, ReplayState.RUNNING)


def ask_replay(
    actor: Actor,
    stamp: Stamp,
    *,
    key: str,
    source: str,
    from_on: date,
    to_on: date,
    draft_id: UUID | None = None,
) -> Replay:
    """Ask what a draft would have judged differently in a period that is over; the worker then counts.

    Raises NotAllowed without the right, BadText for a draft that cannot be read, InvalidInput for a type that judges
    nothing past or a period that is none or is not over.
    """
    if not actor.may(DEED):
        raise NotAllowed("您的岗位不能测算草案。请由党政办、督办或镇领导测算。", ground=DEED)
    text = _read(key, source)
    _check_period(from_on, to_on, today=local_day(stamp.recorded_at))
    replay = Replay(town=actor.town, moved_at=stamp.recorded_at)
    asked = {
        "rule_type": text.type,
        "key": key,
        "title": text.title,
        "source": source,
        "draft_id": draft_id,
        "from_on": from_on,
        "to_on": to_on,
        "asked_by": actor.id,
        "asked_at": stamp.recorded_at,
    }
    with transaction.atomic():
        words = f"测算《{text.title}》草案：{from_on}至{to_on}"
        record(Deed("rulebook.replay_asked", replay, changes=asked, words=words), stamp)
    return replay


def run_replay(replay_id: UUID, *, clock: Clock, processes: int) -> Replay:
    """Count a replay from the start, saying how far it is; one that was stopped meanwhile ends without a result.

    Idempotent: a run that was broken off is done again whole.
    """
    replay = Replay.objects.get(pk=replay_id)
    if not _moved(replay, ReplayState.RUNNING, of=_AT_WORK, at=clock(), rows_done=0, words=""):
        return replay
    asked = Asked(replay.town, replay.key, replay.source, replay.from_on, replay.to_on, clock())
    course = REPLAYERS[replay.rule_type](asked, processes)
    _moved(replay, ReplayState.RUNNING, of=(ReplayState.RUNNING,), at=clock(), rows=course.rows)
    outcome, done = Outcome(), 0
    for share in course.shares:
        outcome, done = outcome + share.outcome, done + share.rows
        if not _moved(replay, ReplayState.RUNNING, of=(ReplayState.RUNNING,), rows_done=done):
            return replay
    _keep(replay, outcome, at=clock())
    return replay


def stop_replay(replay: Replay, *, at: datetime) -> Replay:
    """Stop a replay; raises Conflict for one that is not under way."""
    if not _moved(replay, ReplayState.STOPPED, of=_AT_WORK, at=at):
        raise Conflict(f"这次测算现在是“{replay.get_state_display()}”，不用再停。请刷新页面。")
    return replay


def fail_replay(replay_id: UUID, words: str, *, at: datetime) -> None:
    """Say why a replay did not come to its end."""
    _moved(Replay.objects.get(pk=replay_id), ReplayState.FAILED, of=_AT_WORK, at=at, words=words)


def _read(key: str, source: str) -> Text:
    text = parse_text(Section.REGULATIONS, key, source=source, file=f"{Section.REGULATIONS}/{key}.md")
    if text.type not in REPLAYERS:
        problem = f"这一类制度不评判过去办的件，不能测算。能测算的有：{replayed_types()}。"
        raise InvalidInput(problem, fields={"source": problem})
    return text


def _check_period(from_on: date, to_on: date, *, today: date) -> None:
    if to_on < from_on:
        problem = "止日早于起日。请把早的一天写在前面。"
        raise InvalidInput(problem, fields={"to_on": problem})
    if to_on >= today:
        yesterday = today - timedelta(days=1)
        problem = f"这一段还没有过完。止日最晚是{yesterday.month}月{yesterday.day}日。"
        raise InvalidInput(problem, fields={"to_on": problem})


def _keep(replay: Replay, outcome: Outcome, *, at: datetime) -> None:
    with transaction.atomic():
        if not _moved(replay, ReplayState.DONE, of=(ReplayState.RUNNING,), at=at, outcome=outcome.plain):
            return
        ReplayedChange.objects.filter(replay=replay).delete()
        ReplayedChange.objects.bulk_create(_rows(replay, outcome.changed[:LISTED]), batch_size=BATCH)


def _rows(replay: Replay, changed: Iterable[Changed]) -> list[ReplayedChange]:
    """Return what is listed, the newest with the highest id."""
    told = sorted(changed, key=lambda one: one.own_due_at)
    return [
        ReplayedChange(
            replay=replay,
            subject_id=one.subject_id,
            limit=one.limit,
            own_due_at=one.own_due_at,
            draft_due_at=one.draft_due_at,
            met_at=one.met_at,
            is_late=one.is_late,
        )
        for one in told
    ]


def _moved(
    replay: Replay,
    to: ReplayState,
    *,
    of: Iterable[ReplayState],
    at: datetime | None = None,
    **columns: object,
) -> bool:
    """Bring a replay from one of the states `of` to `to`; tell whether it stood there."""
    changes = {"state": to, **columns} | ({"moved_at": at} if at else {})
    if not Replay.objects.filter(pk=replay.pk, state__in=list(of)).update(**changes):
        replay.refresh_from_db()
        return False
    for column, value in changes.items():
        setattr(replay, column, value)
    return True
