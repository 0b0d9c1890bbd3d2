"""Run a command against a PostgreSQL cluster of its own, which is gone afterwards.

    python scripts/with_postgres.py [--durable] COMMAND …

BANJIE_DATABASE_URL points the command at it. Without --durable nothing is synced to disk: faster, for tests that
crash nothing. PostgreSQL refuses to run as root, so for root the cluster belongs to another user.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ground.shell import stop
from ground.testing import postgres_programs

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
SETTINGS = ["listen_addresses=127.0.0.1", "max_connections=200", "timezone=UTC", "log_min_messages=fatal"]
SERVANTS = ("postgres", "nobody")
START_SECONDS = 60


def main() -> int:
    """Start the cluster, run the command, stop the cluster; return the command's exit code."""
    command = sys.argv[1:]
    is_durable = command[:1] == ["--durable"]
    command = command[1:] if is_durable else command
    programs = postgres_programs()
    if programs is None:
        stop("No PostgreSQL found. Try: make test")
    home = Path(tempfile.mkdtemp(prefix="banjie-postgres-"))
    owner = _owner(home)
    port = _free_port()
    settings = SETTINGS + [f"port={port}", f"unix_socket_directories={home}"] + ([] if is_durable else FAST)
    try:
        _quiet([programs / "initdb", "-D", home / "cluster", "-U", "banjie", "-A", "trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--data-checksums", *([] if is_durable else ["--no-sync"])], owner)  # fmt: skip
        options = [part for setting in settings for part in ("-c", setting)]
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(home / "cluster"), *options], user=owner, cwd=home
        )
        try:
            _wait_for(port, server)
            url = f"postgresql://banjie@127.0.0.1:{port}/postgres"
            return subprocess.run(
                command, env={**os.environ, "BANJIE_DATABASE_URL": url}, check=False
            ).returncode
        finally:
            server.send_signal(signal.SIGQUIT if not is_durable else signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: Path) -> int | None:
    """Return the user that is to own the cluster when we are root, else None."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    servant = next(known[name] for name in SERVANTS if name in known)
    os.chown(home, servant.pw_uid, servant.pw_gid)
    return servant.pw_uid


def _quiet(command: list[str | Path], owner: int | None) -> None:
    ended = subprocess.run(
        [str(part) for part in command], user=owner, capture_output=True, text=True, cwd="/"
    )
    if ended.returncode != 0:
        stop(f"PostgreSQL could not be set up:\n{ended.stdout}{ended.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    stop("PostgreSQL did not start.")


if __name__ == "__main__":
    sys.exit(main())
