"""House rules that no ready-made tool checks: sizes of files and functions, and no address of a package registry.

Prints one line for each breach, `path:line: what`, and ends with 1 if there is any.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_FILE_LINES = 500
MOST_FUNCTION_LINES = 60
GENERATED = re.compile(
    r"(^|/)(migrations/|package-lock\.json$|requirements/\w+\.txt$|LICENSE$)|\.(svg|json|csv|xlsx|png)$"
)
CODE = (".py", ".ts", ".css", ".html", ".sh")
FORBIDDEN_NAMES = ("utils", "helpers", "common", "services", "managers")
REGISTRY = re.compile(
    r"""(py[p]i\.(org|python|tuna)|python[h]osted|registry\.[\w.-]*np[m]|npm[j]s\.(org|com)|npm[m]irror|\.yarn[p]kg\.
        |"resolved":\s*"http|--?(extra-)?index-[u]rl|--find-[l]inks|mirrors?\.[\w-]+\.(com|cn|edu))""",
    re.VERBOSE,
)


def main() -> int:
    """Look over every tracked or new file; print the breaches."""
    found = [breach for path in _files() for breach in breaches(path, (ROOT / path).read_bytes())]
    print("\n".join(found) or "house rules: nothing found")
    return 1 if found else 0


def breaches(path: str, content: bytes) -> Iterator[str]:
    """Yield what is wrong with one file, given its path in the repository and its content."""
    if b"\0" in content[:1024]:
        return
    text = content.decode("utf-8", "replace")
    yield from registry_addresses(path, text)
    if GENERATED.search(path):
        return
    if Path(path).stem in FORBIDDEN_NAMES:
        yield f"{path}:1: a file called {Path(path).stem} has no home; name the capability it belongs to"
    if path.endswith(CODE):
        yield from long_file(path, text)
    if path.endswith(".py"):
        yield from long_functions(path, text)


def registry_addresses(path: str, text: str) -> Iterator[str]:
    """Yield lines that name a package registry: each machine is told its own."""
    for number, line in enumerate(text.splitlines(), start=1):
        if REGISTRY.search(line) and not (path.endswith("package-lock.json") and '"url"' in line):
            yield f"{path}:{number}: names a package registry"


def long_file(path: str, text: str) -> Iterator[str]:
    """Yield the file if it is longer than STYLE.md lets it be."""
    count = text.count("\n")
    if count > MOST_FILE_LINES:
        yield f"{path}:1: {count} lines, more than {MOST_FILE_LINES}; make it a package of the same name"


def long_functions(path: str, text: str) -> Iterator[str]:
    """Yield each function that is longer than STYLE.md lets it be, its decorators not counted."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            if count > MOST_FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {count} lines, more than {MOST_FUNCTION_LINES}"


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


if __name__ == "__main__":
    sys.exit(main())
