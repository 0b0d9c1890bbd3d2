"""测算 of rules that judge other things than clocks: one module a rule type, each saying what it judges (ADR 0080)."""

from banjie.cases.replay.counted import counted
from banjie.cases.replay.judges import (
    acceptance,
    cadence,
    closing,
    correction,
    escalation,
    standing_aside,
    urging,
)
from banjie.cases.rules.acceptance import ACCEPTANCE
from banjie.cases.rules.cadence import CADENCE
from banjie.cases.rules.closing import CLOSING
from banjie.cases.rules.correction import CORRECTION
from banjie.cases.rules.escalation import ESCALATION
from banjie.cases.rules.parking import PARKING
from banjie.cases.rules.urging import URGING

JUDGES = {
    ACCEPTANCE.name: (counted(acceptance.judge), acceptance.JUDGED),
    CADENCE.name: (counted(cadence.judge), cadence.JUDGED),
    CLOSING.name: (counted(closing.judge), closing.JUDGED),
    CORRECTION.name: (counted(correction.judge), correction.JUDGED),
    ESCALATION.name: (counted(escalation.judge), escalation.JUDGED),
    PARKING.name: (counted(standing_aside.judge), standing_aside.JUDGED),
    URGING.name: (counted(urging.judge), urging.JUDGED),
}
