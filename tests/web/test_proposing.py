"""From a public record to a proposal for one of one's partners."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from registry.actions import memberships
from registry.models import Submission
from registry.permissions import SYSTEM
from tests import factories
from tests.web.reading import Page
from tests.web.signed import kept, signed_in
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


def at(record):
    return reverse("desk-change", args=[record.noun, record.slug])


def own(of, **values):
    return factories.activity(participations=[{"partner": of.slug, "role": "lead"}], **values)


def read(response):
    return " ".join(Page(response).text.split())


def sent(of, **values):
    return {"ticket": str(uuid.uuid4()), "partner": of.slug} | values


def test_public_pages_lead_there(client, of):
    records = own(of), factories.guidance(), of

    for record in records:
        assert at(record) in Page(client.get(record.get_absolute_url())).links
        response = Client().get(at(record))
        assert response.headers["Location"] == f"/account/sign-in/?next={at(record)}"


def test_own_record_is_changed_once_per_form(of, focal):
    record, client = own(of), signed_in(focal)
    page = Page(client.get(at(record)))
    form = sent(of)

    first, second = client.post(at(record), form), client.post(at(record), form)

    [change] = Submission.objects.filter(author=focal)
    assert faults(page) == []
    assert (change.kind, change.key, change.partner) == ("change", record.slug, of)
    assert first.headers["Location"] == second.headers["Location"] == change.get_absolute_url()


def test_one_form_with_many_buttons_opens_the_change_of_the_one_pressed(of, focal):
    records, client, form = [own(of), own(of)], signed_in(focal), sent(of)

    for record in records:
        client.post(at(record), form)

    assert {*Submission.objects.values_list("key", flat=True)} == {each.slug for each in records}


def test_another_activity_is_joined_in_a_role(of, focal):
    record, client = factories.activity(title="Of somebody else"), signed_in(focal)

    page = client.get(at(record))
    response = client.post(at(record), sent(of, what="join", role="funding"))

    assert "Take part in the activity" in read(page)
    assert "Change what is said" not in read(page)
    assert faults(Page(page)) == []
    change = Submission.objects.get(author=focal)
    assert response.headers["Location"] == change.get_absolute_url()
    assert change.kind == "join"
    assert change.values["participations"] == [{"partner": of.slug, "role": "funding"}]


def test_who_speaks_for_several_chooses(of, focal):
    other = factories.partner(name="Other institute")
    memberships.add(partner=other, user=focal, role="contributor", by=SYSTEM)
    both = [{"partner": each.slug, "role": "lead"} for each in (of, other)]
    record, client = factories.activity(participations=both), signed_in(focal)

    missing = client.post(at(record), {"ticket": str(uuid.uuid4())})
    client.post(at(record), sent(other))

    assert missing.status_code == 422
    assert '<a href="#change_partner_0">' in missing.content.decode()
    assert read(missing).count("Choose the partner for which you propose it.") == 2
    assert Submission.objects.get().partner == other


def test_role_is_asked_for(of, focal):
    record = factories.activity()

    response = signed_in(focal).post(at(record), sent(of, what="join"))

    assert response.status_code == 422
    assert '<a href="#join_role_0">Choose what the partner does in it.</a>' in (
        response.content.decode()
    )
    assert Submission.objects.count() == 0


@pytest.mark.check("A-26")
def test_profile_is_for_focal_points(of, focal):
    contributor = factories.contributor(of)
    before = kept()

    page = signed_in(contributor).get(at(of))
    refused = signed_in(contributor).post(at(of), sent(of))

    assert "is changed by its focal points, and you are a contributor" in read(page)
    assert (refused.status_code, kept()) == (403, before)
    assert f"Ask one of them: {focal.name}." in read(refused)
    signed_in(focal).post(at(of), sent(of))
    assert Submission.objects.get().noun == "partner"


def test_records_of_others_are_not_changed(of, focal):
    other = factories.partner()
    records = own(other), factories.guidance(publishers=[other.slug]), other
    client, before = signed_in(focal), kept()

    for record in records:
        for partner in (of, other):
            assert client.post(at(record), sent(partner)).status_code == 403
        assert client.get(at(record)).status_code == 200
    assert "a change has to come from those who are" in read(client.get(at(records[1])))

    assert kept() == before


def test_who_speaks_for_nobody_is_shown_the_ways_in(of):
    client = signed_in(factories.person())

    page = Page(client.get(at(own(of))))

    assert "Ask to join the one whose record this is, or apply" in page.text
    assert reverse("desk") in page.links
    assert client.post(at(own(of)), sent(of)).status_code == 403


def test_secretariat_proposes_for_those_whose_record_it_is(of):
    record, editor = own(of), factories.editor()

    signed_in(editor).post(at(record), sent(of))

    change = Submission.objects.get()
    assert (change.author, change.partner) == (editor, of)


def test_what_is_not_there_or_gone(of, focal):
    client, gone = signed_in(focal), own(of)
    factories.withdrawn(gone)

    for address in ("/desk/change/activity/nothing/", "/desk/change/meeting/x/"):
        assert client.get(address).status_code == 404
    response = client.get(at(gone))
    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.post(at(gone), sent(of)).status_code == 410


def test_choosing_asks_as_many_questions_for_one_partner_as_for_twelve(
    of, focal, django_assert_num_queries
):
    client, record = signed_in(focal), own(of)
    client.get("/desk/")  # the first of a session keeps the session
    with django_assert_num_queries(6):
        client.get(at(record))

    for _each in range(11):
        memberships.add(partner=factories.partner(), user=focal, role="contributor", by=SYSTEM)
    with django_assert_num_queries(6):
        client.get(at(record))
