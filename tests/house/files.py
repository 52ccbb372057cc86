"""The files and modules that the rules of the house look at."""

import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
OURS = ("articles", "registry", "partnership")
PYTHON = [
    file
    for folder in (*OURS, "tests")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in file.parts
]


def told(file: Path) -> str:
    """The file's name as a person says it."""
    return str(file.relative_to(ROOT))


def tracked() -> list[Path]:
    """Every file that is kept or about to be: what Git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = (name for name in listed.stdout.split("\0") if name)
    return [file for file in map(ROOT.joinpath, names) if file.is_file()]


def modules(*packages: str) -> Iterator[ModuleType]:
    """The modules and all modules below them, migrations left out."""
    for name in packages:
        module = importlib.import_module(name)
        yield module
        for below in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
            if "migrations" not in below.name:
                yield importlib.import_module(below.name)
