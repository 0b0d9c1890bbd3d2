"""The town's settings for a server that tests start: static files by their plain names, since tests collect none."""

from pathlib import Path

from banjie.config.settings import *  # noqa: F403
from banjie.config.settings import DJANGO_VITE, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if not Path(str(DJANGO_VITE["default"]["manifest_path"])).exists():
    DJANGO_VITE = {"default": {**DJANGO_VITE["default"], "dev_mode": True}}
