"""Measure the whole system at rest: start `banjie serve`, ask it for pages, wait, add up every process it started.

Prints RSS and PSS of each; ends with 1 when the sum of PSS is over the limit (250 MB). PSS is what the machine gives
up: a page that processes share is counted once, where the sum of RSS counts it once for each.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from ground.shell import BIN, ROOT

LIMIT_MB = 250
REST_SECONDS = 35
"""Longer than granian keeps an idle thread."""


def main() -> int:
    """Start, ask, rest, count."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="banjie-idle-") as home:
        env = {**os.environ, "BANJIE_HOME": home, "BANJIE_PORT": str(port)}
        serve = subprocess.Popen([BIN / "banjie", "serve", "--set-up"], cwd=ROOT, env=env)
        try:
            _wait_for(port)
            for _ in range(40):
                _ask(port)
            time.sleep(REST_SECONDS)
            return _report(_tree(serve.pid))
        finally:
            serve.send_signal(signal.SIGTERM)
            serve.wait(timeout=30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the web server did not come up")


def _ask(port: int) -> None:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
    except urllib.error.HTTPError:
        return


def _tree(root: int) -> list[int]:
    """Return the process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    family = [root]
    for pid in family:
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _report(pids: list[int]) -> int:
    sums = {"Rss": 0, "Pss": 0}
    for pid in pids:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        seen = {key: int(re.search(rf"^{key}:\s+(\d+)", rollup, re.MULTILINE)[1]) for key in sums}
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        print(f"{seen['Rss'] / 1024:7.1f} MB RSS {seen['Pss'] / 1024:7.1f} MB PSS  {words[:90]}")
        sums = {key: sums[key] + seen[key] for key in sums}
    pss = sums["Pss"] / 1024
    print(
        f"{sums['Rss'] / 1024:7.1f} MB RSS {pss:7.1f} MB PSS  in {len(pids)} processes; the limit is {LIMIT_MB} MB"
    )
    return 1 if pss > LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(main())
