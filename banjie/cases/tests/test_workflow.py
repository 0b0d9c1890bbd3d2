import re
from pathlib import Path

import pytest

from banjie.cases.vocabulary import ClosingKind, Origin
from banjie.cases.workflow import (
    ALL_CLOCKS,
    CLOCK_TITLES,
    OPEN,
    STATE_TITLES,
    STEPS,
    ClockName,
    State,
    fitting,
)
from banjie.people.rights import DEEDS
from banjie.rulebook import vocabulary

MANUAL = Path(__file__).parents[3] / "docs" / "manual" / "deeds.md"
ROW = re.compile(r"^\| (\S+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", re.MULTILINE)
WHOLE = {"未了结": OPEN, "未作废": frozenset(State) - {State.VOID}, "—": frozenset()}


def told(step):
    """Return a step as the manual's table says it."""
    named = {frozenset(states): words for words, states in WHOLE.items()}
    sources = named.get(step.sources) or "、".join(STATE_TITLES[s] for s in State if s in step.sources)
    stops = (
        "全部"
        if step.stops == ALL_CLOCKS
        else "、".join(CLOCK_TITLES[c] for c in ClockName if c in step.stops)
    )
    starts = CLOCK_TITLES[step.starts] if step.starts else "—"
    target = "并案前" if step.goes_back else STATE_TITLES[step.target] if step.target else "不变"
    return (step.title, sources, target, stops or "—", starts)


def test_the_manual_s_table_is_the_program_s():
    rows = [row for row in ROW.findall(MANUAL.read_text()) if row[0] not in ("动作", "---")]
    assert rows == [told(step) for step in STEPS.values()]


def test_every_deed_has_its_line_in_the_table_of_rights():
    assert {step.permission for step in STEPS.values()} <= DEEDS


@pytest.mark.parametrize("state", sorted(OPEN))
def test_no_open_state_is_a_dead_end(state):
    assert any(step.target for step in fitting(state) if step.deed not in ("withdraw_case", "void_case"))


def test_the_rulebook_names_the_same_clocks_endings_and_origins():
    assert {*vocabulary.Clock} == {*ClockName}
    assert {*vocabulary.ClosingKind} == {*ClosingKind.values}
    assert {*vocabulary.Origin} == {*Origin.values}
