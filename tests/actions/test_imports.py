"""Uploaded sheets: tried without a trace, applied all or none, undone, and never twice."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from registry.actions import activities, batches, imports
from registry.errors import Refused
from registry.exchange import sheets
from registry.models import Activity, Event, ImportRow, ImportRun
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "slug,version,title,kind,level,countries,summary"


@pytest.fixture
def editor():
    return factories.editor()


def upload(*rows, by=SYSTEM, head=HEAD):
    sheet = sheets.read("activity", "\n".join((head, *rows)).encode(), "x.csv")
    return imports.begin(
        noun="activity",
        name="x.csv",
        sha256="0" * 64,
        names=sheet.names,
        wanted=sheet.wanted,
        cells=sheet.cells,
        problems=sheet.problems,
        by=by,
    )


def tried(*rows, **given):
    run = upload(*rows, **given)
    assert imports.work(run=run)
    run.refresh_from_db()
    return run


def applied(run):
    imports.queue(run=run, by=SYSTEM, is_sure=True)
    assert imports.work(run=run)
    run.refresh_from_db()
    return run


def outcomes(run):
    return dict(run.rows.order_by("place").values_list("place", "outcome"))


def test_trial_tells_every_row_and_changes_nothing():
    one, two = factories.activity(title="One"), factories.activity(title="Two")
    events = Event.objects.count()

    run = tried(
        f"{one.slug},1,Eins,capacity,national,GH,",
        f"{two.slug},1,Two,{two.kind},{two.level},,{two.summary}",
        ",,New one,inventory,national,KE; XX,",
        ",,Another,inventory,national,KE,",
        "no-such,1,x,inventory,national,,",
    )

    assert run.status == "tried"
    assert outcomes(run) == {2: "changed", 3: "same", 4: "wrong", 5: "new", 6: "wrong"}
    assert run.rows.get(place=4).problems == {"countries": ["“XX” is not known here."]}
    assert run.rows.get(place=6).problems == {"slug": ["There is no record “no-such”."]}
    assert run.rows.get(place=2).after["title"] == "Eins"
    assert Activity.objects.get(pk=one.pk).title == "One"
    assert Event.objects.count() == events + 1  # the upload
    with pytest.raises(Refused, match="2 rows are wrong"):
        imports.queue(run=run, by=SYSTEM)


def test_stale_rows_are_refused_with_both_values():
    activity = factories.activity(title="First")
    activities.change(record=activity, values={"title": "Theirs"}, version=1, by=SYSTEM)

    run = tried(f"{activity.slug},1,Mine", head="slug,version,title")

    said = run.rows.get().problems["title"][0]
    assert run.rows.get().outcome == "wrong"
    assert "stored is “Theirs”, yours is “Mine”" in said


def test_applied_as_tried_and_undone_in_one_go(editor):
    one = factories.activity(title="One", countries=["KE"])
    before = activities.SHAPE.read(one)
    run = tried(
        f"{one.slug},1,Eins,capacity,regional,GH,",
        ",,Another,inventory,national,KE,",
        by=editor,
    )
    expected = {row.slug or "another": row.after for row in run.rows.all()}

    run = applied(run)

    stored = {
        each.slug: activities.SHAPE.read(each)
        for each in Activity.objects.filter(slug__in=[one.slug, "another"])
    }
    assert run.status == "applied"
    assert (run.batch.created, run.batch.changed, run.batch.by) == (1, 1, editor)
    for slug, after in expected.items():
        assert stored[slug] | after == stored[slug]
    batches.undo(batch=run.batch, by=editor)
    one.refresh_from_db()
    assert activities.SHAPE.read(one) == before
    assert Activity.objects.get(slug="another").withdrawn_at is not None


def test_same_file_twice_is_nothing_the_second_time():
    activity = factories.activity(title="One")
    row = f"{activity.slug},1,Eins,{activity.kind},{activity.level},GH,"
    applied(tried(row))

    again = tried(row)

    assert outcomes(again) == {2: "same"}
    with pytest.raises(Refused, match="there is nothing to apply"):
        imports.queue(run=again, by=SYSTEM)


def test_what_changed_between_trial_and_application_is_tried_again():
    activity = factories.activity(title="One")
    run = tried(f"{activity.slug},1,Eins,,,,", head="slug,version,title")
    activities.change(record=activity, values={"title": "Theirs"}, version=1, by=SYSTEM)
    imports.queue(run=run, by=SYSTEM)

    imports.work(run=run)

    run.refresh_from_db()
    assert (run.status, run.batch) == ("waiting", None)
    assert "tried again" in run.problem
    imports.work(run=run)
    assert outcomes(run) == {2: "wrong"}
    assert Activity.objects.get(pk=activity.pk).title == "Theirs"


def test_much_that_is_emptied_must_be_said_twice():
    made = [factories.activity(summary=f"Text {at}") for at in range(6)]
    run = tried(*[f"{each.slug},1," for each in made], head="slug,version,summary")

    assert run.emptied == {"summary": 6}
    with pytest.raises(Refused, match="may be emptied"):
        imports.queue(run=run, by=SYSTEM)
    applied(run)
    assert {each.summary for each in Activity.objects.filter(pk__in=[a.pk for a in made])} == {""}


def test_one_of_many_works_on_it_and_what_the_dead_left_is_taken_up():
    run = upload(",,New,inventory,national,,")
    ImportRun.objects.filter(pk=run.pk).update(status="trying", beat_at=timezone.now())

    assert imports.work(run=run) is False
    with time_machine.travel(timezone.now() + imports.DEAD_AFTER + dt.timedelta(seconds=1)):
        assert imports.work_on_all(by=SYSTEM) == 1
    assert outcomes(run) == {2: "new"}


def test_those_who_may_not_import_do_not():
    contributor = factories.contributor(factories.partner())
    run = tried(",,New,inventory,national,,")

    for act in (imports.queue, imports.discard, imports.work):
        with pytest.raises(PermissionDenied):
            act(run=run, by=contributor)
    with pytest.raises(PermissionDenied):
        upload(",,New,inventory,national,,", by=contributor)


def test_in_the_name_of_whoever_uploaded_it_and_may_still(editor):
    run = tried(",,New,inventory,national,,", by=editor)
    imports.queue(run=run, by=editor)
    editor.groups.clear()

    imports.work(run=run)

    run.refresh_from_db()
    assert (run.status, run.problem) == ("failed", "Your account may not edit records.")
    assert not Activity.objects.filter(slug="new").exists()


def test_discarded_is_never_applied_and_rows_are_forgotten_in_time():
    run = tried(",,New,inventory,national,,")

    imports.discard(run=run, by=SYSTEM)

    with pytest.raises(Refused, match="Only what was tried"):
        imports.queue(run=run, by=SYSTEM)
    assert imports.work(run=run) is False
    assert imports.clear(by=SYSTEM) == 0
    with time_machine.travel(timezone.now() + imports.KEPT + dt.timedelta(days=1)):
        assert imports.clear(by=SYSTEM) == 1
    assert not ImportRow.objects.exists()
