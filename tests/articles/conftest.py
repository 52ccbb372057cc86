"""The reference book, loaded, and copies of its data files to spoil."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction

from articles.loading import DATA, LoadReport, load


@pytest.fixture(scope="module")
def _loaded(empty_tables: None, django_db_blocker) -> Iterator[LoadReport]:
    # One load for a module of tests, taken back after it.
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def convention(_loaded: LoadReport, db: None) -> LoadReport:
    """The data files, loaded; and the report of that."""
    return _loaded


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A function that copies the data files and replaces a text that stands once in one of them."""

    def spoil(file: str, old: str, new: str) -> Path:
        shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8", newline="")
        return tmp_path

    return spoil
