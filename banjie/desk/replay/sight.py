"""What the page of a replay shows: progress, both counts side by side by group, and those that change sides.

A unit goes by a letter until the draft is decided, so that nobody is held to account by a rule that is none yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from banjie.base.declarations import REGISTRY, FactColumn, Holds, Names
from banjie.cases.ladder import RUNG_TITLES
from banjie.cases.rules.escalation import ESCALATION
from banjie.desk.cases.watch import say_moment
from banjie.desk.progress import STUCK, Progress, say_left
from banjie.figures.naming import names_in
from banjie.figures.values import rated
from banjie.rulebook.in_force import Rules
from banjie.rulebook.models import Replay, ReplayState
from banjie.rulebook.queries import rules_on
from banjie.rulebook.replay import JUDGED, Group, LeftOut, Outcome, Tally
from banjie.rulebook.rules import TIME_LIMIT
from banjie.rulebook.text import Section, Text, parse_text
from banjie.rulebook.vocabulary import CLOCK_WORDS

TONES = {ReplayState.DONE: "green", ReplayState.FAILED: "red"}
DOING = {ReplayState.WAITING: "等后台空出手来", ReplayState.RUNNING: "正在按草案重算"}
COLUMNS = {
    Group.UNIT: FactColumn("unit_id", "承办单位", names=Names.UNIT),
    Group.KIND: FactColumn("kind", "事项类型", names=Names.KIND),
    Group.MONTH: FactColumn("month", "月份", Holds.DAY),
}
WHY = {
    LeftOut.GIVEN: "时限由外部系统给定，不随本镇制度变",
    LeftOut.LET_GO: "到期以前撤回或者另行了结",
    LeftOut.OTHER_UNIT: "批过延期，延期的单位与草案不同，没法相加",
    LeftOut.NO_LIMIT: "草案没有给它时限",
}
RUNGS = {rung.value: title for rung, title in RUNG_TITLES.items()}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Line:
    """One group with both counts."""

    name: str
    due: int
    late_before: int
    late_after: int
    rate_before: str
    rate_after: str
    becomes_late: int
    becomes_on_time: int
    due_after: int = 0
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Both counts by one group."""

    title: str
    note: str
    lines: tuple[Line, ...]


def chip_of(replay: Replay) -> tuple[str, str]:
    """Return the state of a replay as a chip: its word and tone."""
    return str(replay.get_state_display()), TONES.get(ReplayState(replay.state), "blue")


def progress_of(replay: Replay, *, at: datetime) -> Progress:
    """Return the bar of a replay under way, with an estimate once there is something to go by (U21)."""
    total, done = max(replay.rows, 1), min(replay.rows_done, replay.rows)
    took = at - replay.moved_at
    step = JUDGED[replay.rule_type].step
    words = f"{done:,} / {replay.rows:,} {step}" if replay.rows else "正在数过去的件"
    words += say_left(done, replay.rows, took=took)
    return Progress(DOING[ReplayState(replay.state)], done, total, words, is_stuck=took > STUCK)


def whole_of(replay: Replay) -> Line:
    """Return both counts of everything."""
    return _line("合计", Outcome.from_plain(replay.outcome).whole)


@dataclass(frozen=True)
class Labels:
    """What the heads of a replay say, in the words of what its type judges."""

    before: str
    after: str
    becomes_fault: str
    becomes_sound: str
    rate_before: str = ""
    rate_after: str = ""


def labels_of(replay: Replay, whole: Line | None = None) -> Labels:
    """Return the heads; with the counts also what is said of the rates."""
    judged = JUDGED[replay.rule_type]
    rates = (
        [f"{rate} {judged.sound}" for rate in (whole.rate_before, whole.rate_after)] if whole else ["", ""]
    )
    if not judged.has_dues:
        rates = ["", ""]
    return Labels(
        f"原来{judged.fault}", f"按草案{judged.fault}", f"变为{judged.fault}", f"变为{judged.sound}", *rates
    )


def due_note_of(replay: Replay, whole: Line) -> str:
    """Return how many the draft would have made due, where they are not as many."""
    unit = JUDGED[replay.rule_type].unit
    return f"按草案{whole.due_after}{unit}" if whole.due_after != whole.due else ""


def tables_of(replay: Replay, *, is_decided: bool) -> Iterator[Table]:
    """Yield the counts by limit, unit, kind and month."""
    outcome, on = Outcome.from_plain(replay.outcome), replay.to_on
    title = "时限" if JUDGED[replay.rule_type].step != "天" else "规定"
    yield Table(f"按{title}", f"原{title}、草案{title}", tuple(_limit_lines(replay, outcome)))
    for group, column in COLUMNS.items():
        tallies = outcome.groups.get(group, {})
        if group is Group.UNIT and not is_decided:
            names, note = letters(replay, tallies), "草案决定以前不写单位名称"
        else:
            told = {f"{value}-01" if group is Group.MONTH else value: value for value in tallies}
            found = names_in(replay.town, column, told, on=on)
            names, note = {told[value]: name for value, name in found.items()}, ""
        by_key = group is Group.MONTH
        order = sorted(tallies, key=lambda value: value if by_key else names[value])
        yield Table(f"按{column.title}", note, tuple(_line(names[value], tallies[value]) for value in order))


def letters(replay: Replay, values: Mapping[str, object]) -> dict[str, str]:
    """Return a letter for each unit, in an order that tells nothing; what had no unit yet says so."""
    units = sorted((value for value in values if value), key=lambda value: _shuffled(replay, value))
    named = {value: f"单位{_letter(place)}" for place, value in enumerate(units)}
    return named | ({"": "未派单位"} if "" in values else {})


def left_out_of(replay: Replay) -> list[str]:
    """Return why some that were due are not judged, with how many they are."""
    outcome = Outcome.from_plain(replay.outcome)
    return [f"{count}个{WHY[why]}" for why, count in outcome.left_out.items()]


def limit_title(name: str, rules: Rules, *, rule_type: str = TIME_LIMIT.name) -> str:
    """Return what a parameter is of: 办理 · 群众诉求 · 停水; 第几次不满意要听证."""
    if rule_type != TIME_LIMIT.name:
        return _spec_title(name, rules, rule_type)
    clock, kind, category = [*name.split(".", 2), "", ""][:3]
    words = [str(CLOCK_WORDS.get(clock, clock)), *_named(rules, kind or "*", category)]  # type: ignore[call-overload]
    return " · ".join(words)


def _spec_title(name: str, rules: Rules, rule_type: str) -> str:
    """Return a parameter by what its type calls it, with the kind and the matter that its name holds."""
    if rule_type == ESCALATION.name:
        clock, _, rung = name.partition(".")
        base, _, later = rung.partition(".")
        said = str(CLOCK_WORDS.get(clock, clock))  # type: ignore[call-overload]
        return f"{said} · {RUNGS.get(base, base)}{'（再报）' if later else ''}"
    spec = REGISTRY.rule_types[rule_type].spec(name)
    if spec is None:
        return name
    if not spec.is_pattern:
        return spec.title
    _, kind, category = [*name.split(".", 2), "", ""][:3]
    return " · ".join([spec.title, *_named(rules, kind, category)])


def _named(rules: Rules, kind: str, category: str) -> list[str]:
    kinds = {one.key: one.title for one in rules.kinds}
    words = [kinds.get(kind, "各类")]
    if category in rules.categories:
        words.append(rules.categories.find(category).title)
    return words


def said_at(moment: datetime) -> str:
    """Return a moment as the page says it."""
    return say_moment(moment)


def rules_of(replay: Replay) -> Rules:
    """Return the rules of the day on which the replay was asked for."""
    return rules_on(replay.town, _asked_on(replay))


def _limit_lines(replay: Replay, outcome: Outcome) -> Iterator[Line]:
    rules = rules_of(replay)
    edition = rules.editions.get((Section.REGULATIONS, replay.key))
    drafted = parse_text(Section.REGULATIONS, replay.key, source=replay.source, file=replay.key)
    for name, tally in sorted(outcome.groups.get(Group.LIMIT, {}).items()):
        before, after = (_said(text, name) for text in (edition.text if edition else None, drafted))
        note = after if before == after else f"{before or '没有'} → {after or '没有'}"
        note = "" if not (before or after) else note
        yield _line(limit_title(name, rules, rule_type=replay.rule_type), tally, note=note)


def _said(text: Text | None, name: str) -> str:
    parameter = text.parameters.get(name) if text else None
    if text is None or parameter is None:
        return ""
    rule_type = REGISTRY.rule_types[text.type]
    return rule_type.say(rule_type.parse(name, parameter.raw))


def _line(name: str, tally: Tally, *, note: str = "") -> Line:
    return Line(
        name=name,
        due=tally.due,
        late_before=tally.late_before,
        late_after=tally.late_after,
        rate_before=rated(tally.due - tally.late_before, tally.due).words,
        rate_after=rated(tally.due_after - tally.late_after, tally.due_after).words,
        due_after=tally.due_after,
        becomes_late=tally.becomes_late,
        becomes_on_time=tally.becomes_on_time,
        note=note,
    )


def _letter(place: int) -> str:
    turn, rest = divmod(place, len(ALPHABET))
    return (ALPHABET[turn - 1] if turn else "") + ALPHABET[rest]


def _shuffled(replay: Replay, unit: str) -> str:
    return sha256(f"{replay.pk}{unit}".encode()).hexdigest()


def _asked_on(replay: Replay) -> date:
    return replay.asked_at.date()
