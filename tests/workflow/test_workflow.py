"""Any run of steps through the workflow comes to what a model in plain Python says of it."""

from collections import Counter

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflow.model import DENIED, DONE, INVALID, REFUSED, STALE
from tests.workflow.scene import Scene
from tests.workflow.sizes import IS_SAMPLE, IS_SHRUNK, RUNS, SEED, STEPS
from tests.workflow.workflow import Workflow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.check("E3")
def test_any_run_of_the_workflow(registry_data, one_day, capsys):
    Workflow.scene, Workflow.came = Scene(), Counter()

    run_state_machine_as_test(
        seed(SEED)(Workflow),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, *[Phase.shrink] * IS_SHRUNK],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )

    _tell(Workflow.came, capsys)
    for verb in ("submit", "ask_changes", "approve", "revise", "join", "remove", "edit"):
        assert Workflow.came[verb, DONE], f"Nobody could {verb}: nothing is proved."
        refusals = sum(Workflow.came[verb, kind] for kind in (DENIED, REFUSED, STALE, INVALID))
        assert refusals, f"Nobody was refused to {verb}: nothing is proved."


def _tell(came: Counter, capsys) -> None:
    if IS_SAMPLE:
        return
    kinds = (DONE, DENIED, REFUSED, STALE, INVALID)
    with capsys.disabled():
        print(f"\n{RUNS} runs from seed {SEED}, {came.total()} steps")
        for verb in sorted({verb for verb, _kind in came}):
            told = "  ".join(f"{came[verb, kind]:5} {kind}" for kind in kinds)
            print(f"  {verb:15}{told}")


@pytest.fixture
def one_day(settings, tmp_path):
    """Files in a folder of the test's own, and a day that does not end meanwhile."""
    settings.FILES_DIR = tmp_path
    with time_machine.travel("2026-03-09 09:00", tick=True):
        yield
