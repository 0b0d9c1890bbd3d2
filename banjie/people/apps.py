"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.people"
    default_auto_field = "django.db.models.BigAutoField"
