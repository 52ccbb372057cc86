"""The reference book stands alone: no app above it is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
SECRET_KEY = "alone"
INSTALLED_APPS = ["articles"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "alone.sqlite3"}}
USE_TZ = True
"""


def _django(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(directory), str(ROOT)])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "alone", "PYTHONPATH": paths}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *arguments],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_articles_checks_migrates_and_loads_without_the_registry(tmp_path):
    (tmp_path / "alone.py").write_text(SETTINGS)

    checked = _django(tmp_path, "check")
    settled = _django(tmp_path, "makemigrations", "--check", "--dry-run")
    migrated = _django(tmp_path, "migrate", "--verbosity=0")
    loaded = _django(tmp_path, "load_articles")

    assert (checked.returncode, checked.stderr) == (0, "")
    assert (settled.returncode, settled.stdout) == (0, "No changes detected\n")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert loaded.stdout.splitlines()[2] == "Article: 35 created, 0 changed, 0 unchanged"


@pytest.mark.slow
def test_importing_every_module_of_articles_imports_nothing_above(tmp_path):
    (tmp_path / "alone.py").write_text(SETTINGS)
    script = (
        "import django, pkgutil, importlib, sys; django.setup(); import articles\n"
        "for module in pkgutil.walk_packages(articles.__path__, 'articles.'):\n"
        "    importlib.import_module(module.name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('registry', 'partnership')])"
    )

    printed = _django(tmp_path, "shell", "--no-imports", "--command", script)

    assert (printed.stdout, printed.stderr) == ("[]\n", "")
