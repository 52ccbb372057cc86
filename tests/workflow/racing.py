"""Many at one submission at the same moment, on a database that keeps what is committed.

Run by test_races.py as `python -m tests.workflow.racing` with DATABASE_URL; prints what came out.
"""

import argparse
import json
import sys
from types import SimpleNamespace

import django


def main() -> None:
    """Every race as often as asked, one after the other."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--crowd", type=int, default=10, help="who hand in the same (%(default)s)")
    asked.add_argument("--orders", type=int, default=12, help="of two editors (%(default)s)")
    asked.add_argument("--times", type=int, default=2, help="each race is run (%(default)s)")
    asked.add_argument("--seed", type=int, default=1, help="the same does the same (%(default)s)")
    given = asked.parse_args()
    django.setup()
    json.dump(race(given), sys.stdout)


def race(given: argparse.Namespace) -> dict:
    """What came of each."""
    from tests.workflow import pairs

    scene = _scene()
    return {
        "submitted": _submitted(scene, given.crowd),
        "draft": _edited_draft(scene, given.orders, given.seed),
        "record": _edited_record(scene, given.orders, given.seed),
        "pairs": {
            name: [make(scene, number) for number in range(given.times)]
            for name, make in pairs.PAIRS.items()
        },
    }


def _scene() -> SimpleNamespace:
    from tests import factories

    of, area = factories.partner(), factories.area()
    return SimpleNamespace(
        of=of,
        area=area,
        by=factories.contributor(of),
        focal=factories.focal_point(of),
        reviewer=factories.reviewer(area),
        editors=[factories.editor(), factories.editor()],
    )


def _submitted(scene: SimpleNamespace, crowd: int) -> dict:
    """One draft is handed in by many at once, all from the same version."""
    from registry.actions import submissions
    from registry.models import Event, Notice, Submission
    from tests import factories
    from tests.actions.racing import at_once

    draft = factories.draft(scene.by, scene.of)

    def submit():
        found = Submission.objects.get(pk=draft.pk)
        done = submissions.submit(submission=found, version=1, by=scene.by)
        return f"{done.reference} {done.status} {done.version}"

    outcomes = at_once(*[submit] * crowd)
    told = Notice.objects.filter(about_key=draft.reference)
    return {
        "answers": len(outcomes),
        "different": sorted(set(outcomes)),
        "reference": draft.reference,
        "events": Event.objects.about("submission", draft.reference).filter(verb="submit").count(),
        "received": told.filter(kind="submission_received").count(),
        "arrived": told.filter(kind="submission_arrived").count(),
        "reviewers": len(scene.editors),
        "submitted": Submission.objects.filter(author=scene.by, status="submitted").count(),
    }


def _edited_draft(scene: SimpleNamespace, orders: int, seed: int) -> dict:
    from registry.actions import drafts
    from registry.models import Submission
    from tests import factories
    from tests.workflow.orders import Text, edited

    draft = factories.draft(scene.by, scene.of)

    def read():
        found = Submission.objects.get(pk=draft.pk)
        return found.version, found.values["summary"]

    def save(who, version, text):
        found, by = Submission.objects.get(pk=draft.pk), scene.editors[who]
        values = {"summary": text}
        return drafts.save(submission=found, values=values, version=version, by=by).version

    return edited(Text("submission", draft.reference, ("save",), read, save), orders, seed)


def _edited_record(scene: SimpleNamespace, orders: int, seed: int) -> dict:
    from registry.actions import activities
    from registry.models import Activity
    from tests import factories
    from tests.workflow.orders import Text, edited

    record = factories.activity(summary="Text 0")

    def read():
        found = Activity.objects.get(pk=record.pk)
        return found.version, found.summary

    def save(who, version, text):
        found, by = Activity.objects.get(pk=record.pk), scene.editors[who]
        values = {"summary": text}
        return activities.change(record=found, values=values, version=version, by=by).version

    return edited(Text("activity", record.slug, ("change",), read, save), orders, seed)


if __name__ == "__main__":
    main()
