"""Rules of the house that a machine can keep."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from registry.actions import activities, areas, contributions, guidance, meetings, partners

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    file
    for folder in ("articles", "registry", "partnership", "tests")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in file.parts
]


def test_no_file_is_over_400_lines():
    long = {f.name: n for f in FILES if (n := len(f.read_text().splitlines())) > 400}

    assert long == {}


def test_every_module_opens_with_a_line_that_says_what_it_is_for():
    silent = [
        str(file.relative_to(ROOT))
        for file in FILES
        if (text := file.read_text().strip()) and not text.startswith(('"""', "#!"))
    ]

    assert silent == []


def test_nothing_is_called_helpers():
    assert [f.name for f in FILES if f.stem in ("utils", "helpers", "common", "misc")] == []


@pytest.mark.parametrize("noun", [activities, areas, contributions, guidance, meetings, partners])
def test_actions_are_keyword_only_and_know_who_acts(noun):
    for verb in (noun.create, noun.change, noun.withdraw, noun.restore):
        parameters = inspect.signature(verb).parameters
        assert "by" in parameters
        assert {p.kind for p in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


def test_imports_go_down_only():
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
