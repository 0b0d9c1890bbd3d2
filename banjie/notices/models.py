"""Tables of notices: what each person is told, what each sender was handed, and the messages that went out.

They stand outside the ledger: a notice changes nothing. What gave rise to it is an entry of its own subject.
"""

from django.db import models
from django.db.models import Q

from banjie.base.ids import new_id
from banjie.notices.vocabulary import NoticeKind
from banjie.people.models import Staff


class Notice(models.Model):
    """消息: one thing that one person is told; the same `key` reaches him once, however often it is written."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9)
    to = models.ForeignKey(Staff, models.PROTECT, db_index=False, related_name="+", verbose_name="告知谁")
    kind = models.CharField("种类", max_length=16, choices=NoticeKind)
    key = models.CharField("去重键", max_length=120)
    group_id = models.UUIDField("所属单位", null=True)
    title = models.CharField("标题", max_length=80)
    words = models.CharField("内容", max_length=300, blank=True)
    about = models.CharField("关于", max_length=120, blank=True)
    is_urgent = models.BooleanField("急件", default=False)
    made_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    is_handed_on = models.BooleanField("已交发送", default=False)

    class Meta:
        verbose_name = "消息"
        constraints = (models.UniqueConstraint(fields=["to", "key"], name="notice_once"),)
        indexes = (
            models.Index(fields=["to", "-made_at", "-id"], name="notice_inbox"),
            models.Index(fields=["to"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["town", "made_at"], condition=Q(is_handed_on=False), name="notice_waiting"),
            models.Index(fields=["made_at"], name="notice_by_age"),
        )

    def __str__(self) -> str:
        return self.title


class MessageState(models.TextChoices):
    """Where a message stands."""

    READY = "ready", "待发送"
    SENT = "sent", "已发送"
    GIVEN_UP = "given_up", "未发出"


class Message(models.Model):
    """外发消息: several notices in one text for one receiver; its id is the key by which a repeat is told."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9)
    sender = models.CharField("发送渠道", max_length=40)
    to = models.ForeignKey(
        Staff, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="发给谁"
    )
    text = models.TextField("正文")
    is_urgent = models.BooleanField("急件", default=False)
    state = models.CharField("状态", max_length=8, choices=MessageState, default=MessageState.READY)
    made_at = models.DateTimeField("时间")
    next_try_at = models.DateTimeField("下次发送")
    sent_at = models.DateTimeField("发出时间", null=True)
    tries = models.PositiveSmallIntegerField("发送次数", default=0)
    error = models.CharField("最近错误", max_length=80, blank=True)

    class Meta:
        verbose_name = "外发消息"
        indexes = (
            models.Index(fields=["next_try_at"], condition=Q(state="ready"), name="message_to_send"),
            models.Index(fields=["to", "made_at"], name="message_of_day"),
            models.Index(fields=["made_at"], name="message_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.state}"


class Delivery(models.Model):
    """消息投递: that one sender is to carry one notice, once for each receiver, in `message`."""

    town = models.CharField("乡镇区划代码", max_length=9)
    sender = models.CharField("发送渠道", max_length=40)
    once = models.CharField("去重键", max_length=170)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name="消息")
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="deliveries", verbose_name="外发消息"
    )

    class Meta:
        verbose_name = "消息投递"
        constraints = (models.UniqueConstraint(fields=["sender", "once"], name="delivery_once"),)
        indexes = (
            models.Index(
                fields=["town", "sender"], condition=Q(message__isnull=True), name="delivery_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.once}"
