"""Two who do what cannot both be done, at the same moment: what came of it, for whom."""

import time
import uuid
from collections.abc import Callable
from random import Random
from types import SimpleNamespace

from registry.actions import activities, drafts, reviews, submissions
from registry.errors import Stale
from registry.models import Activity, Event, Notice, Submission
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.racing import at_once

# What was done to each before two race for it.
BEFORE = ("start", "submit")
Works = dict[str, Callable[[], object]]


def _raced(works: Works, number: int) -> dict:
    """Who won, and what each of the others was told."""
    random, won, said = Random(number), [], {}

    def run(name: str, work: Callable[[], object], wait: float) -> None:
        time.sleep(wait)
        try:
            work()
            won.append(name)
        except Exception as refusal:
            said[name] = f"{type(refusal).__name__}: {refusal}"
            if isinstance(refusal, Stale) and refusal.proposed:
                said[name] += f" {refusal.differences()}"

    # Neither always comes first.
    waits = [random.choice([0, 0, 0.002, 0.01]) for _ in works]
    given = zip(works.items(), waits, strict=True)
    at_once(*(lambda n=name, w=work, s=wait: run(n, w, s) for (name, work), wait in given))
    return {"won": sorted(won), "said": said}


def _after(submission: Submission) -> dict:
    """What is there in the end."""
    now = Submission.objects.filter(pk=submission.pk).first()
    events = Event.objects.about("submission", submission.reference).order_by("pk")
    told = Notice.objects.filter(about_key=submission.reference).exclude(
        kind__in=["submission_received", "submission_arrived"]
    )
    return {
        "reference": submission.reference,
        "status": now.status if now else "gone",
        "verbs": [verb for verb in events.values_list("verb", flat=True) if verb not in BEFORE],
        "told": sorted(set(told.values_list("kind", flat=True))),
        "records": Activity.objects.filter(external_id=submission.reference).count(),
    }


def _decided(number: int, submission: Submission, **verbs: Callable[..., object]) -> dict:
    """Each of the verbs at once, from the version that was handed in."""
    version = submission.version

    def work(verb: Callable[..., object]) -> Callable[[], object]:
        return lambda: verb(submission=submission, version=version)

    return _raced({name: work(verb) for name, verb in verbs.items()}, number) | _after(submission)


def _by(verb: Callable[..., object], by: object, **given: object) -> Callable[..., object]:
    return lambda **more: verb(by=by, **given, **more)


def approve_and_withdraw(scene: SimpleNamespace, number: int) -> dict:
    """The partner takes it back while it is approved."""
    thing = factories.submitted(scene.by, scene.of)
    return _decided(
        number,
        thing,
        approve=_by(reviews.approve, scene.editors[0]),
        withdraw=_by(submissions.withdraw, scene.by),
    )


def approve_twice(scene: SimpleNamespace, number: int) -> dict:
    """Two editors approve it."""
    thing, (one, other) = factories.submitted(scene.by, scene.of), scene.editors
    return _decided(number, thing, one=_by(reviews.approve, one), other=_by(reviews.approve, other))


def approve_and_save(scene: SimpleNamespace, number: int) -> dict:
    """One editor corrects it while the other approves it."""
    thing, (one, other) = factories.submitted(scene.by, scene.of), scene.editors
    corrected = {"values": {"summary": "Corrected."}}
    return _decided(
        number,
        thing,
        approve=_by(reviews.approve, one),
        save=_by(drafts.save, other, **corrected),
    )


def approve_and_ask(scene: SimpleNamespace, number: int) -> dict:
    """One editor asks for changes while the other approves it."""
    thing, (one, other) = factories.submitted(scene.by, scene.of), scene.editors
    return _decided(
        number,
        thing,
        approve=_by(reviews.approve, one),
        ask=_by(reviews.ask_changes, other, text="Which villages?"),
    )


def save_and_discard(scene: SimpleNamespace, number: int) -> dict:
    """One member writes on while the other throws it away."""
    thing = factories.draft(scene.by, scene.of)
    return _decided(
        number,
        thing,
        save=_by(drafts.save, scene.by, values={"summary": "More."}),
        discard=_by(drafts.discard, scene.focal),
    )


def claim_twice(scene: SimpleNamespace, number: int) -> dict:
    """Two editors take it on."""
    thing, (one, other) = factories.submitted(scene.by, scene.of), scene.editors

    def claim(by: object) -> Callable[[], object]:
        return lambda: reviews.claim(submission=Submission.objects.get(pk=thing.pk), by=by)

    return _raced({"one": claim(one), "other": claim(other)}, number) | _after(thing)


def _published(scene: SimpleNamespace) -> Activity:
    lead = [{"partner": scene.of.slug, "role": "lead"}]
    return factories.activity(**factories.WHOLE | {"participations": lead, "summary": "Before."})


def _change(scene: SimpleNamespace, record: Activity, number: int, by: object) -> Submission:
    values = {"summary": f"Proposed {number}."}
    given = {"record": record, "partner": scene.of, "ticket": uuid.uuid4(), "by": by}
    return drafts.revise(**given, values=values)


def _edit(record: Activity, **values: object) -> Callable[[], object]:
    return lambda: activities.change(
        record=Activity.objects.get(pk=record.pk), values=values, version=1, by=SYSTEM
    )


def approve_and_edit_the_same(scene: SimpleNamespace, number: int) -> dict:
    """The record says something else meanwhile, in the field that the change is about."""
    record = _published(scene)
    thing = _change(scene, record, number, scene.by)
    thing = submissions.submit(submission=thing, version=1, by=scene.by)
    given = {"submission": thing, "version": 2, "by": scene.editors[0]}
    works = {"approve": lambda: reviews.approve(**given), "edit": _edit(record, summary="Other.")}
    return _raced(works, number) | _after(thing)


def submit_and_edit_another(scene: SimpleNamespace, number: int) -> dict:
    """The record is changed where the change does not touch it, while that is handed in."""
    record = _published(scene)
    thing = _change(scene, record, number, scene.by)
    given = {"submission": thing, "version": 1, "by": scene.by}
    works = {"submit": lambda: submissions.submit(**given), "edit": _edit(record, title="Other")}
    return _raced(works, number) | _after(thing)


def open_one_change_twice(scene: SimpleNamespace, number: int) -> dict:
    """Two members open a change of one record."""
    record = _published(scene)
    works = {
        "one": lambda: _change(scene, record, number, scene.by),
        "other": lambda: _change(scene, record, number, scene.focal),
    }
    found = Submission.objects.about("activity", record.slug)
    return _raced(works, number) | {"opened": found.count()}


PAIRS: dict[str, Callable[[SimpleNamespace, int], dict]] = {
    each.__name__.replace("_", " "): each
    for each in (
        approve_and_withdraw,
        approve_twice,
        approve_and_save,
        approve_and_ask,
        save_and_discard,
        claim_twice,
        approve_and_edit_the_same,
        submit_and_edit_another,
        open_one_change_twice,
    )
}
