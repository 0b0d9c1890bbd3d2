"""The config app: it holds the commands that start the whole program."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Register the commands with Django."""

    name = "banjie.config"
