"""Tables of the rulebook: versions of texts, which are added and never changed, and the drafts they come from."""

from hashlib import sha256
from typing import ClassVar

from django.db import models

from banjie.ledger.models import Ledgered
from banjie.rulebook.in_force import OWNER_WORDS, Edition, Owner
from banjie.rulebook.text import SECTION_WORDS, Section, Text, parse_text

EVERYBODY = "000000000"
"""Stands as the division of shipped texts, whose versions form a chain of their own in the ledger."""


class TextVersion(Ledgered):
    """制度文本版本: one version of one text of one owner; a trigger refuses every change (DESIGN, A regulation)."""

    is_kept: ClassVar[bool] = True
    personal_columns: ClassVar[frozenset[str]] = frozenset()

    owner = models.CharField(
        "所有者", max_length=8, choices=[(owner.value, words) for owner, words in OWNER_WORDS.items()]
    )
    owner_code = models.CharField("所有者区划代码", max_length=9, blank=True)
    section = models.CharField(
        "类别", max_length=12, choices=[(section.value, words) for section, words in SECTION_WORDS.items()]
    )
    key = models.CharField("名称", max_length=60)
    number = models.PositiveIntegerField("版本")
    text = models.TextField("文本")
    digest = models.CharField("摘要", max_length=64)
    from_on = models.DateField("施行日期")
    until_on = models.DateField("停止日期", null=True)
    is_repeal = models.BooleanField("废止", default=False)
    meeting = models.CharField("决定会议", max_length=60, blank=True, default="")
    document = models.CharField("发文字号", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.UUIDField("登记决定的人", null=True)
    reviewed_by = models.UUIDField("合法性审查人", null=True)
    draft_id = models.UUIDField("制度草案", null=True)

    class Meta:
        verbose_name = "制度文本版本"
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "owner_code", "section", "key", "number"], name="text_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.section}/{self.key}@{OWNER_WORDS[Owner(self.owner)]}{self.number}"

    @property
    def edition(self) -> Edition:
        """Return the version as pure code reads it."""
        return Edition(
            id=self.id,
            owner=Owner(self.owner),
            owner_code=self.owner_code,
            section=Section(self.section),
            key=self.key,
            number=self.number,
            from_on=self.from_on,
            until_on=self.until_on,
            source=self.text,
            is_repeal=self.is_repeal,
        )


class DraftState(models.TextChoices):
    """Where a draft of a text stands on its way into force."""

    DRAFTING = "drafting", "起草"
    IN_REVIEW = "in_review", "合法性审查中"
    SENT_BACK = "sent_back", "退回修改"
    REVIEWED = "reviewed", "审查通过"
    DECIDED = "decided", "已决定"
    WITHDRAWN = "withdrawn", "已撤回"


UNDER_WORK = frozenset({DraftState.DRAFTING, DraftState.SENT_BACK})
"""States in which the words of a draft may change."""
OPEN_STATES = frozenset({*UNDER_WORK, DraftState.IN_REVIEW, DraftState.REVIEWED})
"""States that lead on; of one text a town has at most one such draft."""


class RuleDraft(Ledgered):
    """制度草案: a text on its way into force: drafted, reviewed by another for its legality, decided by a meeting.

    Drafts of one batch need each other, such as a kind of case and its limits: they go this way together (ADR 0079).
    """

    section = models.CharField(
        "类别", max_length=12, choices=[(section.value, words) for section, words in SECTION_WORDS.items()]
    )
    key = models.CharField("名称", max_length=60)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("文本")
    base_id = models.UUIDField("所据版本", null=True)
    state = models.CharField("状态", max_length=12, choices=DraftState.choices, default=DraftState.DRAFTING)
    author_id = models.UUIDField("起草人")
    started_at = models.DateTimeField("起草时间")
    submitted_at = models.DateTimeField("送审时间", null=True)
    reviewed_by = models.UUIDField("合法性审查人", null=True)
    reviewed_at = models.DateTimeField("审查时间", null=True)
    review_words = models.CharField("审查意见", max_length=500, blank=True, default="")
    adviser = models.CharField("出具意见的人", max_length=60, blank=True, default="")
    review_file_id = models.UUIDField("审查意见书", null=True)
    version_id = models.UUIDField("形成的版本", null=True)
    batch_id = models.UUIDField("同批", null=True)

    class Meta:
        verbose_name = "制度草案"
        indexes = (models.Index(fields=["town", "started_at", "id"], name="rule_draft_of_town"),)
        constraints = (
            models.UniqueConstraint(
                fields=["town", "section", "key"],
                condition=models.Q(state__in=["drafting", "in_review", "reviewed", "sent_back"]),
                name="rule_draft_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.section}/{self.key} {DraftState(self.state).label}"

    @property
    def is_open(self) -> bool:
        """Tell whether it may still come into force."""
        return self.state in OPEN_STATES

    @property
    def read(self) -> Text:
        """Return the text, read. Raises BadText when its words cannot be."""
        return parse_text(
            Section(self.section), self.key, source=self.text, file=f"{self.section}/{self.key}.md"
        )


def digest_of(source: str) -> str:
    """Return the SHA-256 by which two texts are known for the same."""
    return sha256(source.encode()).hexdigest()


class ReplayState(models.TextChoices):
    """Where a replay stands; the first two are the worker's."""

    WAITING = "waiting", "等待测算"
    RUNNING = "running", "正在测算"
    DONE = "done", "已测算"
    STOPPED = "stopped", "已停止"
    FAILED = "failed", "没有算完"


class Replay(Ledgered):
    """测算: a draft tried on a past period. That it was asked is an entry, what came of it is not: it can be redone."""

    personal_columns: ClassVar[frozenset[str]] = frozenset()
    unledgered_columns: ClassVar[frozenset[str]] = frozenset(
        {"state", "rows", "rows_done", "words", "moved_at", "outcome"}
    )

    rule_type = models.CharField("制度类型", max_length=40)
    key = models.CharField("名称", max_length=60)
    title = models.CharField("标题", max_length=120)
    source = models.TextField("草案")
    draft_id = models.UUIDField("草案编号", null=True)
    from_on = models.DateField("起日")
    to_on = models.DateField("止日")
    asked_by = models.UUIDField("测算人")
    asked_at = models.DateTimeField("测算时间")
    state = models.CharField("状态", max_length=8, choices=ReplayState.choices, default=ReplayState.WAITING)
    rows = models.PositiveIntegerField("总数", default=0)
    rows_done = models.PositiveIntegerField("已算", default=0)
    words = models.TextField("说明", blank=True, default="")
    moved_at = models.DateTimeField("状态变更时间")
    outcome = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = "测算"
        indexes = (models.Index(fields=["town", "-asked_at", "-id"], name="replay_newest"),)

    def __str__(self) -> str:
        return f"{self.title} {self.from_on}—{self.to_on}"

    @property
    def is_at_work(self) -> bool:
        """Tell whether the worker has to do with it."""
        return self.state in (ReplayState.WAITING, ReplayState.RUNNING)


class ReplayedChange(models.Model):
    """测算变动: one that would have been judged otherwise; it names what it is of and nobody."""

    replay = models.ForeignKey(
        Replay, on_delete=models.CASCADE, related_name="changes", db_index=False, verbose_name="测算"
    )
    subject_id = models.UUIDField("哪一件")
    limit = models.CharField("时限", max_length=160)
    own_due_at = models.DateTimeField("原到期")
    draft_due_at = models.DateTimeField("按草案到期")
    met_at = models.DateTimeField("实际办结", null=True)
    is_late = models.BooleanField("按草案超期")

    class Meta:
        verbose_name = "测算变动"
        indexes = (models.Index(fields=["replay", "-id"], name="replayed_change_newest"),)

    def __str__(self) -> str:
        return f"{self.limit} of {self.subject_id}"
