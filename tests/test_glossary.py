"""Each model and each action has its pair in docs/glossary.yml: one deed, one word (STYLE.md, Names; U37)."""

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.conf import settings

BANJIE = Path(settings.BASE_DIR)
GLOSSARY = BANJIE.parent / "docs" / "glossary.yml"
PAIR = re.compile(r"^  ([A-Za-z_]\w*): (\S.*)$")


def pairs() -> dict[str, dict[str, str]]:
    """Read the file: a word at the margin opens a section, two blanks in stand the pairs."""
    sections: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in GLOSSARY.read_text().splitlines():
        if line.endswith(":") and not line.startswith(" "):
            section = sections.setdefault(line[:-1], {})
        elif found := PAIR.match(line):
            assert found[1] not in section, f"docs/glossary.yml holds {found[1]} twice"
            section[found[1]] = found[2]
        else:
            assert not line or line.startswith("#"), f"docs/glossary.yml cannot be read here: {line!r}"
    return sections


def our_models() -> dict[str, str]:
    """Return the Chinese name of each of our models."""
    models = [model for model in apps.get_models() if model.__module__.startswith("banjie.")]
    return {
        model.__name__: str(model._meta.verbose_name) for model in models if ".tests" not in model.__module__
    }


def our_actions() -> dict[str, str]:
    """Return each deed of each room's actions, with the room that owns it; a claim (`is_…`) is none."""
    return {
        name: room
        for room, module in action_modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith(("_", "is_")) and function.__module__.startswith(f"banjie.{room}.actions")
    }


def action_modules() -> Iterator[tuple[str, object]]:
    for found in iter_modules([str(BANJIE)]):
        if (BANJIE / found.name / "actions.py").is_file() or (BANJIE / found.name / "actions").is_dir():
            yield found.name, importlib.import_module(f"banjie.{found.name}.actions")


def test_every_model_has_its_pair():
    missing = {name: said for name, said in our_models().items() if name not in pairs()["models"]}
    assert not missing, f"docs/glossary.yml, models: add {missing}"


def test_every_action_has_its_pair():
    missing = {name: room for name, room in our_actions().items() if name not in pairs()["actions"]}
    assert not missing, f"docs/glossary.yml, actions: add {missing}"


def test_a_model_is_called_on_screen_what_the_glossary_calls_it():
    other = {name: said for name, said in our_models().items() if pairs()["models"].get(name, said) != said}
    assert not other, f"verbose_name and docs/glossary.yml differ: {other}"


@pytest.mark.parametrize("section", ["models", "actions"])
def test_every_pair_holds_a_chinese_word(section):
    assert all(re.search(r"[\u4e00-\u9fff]", said) for said in pairs()[section].values())
