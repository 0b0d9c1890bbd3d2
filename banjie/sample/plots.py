"""How the sample town's cases went: each plot is a line of deeds with the workday and hour of each. Pure.

`accept@0/10.5` is a deed on the day it began at half past ten; what stands after a colon is its manner, as in
`rate@4/10:satisfied`. Days are workdays; `ago` says how many workdays before the last full one a plot began.
"""

import re
from dataclasses import dataclass

_STEP = re.compile(r"(\w+)@(\d+)/([\d.]+)(?::(\w+))?")


@dataclass(frozen=True)
class Step:
    """One deed of a plot: on which workday after the first, at what hour, and in what manner."""

    deed: str
    day: int
    hour: float
    manner: str = ""


@dataclass(frozen=True)
class Plot:
    """A course that `count` cases of a kind took, beginning between `ago` workdays before the last."""

    kind: str
    count: int
    ago: tuple[int, int]
    steps: tuple[Step, ...]


def read_plots(text: str) -> list[Plot]:
    """Read plots, one a line: kind, count, ago from-to, steps. Raises ValueError for a line it cannot read."""
    plots = []
    for line in text.strip().splitlines():
        kind, count, ago, *words = line.split()
        first, _, last = ago.partition("-")
        steps = tuple(_step(word) for word in words)
        if int(first) < max(step.day for step in steps):
            raise ValueError(f"a plot would reach into the future: {line}")
        plots.append(Plot(kind, int(count), (int(first), int(last or first)), steps))
    return plots


def _step(word: str) -> Step:
    found = _STEP.fullmatch(word)
    if not found:
        raise ValueError(f"not a step: {word}")
    deed, day, hour, manner = found.groups()
    return Step(deed, int(day), float(hour), manner or "")


_HANDED = "register@0/9 accept@0/10 assign@0/11"
_SIGNED = f"{_HANDED} sign@0/15"
_LATE_SIGNED = "register@0/9 accept@0/10 assign@0/15.5:unit sign@1/9.5"
PLOTS = read_plots(f"""
resident_request 9 12-85 {_SIGNED} report@1/10 reply@3/16 rate@4/10:satisfied close@4/11
resident_request 5 10-85 {_SIGNED} reply@2/11 call_back@3/10:very_satisfied close@3/15
resident_request 3 14-80 {_LATE_SIGNED} report@4/16 reply@8/16 call_back@9/10:fairly_satisfied close@9/11
resident_request 7 1-85 register@0/9.5 settle@0/10
resident_request 3 15-60 {_SIGNED} reply@2/16 rate@3/10:dissatisfied reply@5/15 call_back@6/9:satisfied close@6/10
resident_request 3 15-70 {_SIGNED} pause@1/10:other_body resume@4/9 reply@7/16 call_back@8/10:satisfied close@8/11
resident_request 3 15-70 {_SIGNED} ask@3/10 grant@3/16 reply@9/11 rate@10/9:satisfied close@10/10
resident_request 2 12-50 {_SIGNED} ask@2/10 refuse@2/16 reply@4/11 call_back@5/9:satisfied close@5/10
resident_request 3 9-50 {_SIGNED} reply@3/10 call_back@4/9:fairly_satisfied close@4/15:explained
resident_request 2 9-50 {_SIGNED} reply@2/9 unreached@2/15 unreached@3/9 unreached@3/15 close@4/9:unreached
resident_request 2 9-60 {_SIGNED} transfer@1/10 sign@1/15 reply@4/16 call_back@5/10:satisfied close@5/11
resident_request 2 5-70 register@0/9 decline@0/16
resident_request 3 5-70 register@0/9 redirect@0/11
resident_request 2 6-70 {_SIGNED} withdraw@2/10
resident_request 2 4-70 register@0/9 void@0/10
resident_request 2 3 register@0/15 merge@0/16
resident_request 5 0 register@0/16
resident_request 1 3 register@0/10
resident_request 3 1 register@0/15 accept@1/10
resident_request 4 0 register@0/14.5 accept@0/15 assign@0/16
resident_request 2 0 register@0/9 accept@0/10 assign@0/16.5:unit
resident_request 1 2 {_HANDED}
resident_request 2 1 register@0/9 accept@0/10 assign@0/16:village
resident_request 3 3 register@0/9 accept@0/10 assign@0/11:village sign@0/15 report@2/10
resident_request 5 1 {_SIGNED}
resident_request 4 4 {_SIGNED} report@2/16
resident_request 3 8 {_SIGNED} report@3/10 urge@5/9 comment@6/9
resident_request 2 5 {_SIGNED} pause@1/10:asker_supplies
resident_request 2 9 {_SIGNED} pause@2/15:weather
resident_request 2 4 {_SIGNED} ask@3/16
resident_request 4 4 {_SIGNED} reply@3/11
resident_request 1 10 {_SIGNED} reply@3/11
resident_request 3 6 {_SIGNED} reply@3/10 rate@4/10:dissatisfied
resident_request 1 9 {_SIGNED} reply@3/10 call_back@4/10:very_dissatisfied reply@6/11
hotline_order 5 12-60 register@0/9 accept@0/9.5 assign@0/10 sign@0/15 reply@3/10 call_back@3/16:satisfied close@4/10
hotline_order 2 0 register@0/16.5
hotline_order 2 1 register@0/9 accept@0/9.5 assign@0/10
hotline_order 4 3 register@0/9 accept@0/9.5 assign@0/10 sign@0/15 report@2/10
hotline_order 1 7 register@0/9 accept@0/9.5 assign@0/10 sign@0/15
hotline_order 2 4 register@0/9 accept@0/9.5 assign@0/10 sign@0/15 reply@4/10
leader_instruction 3 20-70 {_SIGNED} report@5/10 reply@8/16 rate@9/10:signed close@9/11
leader_instruction 1 0 register@0/16
leader_instruction 3 4 {_SIGNED} report@3/10
leader_instruction 1 14 {_SIGNED} ask@8/10 grant@8/16 report@13/10
leader_instruction 2 9 {_SIGNED} reply@8/16
rectification_item 3 30-60 {_SIGNED} reply@12/16 call_back@14/10:satisfied close@14/11
rectification_item 1 0 register@0/10 accept@0/11 assign@0/16
rectification_item 3 15 {_SIGNED} report@8/10
rectification_item 1 30 {_SIGNED} report@10/10
resident_request 1 12 {_SIGNED} park@3/10
resident_request 1 1 {_HANDED} object@0/15
grid_event 4 12-60 {_SIGNED} reply@2/10 call_back@3/10:satisfied close@3/11
grid_event 1 0 register@0/15
grid_event 2 1 {_SIGNED}
deputy_suggestion 1 30-60 {_SIGNED} reply@8/16 rate@9/10:signed close@9/11
deputy_suggestion 1 6 {_SIGNED} report@3/10
enterprise_issue 2 14-60 {_SIGNED} reply@5/10 call_back@6/10:satisfied close@6/11
enterprise_issue 1 6 {_SIGNED} report@3/10
proxy_errand 2 10-50 {_SIGNED} reply@3/10 rate@4/10:satisfied close@4/11
proxy_errand 1 2 {_SIGNED}
""")
_SOUND = "recheck@34/10 recheck@80/10"
PAST = read_plots(f"""
grid_event 20 80-100 {_SIGNED} reply@1/10 call_back@2/10:satisfied close@2/11
grid_event 12 80-100 {_SIGNED} report@1/10 reply@2/16 call_back@3/10:satisfied close@3/11
grid_event 4 80-100 register@0/9 accept@0/10 assign@0/15 sign@1/9 reply@2/15 call_back@3/9:satisfied close@3/10
rectification_item 6 90-100 {_SIGNED} report@4/10 reply@8/16 call_back@10/10:satisfied close@10/11 {_SOUND}
rectification_item 6 90-100 {_SIGNED} report@3/10 reply@6/16 call_back@8/10:satisfied close@8/11 {_SOUND}
""")
"""What happened before the years that the sample tells: whole lives, of which the years have many like them."""
