"""The books app."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.books"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"
