"""Imports go down only, and only doors speak HTTP."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.files import ROOT


@pytest.mark.slow
def test_contracts_between_floors_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_every_module_of_the_registry_has_a_floor():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    [floors] = [each for each in contracts if each.get("containers") == ["registry"]]
    placed = {name.strip() for floor in floors["layers"] for name in floor.split("|")}
    rooms = {
        file.stem
        for file in (ROOT / "registry").iterdir()
        if (file / "__init__.py").exists() or file.suffix == ".py"
    }

    assert rooms - {"__init__"} - placed == set(floors["exhaustive_ignores"])
