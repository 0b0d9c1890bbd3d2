"""Make an installation ready to serve: schema, texts, static files, and the sample town where nothing is yet."""

import hashlib
import os
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from banjie.search.queries import is_left_empty

RETRY_SECONDS = 2.0


def set_up() -> str:
    """Bring schema, texts and static files up to date, load the sample town into an empty database.

    Return what the sample town wants to be said: its log-ins. Each step costs next to nothing when there is nothing
    to do, so that a second start is quick.
    """
    wait_for_database()
    if has_pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    fill_index()
    collect_static()
    return load_sample()


def wait_for_database() -> None:
    """Wait until the database answers: after a crash PostgreSQL refuses for a while."""
    has_waited = False
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            if not has_waited:
                print(f"数据库还没有应答，继续等待（{str(error).splitlines()[0]}）", flush=True)
            has_waited = True
            time.sleep(RETRY_SECONDS)


def has_pending_migrations() -> bool:
    """Tell whether the schema is older than the program."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def fill_index() -> None:
    """Fill the index of words once in a database from before there was one; elsewhere this is two small queries."""
    if is_left_empty():
        print("正在把已有的件编入查找目录，只做这一次。", flush=True)
        call_command("reindex")


def collect_static() -> None:
    """Collect and compress the static files, unless they are those of the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    digest = _static_digest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


def load_sample() -> str:
    """Let the sample town load itself if the database is empty, and return what it prints (its log-ins)."""
    if os.environ.get("BANJIE_SAMPLE", "1") != "1" or "load_sample" not in get_commands():
        return ""
    said = StringIO()
    call_command("load_sample", stdout=said)
    return said.getvalue().strip()


def _static_digest() -> str:
    """Return a digest over name, size and time of each static file."""
    total = hashlib.sha256()
    for name, path in sorted(_static_files()):
        seen = Path(path).stat()
        total.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    return total.hexdigest()


def _static_files() -> Iterator[tuple[str, str]]:
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            yield name, storage.path(name)
