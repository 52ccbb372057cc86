"""Joining two records: what is written, what follows, what is refused; undoing puts all back."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from registry.actions import activities, drafts, entries, following, joins
from registry.actions import guidance as documents
from registry.actions import partners as organisations
from registry.errors import Refused, Stale
from registry.models import (
    Activity,
    Apart,
    ApiToken,
    Event,
    Guidance,
    Invitation,
    Join,
    Membership,
    Partner,
    Submission,
    User,
)
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.joined import body, join, people, scene

pytestmark = pytest.mark.django_db


def test_kept_record_takes_what_is_fuller_and_unites_lists():
    kept = factories.activity(title="Gold", summary="Short.", countries=["KE"], start="2014")
    gone = factories.activity(
        title="Gold, again", summary="Rather longer.", countries=["GH", "KE"], start="2014-03"
    )

    join(kept, gone)

    kept.refresh_from_db()
    values = activities.SHAPE.read(kept)
    said = {name: values[name] for name in ("title", "summary", "countries", "start")}
    assert said == {
        "title": "Gold",
        "summary": "Rather longer.",
        "countries": ["GH", "KE"],
        "start": "2014-03",
    }
    assert body(kept)["start"] == "2014-03"


def test_choices_are_kept_to():
    kept = factories.guidance(title="Ash", abstract="Long, very.", areas=["asgm"])
    gone = factories.guidance(title="Birch", abstract="Short.", areas=["waste"])

    join(kept, gone, title="gone", abstract="gone", areas="gone")

    values = documents.SHAPE.read(Guidance.objects.get(pk=kept.pk))
    said = (values["title"], values["abstract"], values["areas"])
    assert said == ("Birch", "Short.", ["waste"])


def test_name_that_only_one_may_have_is_taken_over_and_the_former_one_stays_known():
    kept, gone = factories.partner(name="Zinnober"), factories.partner(name="Cinnabar")

    join(kept, gone, name="gone")

    kept.refresh_from_db()
    assert kept.name == "Cinnabar"
    assert organisations.SHAPE.read(kept)["other_names"] == ["Zinnober"]


def test_gef_number_is_taken_over():
    kept, gone = factories.activity(), factories.activity(gef_id="998877")

    join(kept, gone)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.gef_id, gone.gef_id) == ("998877", "")


def test_no_reference_is_forgotten():
    kept, gone, both, withdrawn = scene()
    people(kept, gone)
    owned = {(r.model, r.owner) for noun in following.NOUNS.values() for r in noun.shape.rows}

    join(kept, gone)

    pointing = [
        relation.related_model.__name__
        for relation in Partner._meta.related_objects
        if (relation.related_model, relation.field.name) not in owned
        and relation.related_model._base_manager.filter(**{relation.field.name: gone}).exists()
    ]
    assert pointing == []
    read = activities.SHAPE.read
    assert [row["role"] for row in read(both)["participations"]] == [
        "lead",
        "contributing",
        "contributing",
    ]
    assert read(withdrawn)["participations"] == [{"partner": kept.slug, "role": "lead"}]
    assert entries.differences() == []


@pytest.mark.parametrize("model", [Activity, Guidance, Partner])
def test_every_foreign_key_is_followed_in_one_way(model):
    rows = [rows for noun in following.NOUNS.values() for rows in noun.shape.rows]
    owned = {(each.model, each.owner) for each in rows}
    told = {
        (each.rows.model, each.column) if each.rows else (each.noun.shape.model, each.name)
        for each in following.told_of(model)
    }
    apart = {(field.model, field.name) for field in following.apart_of(model)}

    every = {(each.related_model, each.field.name) for each in model._meta.related_objects}

    assert every - owned == told | apart
    assert told & apart == set()


def test_documents_that_name_a_document_follow():
    kept, gone = factories.guidance(), factories.guidance()
    later = factories.guidance(relations=[{"other": gone.slug, "kind": "replaces"}])
    activity = factories.activity(outputs=[gone.slug, kept.slug])

    join(kept, gone)

    assert documents.SHAPE.read(later)["relations"] == [{"other": kept.slug, "kind": "replaces"}]
    assert activities.SHAPE.read(activity)["outputs"] == [kept.slug]
    assert [card["slug"] for card in body(activity)["outputs"]] == [kept.slug]


def test_document_that_names_the_other_does_not_come_to_name_itself():
    gone = factories.guidance()
    kept = factories.guidance(relations=[{"other": gone.slug, "kind": "translation-of"}])

    join(kept, gone)

    assert documents.SHAPE.read(kept)["relations"] == []


def test_association_and_who_it_represents_are_not_one():
    kept = factories.partner()
    gone = factories.partner(standing="represented", represented_by=kept.slug, evidence="")

    with pytest.raises(Refused, match="represent the other"):
        join(kept, gone, represented_by="gone", standing="gone")


def test_people_follow_with_the_larger_role():
    kept, gone = factories.partner(), factories.partner()
    ann, ben = people(kept, gone)

    join(kept, gone)

    roles = Membership.objects.filter(partner=kept).values_list("user__email", "role")
    assert sorted(roles) == [(ann.email, "focal-point"), (ben.email, "contributor")]
    assert Invitation.objects.filter(partner=kept).count() == 1
    assert ApiToken.objects.get(owner=ben).partner == kept


def test_open_proposals_name_the_kept_record_and_are_held_against_it_first():
    of = factories.partner()
    rows = [{"partner": of.slug, "role": "lead"}]
    kept, gone = (factories.activity(participations=rows) for _ in range(2))
    person = factories.editor()
    change = drafts.revise(record=gone, partner=of, ticket=uuid.uuid4(), by=person)

    done = join(kept, gone)

    change.refresh_from_db()
    assert (change.key, change.base_version, change.version) == (kept.slug, 0, 2)
    joins.undo(join=done, by=SYSTEM)
    change.refresh_from_db()
    assert (change.key, change.base_version, change.version) == (gone.slug, 1, 3)


def test_proposal_that_followed_starts_from_the_kept_record_when_asked_to():
    of, person = factories.partner(), factories.editor()
    rows = [{"partner": of.slug, "role": "lead"}]
    kept = factories.activity(summary="Kept.", participations=rows)
    gone = factories.activity(participations=rows)
    change = drafts.revise(record=gone, partner=of, ticket=uuid.uuid4(), by=person)
    join(kept, gone)

    drafts.rebase(submission=change, version=2, by=person)

    change.refresh_from_db()
    kept.refresh_from_db()
    assert (change.base_version, change.base["summary"]) == (kept.version, "Kept.")


def test_draft_names_the_kept_organisation():
    kept, gone = factories.partner(), factories.partner()
    people(kept, gone)

    join(kept, gone)

    draft = Submission.objects.get(partner=kept)
    assert draft.values["participations"] == [{"partner": kept.slug, "role": "lead"}]
    assert draft.version == 2


def test_gone_record_is_withdrawn_with_the_reason():
    kept, gone = factories.activity(), factories.activity()

    done = join(kept, gone)

    gone.refresh_from_db()
    event = Event.objects.about("activity", gone.slug).first()
    assert gone.withdrawn_at is not None
    assert (event.verb, event.note) == ("withdraw", f"joined with {kept.slug}")
    assert Event.objects.about("activity", kept.slug).first().verb == "join"
    assert (done.kept, done.gone, done.gone_before["title"]) == (kept.slug, gone.slug, gone.title)


def test_every_record_that_follows_has_an_event():
    kept, gone, both, _withdrawn = scene()

    join(kept, gone, by=(editor := factories.editor()))

    event = Event.objects.about("activity", both.slug).first()
    assert (event.verb, event.actor_id) == ("join", editor.pk)
    assert event.note == f"{gone.slug} joined with {kept.slug}"
    assert event.before["funding_lines"][0]["funder"] == gone.slug
    assert event.after["funding_lines"][0]["funder"] == kept.slug


def test_stale_versions_are_refused_with_what_is_stored():
    kept, gone = factories.activity(), factories.activity()
    old = {kept.slug: 1, gone.slug: 1}
    activities.change(record=gone, values={"summary": "New."}, version=1, by=SYSTEM)
    given = {"noun": "activity", "kept": kept.slug, "gone": gone.slug, "chosen": {}, "by": SYSTEM}

    with pytest.raises(Stale) as refused:
        joins.join(**given, versions=old)

    assert refused.value.current["summary"] == "New."
    assert (refused.value.version, Join.objects.count()) == (2, 0)


def test_what_cannot_be_joined_is_refused_in_words():
    one, two = factories.activity(), factories.activity()
    old = factories.withdrawn(factories.activity())
    meeting, other = factories.meeting(), factories.meeting()

    for kept, gone, why in (
        (one, one, "this is one"),
        (one, old, "withdrawn already"),
        (meeting, other, "not joined"),
    ):
        with pytest.raises(Refused, match=why):
            join(kept, gone)
    with pytest.raises(Refused, match="There is no field"):
        join(one, two, colour="gone")
    with pytest.raises(Refused, match="cannot be chosen"):
        join(one, two, title="both")


def test_values_that_do_not_go_together_are_refused_and_nothing_is_written():
    kept, gone = factories.activity(end="2012"), factories.activity(start="2014")
    events = Event.objects.count()

    with pytest.raises(ValidationError):
        join(kept, gone)

    assert (Join.objects.count(), Event.objects.count()) == (0, events)


def test_editors_join_and_members_need_an_administrator():
    kept, gone = factories.partner(), factories.partner()
    people(kept, gone)

    with pytest.raises(PermissionDenied, match="partners that have members"):
        join(kept, gone, by=factories.editor())
    with pytest.raises(PermissionDenied, match="join records"):
        join(kept, gone, by=User.objects.create(email="nobody@example.org"))

    assert join(kept, gone, by=factories.administrator()).kept == kept.slug


def test_restoring_is_refused_in_favour_of_undoing():
    kept, gone = factories.activity(), factories.activity()
    join(kept, gone)
    gone.refresh_from_db()

    with pytest.raises(Refused, match="undo that instead"):
        activities.restore(record=gone, version=gone.version, by=SYSTEM)


def test_not_the_same_is_remembered_once_whichever_stands_first():
    one, other = factories.activity(), factories.activity()
    given = {"noun": "activity", "why": " Two years. ", "by": factories.editor()}

    first = joins.keep_apart(**given, one=one.slug, other=other.slug)
    again = joins.keep_apart(**given, one=other.slug, other=one.slug)

    assert (first, first.why, Apart.objects.count()) == (again, "Two years.", 1)
    with pytest.raises(PermissionDenied):
        given["by"] = User.objects.create(email="nobody@example.org")
        joins.keep_apart(**given, one=one.slug, other=other.slug)


def test_database_keeps_what_must_always_be_true():
    given = {"noun": "activity", "at": timezone.now()}
    values = {"kept_before": {}, "gone_before": {}, "followed": {}}
    Join.objects.create(**given, **values, kept="b", gone="a")
    Apart.objects.create(**given, one="a", other="b")

    for model, wrong, name in (
        (Join, {"kept": "c", "gone": "a"}, "join_gone_once"),
        (Join, {"kept": "d", "gone": "d"}, "join_of_two"),
        (Apart, {"one": "b", "other": "a"}, "apart_once"),
        (Apart, {"one": "d", "other": "d"}, "apart_of_two"),
    ):
        more = values if model is Join else {}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**given, **more, **wrong)
        assert name in {each.name for each in model._meta.constraints}
