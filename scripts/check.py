"""Run every check, two at a time; print the output of those that fail, and end with 1 if any does."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ground.shell import PYTHON, ROOT, environment

MANAGE = (str(PYTHON), "manage.py")


@dataclass(frozen=True)
class Check:
    """One tool with its arguments; `deploy` sets the environment of a server behind TLS."""

    name: str
    command: tuple[str, ...]
    folder: str = "."


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    check: Check
    is_good: bool
    output: str
    seconds: float


def checks() -> list[Check]:
    """Return the checks, the slow ones first."""
    templates = [str(path) for path in ROOT.glob("banjie/*/templates/**/*.html")]
    return [
        Check("mypy", ("mypy", "banjie")),
        Check("tsc", ("npm", "run", "--silent", "check"), "frontend"),
        Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Check("django", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING")),
        Check("import-linter", ("lint-imports", "--no-cache")),
        Check(
            "glossary",
            (str(PYTHON), "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_glossary.py"),
        ),
        *([Check("rulebook", (*MANAGE, "rulebook", "check"))] if _has_rulebook() else []),
        Check("ruff check", ("ruff", "check", ".")),
        Check("ruff format", ("ruff", "format", "--check", ".")),
        *([Check("djade", ("djade", "--target-version", "5.2", "--check", *templates))] if templates else []),
        Check("house rules", (str(PYTHON), "scripts/house_rules.py")),
        Check("decisions", (str(PYTHON), "scripts/decisions.py", "--check")),
    ]


def main() -> int:
    """Run the checks and print a line for each, then what the failing ones say."""
    with (
        tempfile.TemporaryDirectory(prefix="banjie-check-") as home,
        ThreadPoolExecutor(max_workers=2) as pool,
    ):
        outcomes = [_tell(outcome) for outcome in pool.map(lambda check: _run(check, home), checks())]
    failed = [outcome for outcome in outcomes if not outcome.is_good]
    for outcome in failed:
        print(f"\n── {outcome.check.name} ──\n{outcome.output.rstrip()}")
    print(f"\n{len(outcomes) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


def _has_rulebook() -> bool:
    return (ROOT / "banjie/rulebook/management/commands/rulebook.py").is_file()


def _run(check: Check, home: str) -> Outcome:
    start = time.monotonic()
    env = {
        **environment(),
        "BANJIE_HOME": home,
        "BANJIE_TLS": "1",
        "BANJIE_HOSTS": "banjie.example",
        "PYTHONWARNINGS": "ignore",
    }
    env.pop("BANJIE_DATABASE_URL", None)
    ended = subprocess.run(
        check.command, cwd=ROOT / check.folder, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    return Outcome(check, ended.returncode == 0, ended.stdout, time.monotonic() - start)


def _tell(outcome: Outcome) -> Outcome:
    print(f"{'✓' if outcome.is_good else '✗'} {outcome.check.name} ({outcome.seconds:.1f} s)", flush=True)
    return outcome


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
