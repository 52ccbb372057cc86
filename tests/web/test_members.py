"""Who speaks for a partner: invited, let in, promoted, removed, leaving; and who may not."""

import uuid

import pytest
from django.urls import reverse

from registry.actions import memberships
from registry.models import Invitation, Membership
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


def at(name, of, *behind):
    return reverse(name, args=[of.slug, *behind])


def read(response):
    return " ".join(Page(response).text.split())


def invited(client, of, **values):
    given = {"email": "new@example.org", "role": "contributor", "ticket": str(uuid.uuid4())}
    return client.post(at("desk-invite", of), given | values)


def test_list_names_all_with_roles_and_offers_what_one_may_do(of, focal):
    other = factories.contributor(of)
    second = of.memberships.get(user=other)

    page = Page(signed_in(focal).get(at("desk-members", of)))
    others = Page(signed_in(other).get(at("desk-members", of)))

    text = " ".join(page.text.split())
    assert "Members 2" in text
    assert f"{focal.name} ( you ) focal point · {focal.email}".replace("( you )", "(you)") in text
    assert f"{other.name} contributor · {other.email}" in text
    for name in ("desk-role", "desk-remove"):
        assert at(name, of, second.pk) in page.links
    assert [link for link in others.links if "/members/" in link] == [
        at("desk-members", of),
        at("desk-remove", of, second.pk),
    ]
    assert faults(page) == faults(others) == []


def test_members_asks_as_many_questions_for_two_as_for_thirty(of, focal, django_assert_num_queries):
    client = signed_in(focal)

    def fill(number):
        for _each in range(number):
            factories.contributor(of)
            memberships.ask_to_join(partner=of, message="", by=factories.person())
            email = factories.person().email
            memberships.invite(partner=of, email=email, role="contributor", by=focal)

    fill(1)
    client.get("/desk/")  # the first of a session keeps the session
    with django_assert_num_queries(9):
        client.get(at("desk-members", of))
    fill(28)
    with django_assert_num_queries(9):
        client.get(at("desk-members", of))


@pytest.mark.parametrize(
    "name", ["desk-invite", "desk-role", "desk-remove", "desk-take-back", "desk-answer"]
)
def test_contributors_are_told_whom_to_ask(of, focal, name):
    client, before = signed_in(factories.contributor(of)), kept()
    behind = [] if name == "desk-invite" else [of.memberships.get(user=focal).pk]

    response = client.post(at(name, of, *behind), {"role": "contributor", "answer": "accept"})

    assert (response.status_code, kept()) == (403, before)
    said = f"This is for focal points of “{of}”. Ask one of them: {focal.name}."
    assert said in read(response)


def test_link_of_an_invitation_is_shown_once_and_lets_in(of, focal):
    client = signed_in(focal)

    response = invited(client, of)
    link = response.content.decode().partition('id="link">')[2].partition("<")[0]
    later = client.get(at("desk-members", of)).content.decode()

    assert link.startswith("http://testserver/invitations/")
    assert "copy this link; it is valid for 24 hours" in read(response)
    assert faults(Page(response)) == []
    assert "new@example.org" in later
    assert link.split("/")[-2] not in later
    guest = factories.person(email="new@example.org")
    accepted = signed_in(guest).post(link.removeprefix("http://testserver"))
    assert accepted.headers["Location"] == at("desk-partner", of)
    assert of.memberships.get(user=guest).role == "contributor"


def test_invitation_sent_twice_is_one_with_the_same_link(of, focal):
    client, ticket = signed_in(focal), str(uuid.uuid4())

    first, second = (invited(client, of, ticket=ticket) for _each in range(2))

    assert Invitation.objects.filter(partner=of).count() == 1
    assert first.context["link"] == second.context["link"]


@pytest.mark.check("U-55")
@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"email": ""}, "id_email", "Enter an e-mail address, such as name@example.org."),
        ({"email": "nobody"}, "id_email", "Enter an e-mail address, such as name@example.org."),
        ({"email": "x" * 255}, "id_email", "The address must be 254 characters or fewer."),
        ({"role": ""}, "id_role_0", "Choose what the person will do."),
    ],
)
def test_what_is_wrong_is_said_above_with_a_link_and_beside_the_field(
    of, focal, values, field, said
):
    response = invited(signed_in(focal), of, **values)
    content, page = response.content.decode(), Page(response)

    assert response.status_code == 422
    assert page.title.startswith("Error: Invite somebody – ")
    assert f'<a href="#{field}">{said}</a>' in content
    assert field in page.ids
    assert content.count(said) == 2
    assert 'role="alert" tabindex="-1"' in content
    assert "/static/js/error-summary.js" in page.resources
    described = field.removesuffix("_0")
    assert f'id="{described}_error"' in content
    assert f"{described}_error" in content.partition('aria-describedby="')[2]
    if not values.get("role", "x"):
        return
    assert 'aria-invalid="true"' in content
    assert f'value="{values["email"]}"' in content or not values["email"]
    assert Invitation.objects.count() == 0


def test_member_is_not_invited_again(of, focal):
    response = invited(signed_in(focal), of, email=focal.email)

    assert response.status_code == 422
    assert f"{focal.email} is a member already." in read(response)


def test_form_without_ticket_is_not_understood(of, focal):
    assert invited(signed_in(focal), of, ticket="7").status_code == 400
    assert Invitation.objects.count() == 0


def test_invitation_is_taken_back(of, focal):
    invitation, secret = memberships.invite(
        partner=of, email="new@example.org", role="contributor", by=focal
    )
    client, address = signed_in(focal), at("desk-take-back", of, invitation.pk)

    first = client.post(address, follow=True)
    again = client.post(address, follow=True)

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert "The invitation of new@example.org is taken back" in read(first)
    assert "No invitation is open." in read(first)
    assert "was used or taken back already" in read(again)
    assert signed_in(focal).get(reverse("invitation", args=[secret])).status_code == 404


def test_who_asks_is_let_in_or_refused(of, focal):
    client = signed_in(focal)
    guests = [factories.person(), factories.person()]
    asked = [
        memberships.ask_to_join(partner=of, message="I run the field office.", by=guest)
        for guest in guests
    ]

    text = read(client.get(at("desk-members", of)))
    assert "They ask to join 2" in text
    assert "I run the field office." in text

    accepted = client.post(at("desk-answer", of, asked[0].pk), {"answer": "accept"}, follow=True)
    refused = client.post(at("desk-answer", of, asked[1].pk), {"answer": "refuse"}, follow=True)

    assert f"{guests[0].name} is a contributor of “{of}” now." in read(accepted)
    assert f"{guests[1].name} was not let into “{of}”." in read(refused)
    assert set(of.memberships.values_list("user", "role")) == {
        (focal.pk, "focal-point"),
        (guests[0].pk, "contributor"),
    }
    again = client.post(at("desk-answer", of, asked[0].pk), {"answer": "refuse"}, follow=True)
    assert "was decided already" in read(again)
    assert of.memberships.filter(user=guests[0]).exists()


def test_answer_that_is_none_changes_nothing(of, focal):
    asked = memberships.ask_to_join(partner=of, message="", by=factories.person())
    before = kept()

    response = signed_in(focal).post(at("desk-answer", of, asked.pk), {"answer": "perhaps"})

    assert (response.status_code, kept()) == (404, before)


def test_role_is_changed_and_said(of, focal):
    member = of.memberships.get(user=factories.contributor(of))
    client, address = signed_in(focal), at("desk-role", of, member.pk)

    assert "Now: contributor." in read(client.get(address))
    response = client.post(address, {"role": "focal-point"}, follow=True)

    member.refresh_from_db()
    assert member.role == "focal-point"
    assert f"{member.user.name} is a focal point now." in read(response)


def test_last_focal_point_is_kept_in_words(of, focal):
    member = of.memberships.get(user=focal)
    client, before = signed_in(focal), kept()

    down = client.post(at("desk-role", of, member.pk), {"role": "contributor"})
    out = client.post(at("desk-remove", of, member.pk))

    said = f"{focal.name} is the last focal point; name another one first."
    assert (down.status_code, out.status_code) == (422, 409)
    assert said in read(down)
    assert said in read(out)
    assert Page(out).title.startswith("Error: Leave – ")
    assert kept() == before


def test_removal_says_what_it_means_before_it_is_done(of, focal):
    member = of.memberships.get(user=factories.contributor(of))
    token, _secret = factories.token(member.user, partner=of)
    client, address = signed_in(focal), at("desk-remove", of, member.pk)

    text = read(client.get(address))
    assert f"Remove {member.user.name}?" in text
    assert "Drafts and submissions that they wrote stay with the partner" in text
    assert "Their API tokens for this partner stop working at once." in text
    assert Membership.objects.filter(pk=member.pk).exists()

    response = client.post(address, follow=True)
    token.refresh_from_db()
    assert f"{member.user.name} no longer speaks for “{of}”." in read(response)
    assert not Membership.objects.filter(pk=member.pk).exists()
    assert token.revoked_at is not None
    assert client.post(address).status_code == 404


def test_everybody_may_leave(of, focal):
    user = factories.contributor(of)
    client = signed_in(user)
    address = at("desk-remove", of, of.memberships.get(user=user).pk)

    assert f"Leave “{of}”?" in read(client.get(address))
    response = client.post(address, follow=True)

    assert f"You have left “{of}”." in read(response)
    assert client.get(at("desk-partner", of)).status_code == 404


def test_numbers_of_other_partners_open_nothing(of, focal):
    other = factories.partner()
    foreign = factories.focal_point(other)
    member = other.memberships.get(user=foreign)
    invitation, _secret = memberships.invite(
        partner=other, email="x@example.org", role="contributor", by=foreign
    )
    asked = memberships.ask_to_join(partner=other, message="", by=factories.person())
    client, before = signed_in(focal), kept()

    for name, number in (
        ("desk-role", member.pk),
        ("desk-remove", member.pk),
        ("desk-take-back", invitation.pk),
        ("desk-answer", asked.pk),
    ):
        sent = {"role": "contributor", "answer": "accept"}
        assert client.post(at(name, of, number), sent).status_code == 404, name

    assert kept() == before


def test_secretariat_names_the_first_focal_point(of):
    editor = factories.editor()

    page = Page(signed_in(editor).get(at("desk-members", of)))
    assert "Nobody speaks for this partner yet. Invite its first focal point." in page.text

    response = invited(signed_in(editor), of, role="focal-point")
    secret = response.context["link"].split("/")[-2]
    guest = factories.person(email="new@example.org")
    memberships.accept(secret=secret, by=guest)
    assert of.memberships.get().role == "focal-point"


def test_names_are_text(of, focal):
    user = factories.person(name="<b>Bold</b>")
    memberships.add(partner=of, user=user, role="contributor", by=SYSTEM)

    content = signed_in(focal).get(at("desk-members", of)).content.decode()

    assert "<b>Bold" not in content
    assert "&lt;b&gt;Bold" in content
