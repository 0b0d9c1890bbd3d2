"""What is said, asked and filed under a case: voices, extensions, objections, attachments."""

from django.db import models

from banjie.cases.models.case import Case, OfCase
from banjie.cases.vocabulary import Mark, Said, Speaker
from banjie.files.models import StoredFile
from banjie.people.models import Unit


class Voice(OfCase):
    """What one of the three said about one round: the handler's claim, the asker's word, the call-back."""

    speaker = models.CharField("谁说的", max_length=12, choices=Speaker)
    round = models.PositiveSmallIntegerField("轮次")
    said = models.CharField("说的是", max_length=20, choices=Said)
    words = models.TextField("原话", blank=True)
    mark = models.CharField("凭据", max_length=12, choices=Mark, default=Mark.NONE)
    witness = models.CharField("见证人", max_length=40, blank=True)
    by = models.UUIDField("记录人")
    heard_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "三方说法"
        indexes = (models.Index(fields=["town", "heard_at"], name="voice_heard"),)

    def __str__(self) -> str:
        return f"{self.speaker} {self.said}"


class Extension(OfCase):
    """延期: asked before the clock ends, decided by another (行政许可法 第四十二条)."""

    term = models.CharField("延长", max_length=40)
    reason = models.CharField("理由", max_length=400)
    asked_by = models.UUIDField("申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.UUIDField("批准人", null=True)
    decided_at = models.DateTimeField("批准时间", null=True)
    is_granted = models.BooleanField("准予", null=True)

    class Meta:
        verbose_name = "延期申请"

    def __str__(self) -> str:
        return self.term


class Objection(OfCase):
    """派办异议: a unit says that the case is not its own; it stands or falls with where the case is sent next."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="提出单位"
    )
    reason = models.CharField("理由", max_length=400)
    basis = models.CharField("依据", max_length=200)
    should_go_to = models.CharField("应由谁办", max_length=80)
    raised_by = models.UUIDField("提出人")
    raised_at = models.DateTimeField("提出时间")
    decided_by = models.UUIDField("裁定人", null=True)
    decided_at = models.DateTimeField("裁定时间", null=True)
    is_upheld = models.BooleanField("成立", null=True)

    class Meta:
        verbose_name = "派办异议"

    def __str__(self) -> str:
        return self.reason


class Distinction(OfCase):
    """不是重复件: a person says of a pair that it is two matters, so that neither is proposed for the other again."""

    other = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", verbose_name="和哪一件不是一件事"
    )
    is_standing = models.BooleanField("不再提示", default=True)
    told_at = models.DateTimeField("说的时间")
    by = models.UUIDField("谁说的")

    class Meta:
        verbose_name = "不是重复件"
        constraints = (models.UniqueConstraint(fields=["case", "other"], name="case_distinguished_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.other_id}"


class Attachment(OfCase):
    """附件: a stored file under a case."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="文件")
    name = models.CharField("文件名", max_length=160)
    attached_at = models.DateTimeField("上传时间")
    by = models.UUIDField("上传人")

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.name
