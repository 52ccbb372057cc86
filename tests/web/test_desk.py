"""Desks of partners: what waits there and for whom, what the partner has, what leads on."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from registry.actions import drafts, memberships, reviews, submissions
from registry.models import Partner, Status, Submission
from registry.permissions import SYSTEM
from tests import factories
from tests.web.reading import Page
from tests.web.signed import signed_in
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


def at(name, slug, behind=()):
    return reverse(name, args=[slug, *behind])


def read(client, address):
    return " ".join(Page(client.get(address)).text.split())


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts", acronym="IOR")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


def test_who_belongs_to_nobody_is_shown_two_ways():
    client = signed_in(factories.person())

    page = Page(client.get("/desk/"))

    assert "ask to join one that is here already, or apply for your organisation" in page.text
    assert reverse("desk-apply") in page.links
    assert faults(page) == []


@pytest.mark.parametrize("typed", ["retorts", "RETORT inst", "ior", "  institute  of "])
def test_partner_is_found_by_what_is_typed(of, typed):
    page = Page(signed_in(factories.person()).get("/desk/", {"q": typed}))

    assert reverse("desk-join", args=[of.slug]) in page.links


def test_name_that_finds_nothing_says_what_to_do():
    text = read(signed_in(factories.person()), "/desk/?q=zyxwv")

    assert "No partner is called “zyxwv”. Try another spelling or the acronym" in text


def test_organisations_that_are_no_partners_are_not_offered():
    other = factories.partner(name="Zyxwv works", standing="named")

    page = Page(signed_in(factories.person()).get("/desk/?q=zyxwv"))

    assert reverse("desk-join", args=[other.slug]) not in page.links


def test_overview_counts_what_waits_at_each_desk(of, focal):
    other = factories.partner(name="Other institute")
    memberships.add(partner=other, user=focal, role="contributor", by=SYSTEM)
    for partner in (of, of, other):
        factories.draft(focal, partner)
    factories.submitted(focal, of)
    for partner in (of, other):
        memberships.ask_to_join(partner=partner, message="", by=factories.person())

    text = read(signed_in(focal), "/desk/")

    assert (
        "Institute of Retorts Focal point 2 submissions wait for you · "
        "1 waits for the secretariat · 1 person asks to join" in text
    )
    assert (
        "Other institute Contributor 1 submission waits for you · 0 wait for the secretariat"
        in text
    )
    # Only focal points decide on who joins.
    assert text.count("to join") - text.count("Ask to join") == 1


def test_overview_tells_of_invitations_requests_and_applications(of, focal):
    user = factories.person()
    memberships.invite(partner=of, email=user.email.upper(), role="contributor", by=focal)
    other = factories.partner(name="Where I asked")
    memberships.ask_to_join(partner=other, message="", by=user)
    mine = drafts.start(
        noun="partner", partner=None, ticket=uuid.uuid4(), values={"name": "New one"}, by=user
    )

    text = read(signed_in(user), "/desk/")
    stranger = read(signed_in(factories.person()), "/desk/")

    assert f"You are invited Institute of Retorts contributor · invited by {focal.name}" in text
    assert "Where I asked waits for its focal points since" in text
    assert f"New one {mine.reference} · partner, new record · draft since" in text
    for said in ("You are invited", "Where I asked", "New one"):
        assert said not in stranger
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert "You are invited" not in read(signed_in(user), "/desk/")


def test_desk_says_what_waits_for_whom_since_when_and_who_wrote_it(of, focal):
    with time_machine.travel(dt.datetime(2026, 10, 3, 14, 2, tzinfo=dt.UTC), tick=False):
        draft = factories.draft(focal, of, title="A draft")
        asked = factories.submitted(focal, of, title="A question")
        reviews.ask_changes(
            submission=asked, text="Which village?", version=asked.version, by=factories.editor()
        )
        waits = factories.submitted(focal, of, title="In review")
    with time_machine.travel(dt.datetime(2026, 10, 4, tzinfo=dt.UTC), tick=False):
        text = read(signed_in(focal), at("desk-partner", of.slug))

    mine, _, rest = text.partition("Waits for the secretariat")
    assert "Waits for you 2" in mine
    said = f"· draft since 3 October 2026 · by {focal.name} · last saved 3 October 2026, 14:02 UTC"
    assert f"A draft {draft.reference} · activity, new record {said}" in mine
    assert f"A question {asked.reference} · activity, new record · changes asked for since" in mine
    assert f"In review {waits.reference}" in rest.partition("Latest messages")[0]


def test_messages_are_those_for_the_partner_and_no_others(of, focal):
    editor = factories.editor()
    submission = factories.submitted(focal, of, title="In review")
    reviews.comment(submission=submission, text="Which village?", by=editor)
    reviews.note(submission=submission, text="A doubtful source.", by=editor)
    elsewhere = factories.partner()
    other = factories.submitted(factories.focal_point(elsewhere), elsewhere)
    reviews.comment(submission=other, text="For somebody else.", by=editor)

    page = Page(signed_in(focal).get(at("desk-partner", of.slug)))

    assert "Which village?" in page.text
    assert "A doubtful source." not in page.text
    assert "For somebody else." not in page.text
    assert page.links.count(submission.get_absolute_url()) == 2
    # Who has not given a name is not told by an address.
    assert editor.email not in page.text


def test_decided_ones_stay_for_a_year(of, focal):
    submission = factories.submitted(focal, of, title="A good one")
    reviews.approve(submission=submission, version=submission.version, by=factories.editor())
    client, address = signed_in(focal), at("desk-partner", of.slug)

    assert "Decided in the last twelve months 1 A good one" in read(client, address)
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        assert "Decided in the last twelve months 0" in read(signed_in(focal), address)


def test_empty_desk_says_the_next_step(of, focal):
    text = read(signed_in(focal), at("desk-partner", of.slug))

    for said in (
        "What you begin is kept here until you hand it in.",
        "What you hand in stands here until it is decided.",
        "Nobody has written yet.",
        "Report the first one above; it takes about ten minutes.",
        "Add one above.",
    ):
        assert said in text


def test_only_focal_points_are_offered_the_profile(of, focal):
    profile = reverse("desk-change", args=["partner", of.slug])

    for who, is_offered in ((focal, True), (factories.contributor(of), False)):
        content = signed_in(who).get(at("desk-partner", of.slug)).content.decode()
        assert (f'formaction="{profile}"' in content) is is_offered


def test_records_show_how_fresh_they_are_and_what_is_open_on_them(of, focal):
    lead = [{"partner": of.slug, "role": "lead"}]
    stale = factories.activity(title="Never confirmed", participations=lead)
    fresh = factories.activity(
        title="Fresh one", participations=lead, confirmed_on="2026-09-01", start="2024"
    )
    change = drafts.revise(record=fresh, partner=of, ticket=uuid.uuid4(), by=focal)
    factories.guidance(title="A manual", publishers=[of.slug], year=2021)

    content = signed_in(focal).get(at("desk-partner", of.slug)).content.decode()
    text = read(signed_in(focal), at("desk-partner", of.slug))

    assert f"Never confirmed {stale.reference} · published · never confirmed by a partner" in text
    assert f"Fresh one {fresh.reference} · published · confirmed on 1 September 2026" in text
    assert f"Your change {change.reference}: draft" in text
    assert "A manual published · 2021" in text
    # Longest unconfirmed first; what has a change open is gone on with, not begun again.
    assert text.index("Never confirmed A-") < text.index("Fresh one A-")
    assert f'formaction="/desk/change/activity/{stale.slug}/"' in content
    assert f'formaction="/desk/change/activity/{fresh.slug}/"' not in content


def test_desk_asks_as_many_questions_for_one_row_as_for_a_hundred(
    of, focal, django_assert_num_queries
):
    lead = [{"partner": of.slug, "role": "lead"}]
    factories.activity(participations=lead)
    factories.guidance(publishers=[of.slug])
    submission = factories.submitted(focal, of)
    reviews.comment(submission=submission, text="Which village?", by=factories.editor())
    client, address = signed_in(focal), at("desk-partner", of.slug)
    client.get(address)  # the first of a session keeps the session
    with django_assert_num_queries(15):
        client.get(address)

    for _each in range(12):
        factories.activity(participations=lead)
        factories.guidance(publishers=[of.slug])
        reviews.comment(submission=submission, text="Again?", by=focal)
    _copies(submission, 100)
    with django_assert_num_queries(15):
        content = client.get(address).content.decode()

    assert content.count("Copy of a submission") == 100


def _copies(submission, number):
    now = timezone.now()
    Submission.objects.bulk_create(
        Submission(
            number=900_000 + n,
            reference=f"S-9{n:05}",
            ticket=uuid.uuid4(),
            kind="create",
            noun="activity",
            partner=submission.partner,
            author=factories.person() if n % 25 == 0 else submission.author,
            status=Status.DRAFT,
            title="Copy of a submission",
            created_at=now,
            saved_at=now,
            since=now,
        )
        for n in range(number)
    )


def test_overview_asks_as_many_questions_for_one_desk_as_for_twenty(
    focal, django_assert_num_queries
):
    client = signed_in(focal)
    client.get("/desk/")  # the first of a session keeps the session
    with django_assert_num_queries(8):
        client.get("/desk/")

    for partner in Partner.objects.partners()[:20]:
        memberships.add(partner=partner, user=focal, role="contributor", by=SYSTEM)
    with django_assert_num_queries(8):
        client.get("/desk/")


def test_list_of_records_has_pages_and_knows_its_end(registry_data, django_assert_num_queries):
    unep = Partner.objects.get(slug="unep")
    client = signed_in(factories.focal_point(unep))
    address = at("desk-records", "unep", ["activity"])

    first = client.get(address)
    number = first.context["pages"].count
    with django_assert_num_queries(8):
        second = Page(client.get(address, {"page": 2}))

    assert number > 50
    assert f"Activities {number}" in " ".join(Page(first).text.split())
    assert "?page=3" in second.links
    assert client.get(address, {"page": 9999}).status_code == 404
    assert client.get(address, {"page": "x"}).status_code == 400


def test_secretariat_opens_every_desk_as_nobodys_member(of):
    client = signed_in(factories.editor())

    text = read(client, at("desk-partner", of.slug))
    found = Page(client.get("/desk/?q=retorts"))

    assert "You are here for the secretariat" in text
    assert at("desk-partner", of.slug) in found.links


def test_withdrawn_submissions_are_on_no_list(of, focal):
    draft = factories.draft(focal, of, title="Given up")
    submissions.withdraw(submission=draft, version=draft.version, by=focal)

    assert "Given up" not in read(signed_in(focal), at("desk-partner", of.slug))
