"""What must always be true is kept by the database, under a name."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint
from django.db.models.functions import Now
from django.utils import timezone

from registry.actions import memberships, reviews
from registry.models import (
    Activity,
    ActivityArticle,
    Apart,
    Area,
    Attachment,
    Batch,
    Contribution,
    Erasure,
    Guidance,
    GuidanceArticle,
    IdempotencyKey,
    ImportRow,
    ImportRun,
    Job,
    Join,
    Link,
    Meeting,
    NoticePreference,
    Partner,
    Snapshot,
    User,
)
from registry.permissions import SYSTEM
from tests import factories
from tests.notices import notice, person

pytestmark = pytest.mark.django_db
FIRST = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)

MODELS = list(apps.get_app_config("registry").get_models())
CONSTRAINTS = [(model, each) for model in MODELS for each in model._meta.constraints]
CHECKS = [(m, c) for m, c in CONSTRAINTS if isinstance(c, CheckConstraint)]
UNIQUE = [(m, c) for m, c in CONSTRAINTS if isinstance(c, UniqueConstraint)]
UNIQUE_FIELDS = [
    (model, field)
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]

# What makes a good row bad, by the name of the constraint that must refuse it. A constraint that
# is missing here fails its test.
FROZEN = {
    "title": "State",
    "taken_on": "2026-11-25",
    "taken_at": "2026-11-25T00:00:00Z",
    "revision": 1,
    "software": "0",
    "scope": {},
    "counts": {},
    "left_out": [],
    "bytes": 1,
    "sha256": "0" * 64,
}
BAD = {
    "activity_has_title": {"title": ""},
    "activity_kind_and_level_known": {"kind": "party"},
    "activity_freshness_known": {"freshness": "stale"},
    "activity_starts_before_it_ends": {"start": "2019", "end": "2018-12-31"},
    "activity_article_of_the_spine": {"article_id": 15},
    "activity_article_basis_known": {"basis": "guessed"},
    "apart_noun_known": {"noun": "article"},
    "apart_of_two": {"other": "one"},
    "batch_kind_known": {"kind": "whim"},
    "batch_noun_known": {"noun": "article"},
    "batch_says_what_was_done": {"label": ""},
    "batch_undone_has_a_time": {"undone_by_id": 1},
    "activity_region_known": {"region": "atlantis"},
    "contribution_amount_with_currency": {"amount": None, "currency": "USD"},
    "contribution_starts_before_it_ends": {"year": 2014, "year_end": 2013},
    "edition_has_language": {"language": ""},
    "entry_withdrawn_has_no_content": {"title": "Still here", "withdrawn_at": Now()},
    "event_says_who_and_what": {"actor": ""},
    "feedback_erased_has_no_address": {"erased_at": Now(), "email": "reader@example.org"},
    "feedback_language_is_known": {"language": "xx"},
    "feedback_says_something": {"text": ""},
    "feedback_status_is_known": {"status": "lost"},
    "funding_line_amount_positive": {"amount": 0},
    "funding_line_has_currency": {"currency": ""},
    "guidance_article_basis_known": {"basis": ""},
    "guidance_article_of_the_spine": {"article_id": 2},
    "guidance_has_title": {"title": ""},
    "guidance_kind_and_role_known": {"role": "monitoring"},
    "guidance_relation_to_another": {"other_id": F("guidance_id")},
    "guidance_year_plausible": {"year": 1899},
    "import_noun_known": {"noun": "area"},
    "import_with_changes_is_applied": {"status": "tried"},
    "job_failed_says_when_and_why": {"failures": 1},
    "job_has_name": {"name": ""},
    "join_noun_known": {"noun": "article"},
    "join_of_two": {"gone": "kept"},
    "join_undone_has_a_time": {"undone_by_id": 1},
    "link_checked_has_outcome": {"outcome": "good"},
    "link_failing_has_a_first_failure": {"failures": 1},
    "link_has_address": {"address": ""},
    "link_outcome_known": {
        "outcome": "lost",
        "first_checked_at": FIRST,
        "last_checked_at": FIRST,
    },
    "link_unavailable_after_enough_failures": {
        "failures": 2,
        "failing_since": FIRST,
        "unavailable_since": FIRST,
    },
    "meeting_has_start": {"start": ""},
    "meeting_has_title": {"title": ""},
    "notice_is_addressed": {"address": ""},
    "notice_preference_is_known": {"choice": "daily"},
    "notice_sending_is_claimed": {"state": "sending", "claimed_by": ""},
    "notice_sent_has_a_time": {"state": "sent", "sent_at": None},
    "notice_state_is_known": {"state": "lost"},
    "notice_waiting_has_a_time": {"state": "queued", "next_try_at": None},
    "participation_role_known": {"role": "watching"},
    "invitation_ends_once": {"accepted_at": Now(), "revoked_at": Now()},
    "join_request_is_decided_whole": {"decided_at": Now()},
    "membership_role_known": {"role": "owner"},
    "remark_advises_or_not": {"advice": "approve"},
    "remark_kind_known": {"kind": "gossip"},
    "remark_says_something": {"text": ""},
    "membership_shown_with_consent": {"shown_to": "everyone"},
    "snapshot_has_a_checksum": {"sha256": "none"},
    "snapshot_has_a_title": {"title": ""},
    "submission_approved_has_record": {
        "status": "approved",
        "submitted_at": Now(),
        "decided_at": Now(),
    },
    "submission_decided_by_another": {"decided_by_id": F("author_id")},
    "submission_has_partner_or_applies": {"partner_id": None},
    "submission_is_decided_with_time": {"decided_at": Now()},
    "submission_of_change_names_record": {"kind": "change"},
    "submission_was_submitted": {"status": "submitted"},
    "submission_words_known": {"noun": "need"},
    "user_language_is_known": {"language": "xx"},
    "token_has_name": {"name": ""},
    "token_scope_is_known": {"scope": "all"},
    "partner_count_only_of_association": {"is_association": False, "represented_count": 4},
    "partner_has_evidence": {"standing": "partner", "type": "ngo", "evidence": ""},
    "partner_represented_names_association": {"standing": "represented"},
    "partner_standing_known": {"standing": "friend"},
    "partner_type_known": {"standing": "partner", "type": "", "evidence": "listed"},
}
for _noun in ("activity", "area", "contribution", "guidance", "meeting", "partner"):
    BAD[f"{_noun}_has_slug"] = {"slug": ""}
    BAD[f"{_noun}_version_counts"] = {"version": 0}

# Those that look past upper and lower case: their fields.
JOINED = {"kept_before": {}, "gone_before": {}, "followed": {}}
# The same two in whatever order.
PAST_ORDER = {"apart_once": ["noun", "one", "other"]}
PAST_CASE = {
    "invitation_open_once": ("partner", "email"),
    "notice_once_per_address": ("once", "address"),
    "user_email_once": ("email",),
}


def _name(each):
    return getattr(each, "name", None)


@pytest.fixture(scope="module", autouse=True)
def scene(django_db_setup, django_db_blocker):
    """Two rows of every model at least, so that each constraint has something to look at."""
    with django_db_blocker.unblock(), transaction.atomic():
        _make_scene()
        yield
        transaction.set_rollback(True)


def _make_scene():
    factories.administrator()
    factories.editor()
    given = [factories.partner(), factories.partner(other_names=["One name", "Two names"])]
    area = factories.area()
    documents = [factories.guidance(), factories.guidance()]
    lines = [{"funder": None, "amount": n, "currency": "USD"} for n in (1, 2)]
    for number, document in enumerate(documents, start=1):
        factories.activity(
            gef_id=f"T{number}",
            participations=[{"partner": given[0].slug, "role": "lead"}],
            areas=[area.slug],
            articles=[{"article": 7, "basis": "stated"}],
            countries=["KE"],
            regions=["africa"],
            funding_lines=lines,
            links=[{"label": "Page", "url": "https://example.org/"}],
            outputs=[document.slug],
        )
        factories.guidance(
            publishers=[given[0].slug],
            areas=[area.slug],
            articles=[{"article": 7, "basis": "stated"}],
            editions=[{"language": "fr", "url": ""}],
            relations=[{"other": document.slug, "kind": "replaces"}],
        )
        factories.area(
            leads=[given[0].slug],
            articles=[7],
            priority_actions=[{"title": f"Act {number}", "source": "Plan"}],
        )
        factories.partner(areas=[area.slug])
        factories.meeting()
        factories.contribution(donor=given[0].slug)
    for group in NoticePreference.Group.values[:2]:
        factories.feedback()
        Join.objects.create(noun="partner", kept="kept", gone=f"gone-{group}", at=FIRST, **JOINED)
        batch = Batch.objects.create(noun="partner", kind="bulk", label="A test", at=FIRST)
        run = ImportRun.objects.create(
            noun="partner", name="x", names=[], at=FIRST, status="applied", batch=batch
        )
        for place in (2, 3):
            ImportRow.objects.create(run=run, place=place, values={}, cells=[])
        Erasure.objects.create(number=batch.pk, at=FIRST, digest="")
        Snapshot.objects.create(**FROZEN, key=f"2026-11-25-{group}")
        Apart.objects.create(noun="partner", one="one", other=f"other-{group}", at=FIRST)
        Job.objects.create(name=group, started_at=FIRST)
        Link.objects.create(address=f"https://example.org/{group}", next_due=FIRST)
        notice()
        NoticePreference.objects.create(user=person(), group=group, choice="never")
        token, _secret = factories.token()
        for key in "ab":
            IdempotencyKey.objects.create(
                token=token, key=key, digest="", claimed_at=Now(), created_at=Now()
            )
        _make_submission(given[0], area)


def _make_submission(partner, area):
    submission = factories.draft(factories.focal_point(partner), partner, areas=[area.slug])
    reader, now = factories.reviewer(area), timezone.now()
    reviews.comment(submission=submission, text="Thank you.", by=submission.author)
    reviews.be_present(submission=submission, by=reader)
    memberships.ask_to_join(partner=partner, message="", by=reader)
    memberships.invite(partner=partner, email=reader.email, role="contributor", by=SYSTEM)
    Attachment.objects.create(
        submission=submission,
        number=uuid.uuid4(),
        sha256=reader.email,
        added_at=now,
        name="plan.pdf",
        media_type="application/pdf",
        size=1,
        added_by=reader,
    )


@pytest.mark.parametrize(("model", "constraint"), CHECKS, ids=_name)
def test_check_refuses_a_bad_row_by_name(model, constraint):
    row = model.objects.order_by("-pk").first()
    bad = BAD[constraint.name]

    with pytest.raises(IntegrityError, match=constraint.name), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**bad)

    for name, value in bad.items():
        setattr(row, name, value)
    assert _refused_by(model, row) == [constraint.name]


@pytest.mark.parametrize(("model", "constraint"), UNIQUE, ids=_name)
def test_unique_refuses_the_same_row_twice(model, constraint):
    first, second = model.objects.order_by("-pk")[:2]
    names = constraint.fields or PAST_CASE.get(constraint.name) or PAST_ORDER[constraint.name]
    same = {name: getattr(first, name) for name in names}
    if constraint.name in PAST_CASE:
        same[names[-1]] = same[names[-1]].upper()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.filter(pk=second.pk).update(**same)

    said = names[0] if connection.vendor == "sqlite" and constraint.fields else constraint.name
    assert said in str(refusal.value)
    for name, value in same.items():
        setattr(second, name, value)
    assert _refused_by(model, second) == [constraint.name]


def _refused_by(model, row):
    """The names of the model's constraints that refuse the row."""
    refused = []
    for constraint in model._meta.constraints:
        try:
            constraint.validate(model, row)
        except ValidationError:
            refused.append(constraint.name)
    return refused


@pytest.mark.parametrize(("model", "field"), UNIQUE_FIELDS, ids=_name)
def test_unique_field_refuses_a_value_twice(model, field):
    first, second = model.objects.order_by("-pk")[:2]

    with pytest.raises(IntegrityError, match=field.name), transaction.atomic():
        model.objects.filter(pk=second.pk).update(**{field.name: getattr(first, field.name)})


def test_every_constraint_has_a_name_of_ours_and_is_tested():
    named = {constraint.name for _, constraint in CHECKS}

    assert named == set(BAD)
    assert len({constraint.name for _, constraint in CONSTRAINTS}) == len(CONSTRAINTS)
    assert [model for model in MODELS if model._meta.unique_together] == []


def test_every_public_address_is_unique():
    nouns = {Activity, Area, Contribution, Guidance, Meeting, Partner}

    assert {model for model, field in UNIQUE_FIELDS if field.name == "slug"} == nouns
    assert (User, User._meta.get_field("email")) in UNIQUE_FIELDS


@pytest.mark.parametrize("model", [ActivityArticle, GuidanceArticle])
@pytest.mark.parametrize("number", [3, 14])
def test_the_spine_has_both_ends(model, number):
    row = model.objects.order_by("-pk").first()

    moved = model.objects.filter(pk=row.pk).update(article_id=number)

    assert moved == 1


def test_gef_number_may_be_blank_many_times():
    activities = Activity.objects.filter(gef_id="")

    assert activities.count() > 1
