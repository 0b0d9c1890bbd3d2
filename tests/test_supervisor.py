"""`banjie serve` starts again what dies and ends what it started (DESIGN, How it runs)."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from banjie.config.supervisor import Child, Supervisor
child = Child("child", (sys.executable, "-c", {child!r}))
sys.exit(Supervisor([child], ("127.0.0.1", 1), "").run())
"""
SAYS_PID_AND_STAYS = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
SAYS_PID_AND_DIES = "import os; print(os.getpid(), flush=True); os._exit(1)"


def supervise(child: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(child=child)], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def test_a_child_that_dies_is_started_again():
    supervisor = supervise(SAYS_PID_AND_DIES)
    first, second = supervisor.stdout.readline(), supervisor.stdout.readline()
    supervisor.terminate()
    assert first.strip().isdigit()
    assert second not in ("", first)
    assert supervisor.wait(timeout=20) == 0


def test_being_told_to_end_ends_the_child_too():
    supervisor = supervise(SAYS_PID_AND_STAYS)
    pid = int(supervisor.stdout.readline())
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(timeout=20) == 0
    assert not Path(f"/proc/{pid}").exists()


def test_a_killed_supervisor_leaves_no_child_behind():
    supervisor = supervise(SAYS_PID_AND_STAYS)
    pid = int(supervisor.stdout.readline())
    watched = os.pidfd_open(pid)
    supervisor.kill()
    supervisor.wait()
    poll = select.poll()
    poll.register(watched)
    assert poll.poll(10_000), "the child outlived its supervisor"
    os.close(watched)
