"""The books app."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Register the room with Django, and what its records are found by."""

    name = "banjie.books"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join search; models can only be read once every app is loaded."""
        from banjie.books.queries import words
        from banjie.search.declared import declare

        declare(words.RECORDS)
