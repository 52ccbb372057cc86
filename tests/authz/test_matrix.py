"""Every cell of the matrix, tried: who gets what, by a page or as a program."""

import tempfile

import pytest
import time_machine
from django.contrib import admin
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from tests.admin.pages import list_of
from tests.authz.cases import CASES
from tests.authz.matrix import CELLS, CODES, ROWS, TRIED
from tests.authz.scene import Scene

pytestmark = pytest.mark.django_db
TOKENS = ("TR", "TW", "TO", "TX")
WALK = "walk"
SINGLE = [each for each in TRIED if each.case != WALK]
WALKS = [each for each in TRIED if each.case == WALK]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Made once; nothing of it, or of what tests change, stays."""
    with (
        tempfile.TemporaryDirectory() as folder,
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(FILES_DIR=folder, ENVIRONMENT="production"),
        # Some pages say when they were made.
        time_machine.travel(timezone.now(), tick=False),
    ):
        yield Scene()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def as_it_was(scene, db):
    """What is rolled back anyway need not be checked: that reads the whole database each time."""
    yield
    transaction.set_rollback(True)


@pytest.mark.check("2a")
@pytest.mark.parametrize("cell", SINGLE, ids=lambda cell: cell.name)
def test_cell(scene, cell):
    attempt = CASES[cell.row, cell.case, cell.channel]

    got = {attempt.outcome(scene, cell.channel, cell.view, s) for s in _secrets(scene, cell)}

    assert got == {cell.code}


def _secrets(scene, cell):
    if cell.channel == "api":
        return scene.secrets[cell.view]
    # To pages all tokens are the same.
    return scene.secrets[cell.view][:1] if cell.view in TOKENS else [""]


@pytest.mark.check("2a")
@pytest.mark.parametrize("cell", WALKS, ids=lambda cell: cell.name)
def test_walk_through_the_administration(scene, cell):
    client = scene.clients.get(cell.view, scene.clients["AN"])
    for secret in _secrets(scene, cell):
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        answers = [client.get(list_of(model), headers=headers) for model in admin.site._registry]
        statuses = {each.status_code for each in answers}
        if cell.code == "Y":
            assert statuses <= {200, 403} and 200 in statuses
        else:
            assert statuses == {302}
            assert all(each.headers["Location"].startswith("/admin/login/") for each in answers)


def test_every_case_is_tried_and_every_attempt_is_a_case():
    named = {(each.row, each.case, each.channel) for each in SINGLE}

    assert named == set(CASES)
    assert len({each.name for each in TRIED}) == len(TRIED)


def test_the_file_is_whole():
    assert ROWS == set(range(1, 39))
    assert {each.code for each in CELLS} <= CODES
    unexplained = {each.name for each in CELLS if each.planned and not each.comment}
    assert unexplained == set()
    assert [each.name for each in CELLS if each.planned == each.code] == []
