"""Two plain tables for the bare view: no indexes but the key, nothing that anything depends on."""

from django.db import models

from banjie.base.ids import new_id


class BareCase(models.Model):
    """Something asked for, as the least program would keep it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=12)
    happened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class BareEvent(models.Model):
    """That it was asked."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(BareCase, on_delete=models.CASCADE, db_index=False)
    deed = models.CharField(max_length=40)
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.deed
