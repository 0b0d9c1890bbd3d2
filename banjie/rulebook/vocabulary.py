"""The words that texts may name: clocks, closing kinds, who confirms, where cases come from, duty, pausing.

`cases` obeys them; they stand here since texts are checked against them.
"""

from enum import StrEnum


class Clock(StrEnum):
    """A time limit of a case (DESIGN, The life of a case)."""

    ACCEPT = "accept"
    SIGN = "sign"
    OBJECT = "object"
    HANDLE = "handle"
    CALL_BACK = "call_back"
    REOPEN = "reopen"


class ClosingKind(StrEnum):
    """How a case may end; only 解决 counts as solved."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    HANDED_OVER = "handed_over"
    OUTSIDE_DUTY = "outside_duty"
    UNREACHED = "unreached"
    ENDED_BY_LAW = "ended_by_law"
    HISTORICAL = "historical"


class Confirmer(StrEnum):
    """Whose word closes a case of a kind."""

    ASKER = "asker"
    OUTER_SYSTEM = "outer_system"
    CHECKER = "checker"


class Origin(StrEnum):
    """Whether a case is ours or repeats one of an outer system."""

    OWN = "own"
    MIRRORED = "mirrored"


class Filled(StrEnum):
    """A column of every case that a kind's field may fill, so that nothing is asked twice."""

    OUTER_NUMBER = "outer_number"
    GIVEN_DUE_AT = "given_due_at"
    ASKER_STAFF = "asker_staff"
    ENTERPRISE = "enterprise"


class Asker(StrEnum):
    """Who stands behind a case of a kind."""

    RESIDENT = "resident"
    ENTERPRISE = "enterprise"
    LEADER = "leader"
    INSPECTION = "inspection"


class Duty(StrEnum):
    """What the township owes in a matter (履职事项清单 2024): S-062 and DESIGN, Duty list."""

    MUST_DO = "must_do"
    ASSIST = "assist"
    TAKEN_BACK = "taken_back"


CLOCK_WORDS = {
    Clock.ACCEPT: "受理",
    Clock.SIGN: "签收",
    Clock.OBJECT: "异议",
    Clock.HANDLE: "办理",
    Clock.CALL_BACK: "回访",
    Clock.REOPEN: "重办",
}
CLOSING_WORDS = {
    ClosingKind.SOLVED: "解决",
    ClosingKind.EXPLAINED: "解释到位",
    ClosingKind.HANDED_OVER: "移交",
    ClosingKind.OUTSIDE_DUTY: "不属本镇职责",
    ClosingKind.UNREACHED: "联系不上",
    ClosingKind.ENDED_BY_LAW: "依法终结",
    ClosingKind.HISTORICAL: "历史件",
}
CONFIRMER_WORDS = {
    Confirmer.ASKER: "提出人",
    Confirmer.OUTER_SYSTEM: "来件系统",
    Confirmer.CHECKER: "复核人",
}
ORIGIN_WORDS = {Origin.OWN: "本镇登记", Origin.MIRRORED: "外部来件"}
ASKER_WORDS = {
    Asker.RESIDENT: "群众",
    Asker.ENTERPRISE: "企业",
    Asker.LEADER: "领导",
    Asker.INSPECTION: "检查发现",
}
DUTY_WORDS = {Duty.MUST_DO: "基本", Duty.ASSIST: "配合", Duty.TAKEN_BACK: "收回"}

FILLED_WORDS = {
    Filled.OUTER_NUMBER: "外部编号",
    Filled.GIVEN_DUE_AT: "给定的办结时间",
    Filled.ASKER_STAFF: "交办人",
    Filled.ENTERPRISE: "提出的企业",
}
