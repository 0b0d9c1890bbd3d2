"""督办升级制: which rung of a running clock tells whom, and when (S-002, S-080)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from banjie.base.declarations import REGISTRY, NamePart, ParameterSpec, Sort
from banjie.cases.clocks import WorkingTime
from banjie.cases.ladder import OTHER, RUNG_TITLES, Receiver, Run, RungName, ladder_of, moment_of
from banjie.rulebook.schema import plain_of, rule_type
from banjie.rulebook.vocabulary import CLOCK_WORDS
from banjie.worktime.calendar import OfficeHours
from banjie.worktime.hours import BEIJING, local
from banjie.worktime.notice import calendar_from
from banjie.worktime.published import published_days
from banjie.worktime.terms import Term, due_moment, parse_term

THEN_AFTER, CATCH_UP, URGENT = "then_after", "catch_up", "urgent"
_CLOCKS = {**{clock.value: words for clock, words in CLOCK_WORDS.items()}, OTHER: "其他时限"}
_RUNG = (
    NamePart("哪个时限", choices=_CLOCKS),
    NamePart("哪一级", choices={rung.value: words for rung, words in RUNG_TITLES.items()}),
)
_RECEIVERS = {receiver.value: receiver.value for receiver in Receiver}
_SCHEMA = (
    ParameterSpec("*.when", "什么时候", (Sort.SHARE, Sort.TERM), parts=_RUNG),
    ParameterSpec("*.to", "先告诉谁", (Sort.WORDS,), choices=_RECEIVERS, parts=_RUNG),
    ParameterSpec("*.then", "再告诉谁", (Sort.WORDS,), choices=_RECEIVERS, parts=_RUNG),
    ParameterSpec("*.transfers", "是否提级办理", (Sort.SWITCH,), parts=_RUNG),
    ParameterSpec(THEN_AFTER, "隔多久再报", (Sort.TERM,), is_required=True),
    ParameterSpec(CATCH_UP, "停机后补发多久以内的", (Sort.SPAN,), is_required=True),
    ParameterSpec(URGENT, "哪些类别是急件", (Sort.CATEGORIES,)),
)
_FORM = rule_type("escalation", "督办升级", schema=_SCHEMA, replays=True)
_HOURS = OfficeHours(morning=(time(8, 30), time(12)), afternoon=(time(14, 30), time(17, 30)))
_RUNGS = frozenset(RungName)


def parse(name: str, raw: object) -> object:
    """Read one parameter; ValueError names the rungs and the receivers that there are, in Chinese."""
    value = _FORM.parse(name, raw)
    *_, rung, last = ["", *name.split(".")]
    if last in ("when", "to", "then", "transfers") and (name.count(".") != 2 or rung not in _RUNGS):
        raise ValueError(
            f"{name} 不是一级。请写成 时钟.级别.内容，级别是 {'、'.join(RungName)}，如 handle.red.to"
        )
    words = plain_of(value)
    if last in ("to", "then") and isinstance(words, tuple):
        unknown = [str(word) for word in words if word not in set(Receiver)]
        if unknown:
            raise ValueError(f"不认识的人 {'、'.join(unknown)}。可以写：{'、'.join(Receiver)}")
    return value


def try_ladder(values: Mapping[str, object], given: Mapping[str, object]) -> Mapping[str, object]:
    """Return when a rung comes (`at`) and whom it tells (`to`) for a clock `started` with a `term`.

    `given` names the `clock`, and the `rung` as red or red.then.
    """
    plain = {name: plain_of(value) for name, value in values.items()}
    started, then_after = given.get("started"), plain.get(THEN_AFTER)
    if not isinstance(started, date) or not isinstance(then_after, Term):
        raise ValueError("样例没有说明从哪一天起。请在 given 里写 started = 2026-09-28，并写明 then_after")
    rungs = {rung.key: rung for rung in ladder_of(plain, str(given.get("clock", "")))}
    rung = rungs.get(str(given.get("rung", "")))
    if rung is None:
        raise ValueError(f"样例里的级别不认识。可以写：{'、'.join(rungs)}")
    work = WorkingTime(calendar_from(published_days()), _HOURS)
    begun, term = _moment(started), parse_term(str(given.get("term", "")))
    due_at = due_moment(term, begun, calendar=work.calendar, hours=work.hours)
    at = moment_of(rung, Run(term, begun, due_at), then_after=then_after, work=work)
    return {"at": local(at).replace(tzinfo=None), "to": "、".join(rung.to)}


def _moment(start: date) -> datetime:
    if isinstance(start, datetime):
        return start if start.tzinfo else start.replace(tzinfo=BEIJING)
    return datetime.combine(start, _HOURS.morning[0], BEIJING)


ESCALATION = replace(_FORM, parse=parse, try_example=try_ladder)
REGISTRY.add(ESCALATION)
