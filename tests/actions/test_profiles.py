"""The profile of a partner: its focal points alone write what changes it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from registry.actions import drafts, reviews, submissions
from registry.models import Submission
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_change_of_the_profile_is_for_focal_points_from_beginning_to_end():
    of = factories.partner()
    focal, contributor = factories.focal_point(of), factories.contributor(of)
    values = {"involvement": "Takes samples."}
    given = {"record": of, "partner": of, "ticket": uuid.uuid4(), "values": values}
    change = drafts.revise(**given, by=focal)
    at = {"submission": change, "version": 1, "by": contributor}

    for verb, more in (
        (drafts.save, {"values": {"name": "Ours"}}),
        (submissions.submit, {}),
        (submissions.withdraw, {}),
        (drafts.discard, {}),
    ):
        with pytest.raises(PermissionDenied, match="may not write and submit"):
            verb(**at, **more)

    kept = Submission.objects.visible_to(contributor).get(pk=change.pk)
    assert (kept.values, kept.version, kept.status) == (values, 1, "draft")
    second = factories.focal_point(of)
    handed_in = submissions.submit(submission=change, version=1, by=second)
    reviews.approve(submission=handed_in, version=2, by=factories.editor())
    of.refresh_from_db()
    assert of.involvement == "Takes samples."


def test_an_application_that_became_a_partner_is_talked_about_by_all_of_it():
    applicant = factories.person()
    values = {
        "name": "Institute of Clean Rivers",
        "type": "academia",
        "country": "GH",
        "areas": ["asgm"],
        "involvement": "Measures what the rivers carry.",
    }
    given = {"partner": None, "ticket": uuid.uuid4(), "values": values}
    draft = drafts.start(noun="partner", **given, by=applicant)
    handed_in = submissions.submit(submission=draft, version=1, by=applicant)
    partner = reviews.approve(submission=handed_in, version=2, by=factories.editor())
    handed_in.refresh_from_db()

    said = reviews.comment(
        submission=handed_in, text="Thank you.", by=factories.contributor(partner)
    )

    assert said.text == "Thank you."
