"""Give the tests a home of their own, before Django reads its settings: they never touch var/ (loaded by -p)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:
    home = tempfile.mkdtemp(prefix="banjie-test-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["BANJIE_HOME"] = home
    (Path(home) / "static").mkdir()
for name in ("BANJIE_DEBUG", "BANJIE_TLS", "BANJIE_TOWN", "BANJIE_KEY_FILE"):
    os.environ.pop(name, None)
