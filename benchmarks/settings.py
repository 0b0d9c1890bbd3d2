"""The town's own settings, with the bare view beside its pages."""

from banjie.config.settings import *  # noqa: F403
from banjie.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
ROOT_URLCONF = "benchmarks.urls"
