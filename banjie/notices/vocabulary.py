"""The kinds of notices; a town's rulebook names by their labels those that may leave the building."""

from django.db.models import TextChoices


class NoticeKind(TextChoices):
    """What a notice is about."""

    ESCALATION = "escalation", "时限提醒"
    ASSIGNED = "assigned", "派办"
    URGED = "urged", "催办"
    REOPENED = "reopened", "退回重办"
    EXTENSION = "extension", "延期"
    RECORDED_FOR = "recorded_for", "代录"
    BOOK_DUE = "book_due", "台账到期"
