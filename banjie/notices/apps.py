"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.notices"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"
