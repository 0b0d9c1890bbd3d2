"""The fixed words of a case: origin, channel, sensitivity, voices, marks, satisfaction and closing kinds."""

from django.db.models import TextChoices


class Origin(TextChoices):
    """Where a case lives first."""

    OWN = "own", "本镇"
    MIRRORED = "mirrored", "外部系统"


class Channel(TextChoices):
    """How it was told."""

    WINDOW = "window", "窗口"
    PHONE = "phone", "电话"
    WECHAT = "wechat", "微信"
    VISIT = "visit", "走访"
    LETTER = "letter", "来信"
    ONLINE = "online", "网上"
    LEADER = "leader", "领导交办"
    INSPECTION = "inspection", "督查检查"
    OUTER = "outer", "外部系统"


class Sensitivity(TextChoices):
    """Who may read it; of a number-only case nothing but the number is kept here (线外)."""

    ORDINARY = "ordinary", "一般"
    HANDLERS_ONLY = "handlers_only", "仅经办人可见"
    NUMBER_ONLY = "number_only", "线外办理"


class Speaker(TextChoices):
    """The three voices."""

    HANDLER = "handler", "经办人说"
    ASKER = "asker", "诉求人说"
    CALL_BACK = "call_back", "回访得知"


class Said(TextChoices):
    """What a voice says: a claim, a grade of GB/T 39735-2020, or that nobody was reached."""

    DONE = "done", "已办"
    VERY_SATISFIED = "very_satisfied", "非常满意"
    SATISFIED = "satisfied", "满意"
    FAIRLY_SATISFIED = "fairly_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意"
    UNREACHED = "unreached", "未联系上"


GRADES = (
    Said.VERY_SATISFIED,
    Said.SATISFIED,
    Said.FAIRLY_SATISFIED,
    Said.DISSATISFIED,
    Said.VERY_DISSATISFIED,
)
CONTENT = frozenset({Said.VERY_SATISFIED, Said.SATISFIED, Said.FAIRLY_SATISFIED})
DISCONTENT = frozenset({Said.DISSATISFIED, Said.VERY_DISSATISFIED})


class Mark(TextChoices):
    """What the asker's own word bears; `none` takes a call-back by another."""

    NONE = "none", "无"
    SIGNATURE = "signature", "签字"
    THUMB_PRINT = "thumb_print", "手印"
    SLIP_CODE = "slip_code", "回执码"
    LINK = "link", "链接"
    TABLET = "tablet", "平板手写"
    WITNESS = "witness", "见证人"


class ClosingKind(TextChoices):
    """How a case ends; only `solved` counts as solved."""

    SOLVED = "solved", "解决"
    EXPLAINED = "explained", "解释到位"
    HANDED_OVER = "handed_over", "移交"
    OUTSIDE_DUTY = "outside_duty", "不属职责"
    UNREACHED = "unreached", "联系不上"
    ENDED_BY_LAW = "ended_by_law", "依法终结"
    HISTORICAL = "historical", "历史件"


BASED_KINDS = frozenset(
    {ClosingKind.EXPLAINED, ClosingKind.HANDED_OVER, ClosingKind.OUTSIDE_DUTY, ClosingKind.ENDED_BY_LAW}
)
"""Exits that name their basis, since the asker's word is not what ends them."""
