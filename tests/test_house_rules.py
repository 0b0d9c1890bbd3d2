"""The checker of house rules finds what it is there to find."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from house_rules import breaches


def found(path: str, text: str) -> list[str]:
    return list(breaches(path, text.encode()))


def test_a_file_of_five_hundred_lines_passes_and_one_more_fails():
    assert found("banjie/cases/actions.py", "x = 1\n" * 500) == []
    assert "501 lines" in found("banjie/cases/actions.py", "x = 1\n" * 501)[0]


def test_a_function_of_sixty_lines_passes_and_one_more_fails():
    assert found("a.py", "def long():\n" + "    x = 1\n" * 59) == []
    assert "long has 61 lines" in found("a.py", "def long():\n" + "    x = 1\n" * 60)[0]


def test_an_address_of_a_package_registry_is_found_wherever_it_stands():
    registry = "https://" + "registry." + "npmjs" + ".org/x"
    assert found("frontend/.npmrc", f"registry={registry}\n")
    assert found("Makefile", "pip install --index" + "-url https://mirror\n")
    assert found("requirements/base.txt", "https://files." + "python" + "hosted" + ".org/x\n")


def test_a_file_without_a_home_is_found():
    assert found("banjie/cases/utils.py", "")


def test_generated_files_may_be_long():
    assert found("banjie/cases/migrations/0001_cases.py", "x = 1\n" * 900) == []
