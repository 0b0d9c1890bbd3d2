"""Settings of one town, each from an environment variable whose default serves a town out of the box."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from banjie.base.keys import read_or_make_key
from banjie.config.database import database
from banjie.config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BANJIE_HOME", BASE_DIR.parent / "var")).resolve()
"""Where the town's database, files and keys lie."""

HOME.mkdir(parents=True, exist_ok=True)
MASTER_KEY = read_or_make_key(Path(os.environ.get("BANJIE_KEY_FILE", HOME / "banjie.key")))
"""The key outside the database: personal columns, look-up hashes, slip codes and sessions derive from it."""

SECRET_KEY = MASTER_KEY.derive("django.secret").hex()
DEBUG = os.environ.get("BANJIE_DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("BANJIE_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BANJIE_ORIGINS", "").split(",") if origin]
BEHIND_TLS = os.environ.get("BANJIE_TLS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_vite",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "banjie.jobs",
    "banjie.ledger",
    "banjie.worktime",
    "banjie.files",
    "banjie.search",
    "banjie.sheets",
    "banjie.places",
    "banjie.people",
    "banjie.notices",
    "banjie.residents",
    "banjie.enterprises",
    "banjie.rulebook",
    "banjie.figures",
    "banjie.cases",
    "banjie.books",
    "banjie.reports",
    "banjie.desk",
    "banjie.sample",
    "banjie.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "banjie.desk.middleware.AtWork",
    "banjie.desk.middleware.Refusals",
]
ROOT_URLCONF = "banjie.config.urls"
WSGI_APPLICATION = "banjie.config.wsgi.application"
DATABASES = {"default": database(os.environ.get("BANJIE_DATABASE_URL", ""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Staff"
SESSION_ENGINE = "banjie.people.sessions"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "banjie.people.backends.StaffBackend",
]
LOGIN_URL = "/login"
CSRF_FAILURE_VIEW = "banjie.desk.errors.token_refused"
PASSWORD_HASHERS = ["banjie.people.hashers.TownArgon2Hasher"]
AXES_FAILURE_LIMIT = "banjie.people.lockout.failure_limit"
AXES_COOLOFF_TIME = "banjie.people.lockout.cool_off"
AXES_LOCKOUT_PARAMETERS = "banjie.people.lockout.counted_together"
AXES_USERNAME_CALLABLE = "banjie.people.lockout.account_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
"""Axes' middleware would answer in its own words; the log-in page says itself who is locked out and for how long."""

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "banjie.desk.shell.shell",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": BASE_DIR / "desk" / "static" / "build" / "manifest.json",
        "static_url_prefix": "build",
    }
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if BEHIND_TLS else 0
SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
"""HSTS stays on this one name: the office's other names are not ours to bind, and it is on no public list."""
SILENCED_SYSTEM_CHECKS += ["models.W040"]
"""What PostgreSQL includes in an index SQLite leaves out, and does not need (ADR 0077)."""

LOGGING = logging_settings(level=os.environ.get("BANJIE_LOG_LEVEL", "WARNING"))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TOWN = os.environ.get("BANJIE_TOWN", "")
"""Division code of the town that this installation serves; empty means the only town in the database."""
