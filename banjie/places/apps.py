"""The places app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Register the room with Django."""

    name = "banjie.places"
    default_auto_field = "django.db.models.BigAutoField"
