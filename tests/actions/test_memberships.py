"""Into a partner, up, down and out again; a partner keeps a focal point."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from registry.actions import memberships
from registry.errors import Refused
from registry.models import Event, Membership, Notice
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


def _invited(of, by, **values):
    given = {"email": "new@example.org", "role": "contributor"} | values
    return memberships.invite(partner=of, by=by, **given)


def test_an_invitation_lets_the_invited_in_once(of, focal):
    _invitation, secret = _invited(of, focal)
    guest = factories.person(email="New@example.org")

    membership = memberships.accept(secret=secret, by=guest)

    assert (membership.user, membership.partner, membership.role) == (guest, of, "contributor")
    with pytest.raises(Refused, match="used, taken back, or is over"):
        memberships.accept(secret=secret, by=guest)


def test_a_forwarded_invitation_opens_nothing(of, focal):
    _invitation, secret = _invited(of, focal)

    with pytest.raises(Refused, match="This invitation is for new@example.org"):
        memberships.accept(secret=secret, by=factories.person())


def test_an_invitation_is_over_after_a_day_or_a_newer_one_or_when_taken_back(of, focal):
    guest = factories.person(email="new@example.org")
    _first, old = _invited(of, focal)
    second, newer = _invited(of, focal)

    with pytest.raises(Refused, match="is over"):
        memberships.accept(secret=old, by=guest)
    with time_machine.travel(second.expires_at + dt.timedelta(seconds=1)):
        with pytest.raises(Refused, match="is over"):
            memberships.accept(secret=newer, by=guest)
    memberships.revoke(invitation=second, by=focal)
    with pytest.raises(Refused, match="is over"):
        memberships.accept(secret=newer, by=guest)


@pytest.mark.parametrize(
    ("values", "field"), [({"email": "nobody"}, "email"), ({"role": "owner"}, "role")]
)
def test_bad_invitations_are_refused_by_field(of, focal, values, field):
    with pytest.raises(ValidationError) as refused:
        _invited(of, focal, **values)

    assert list(refused.value.message_dict) == [field]


def test_only_focal_points_of_this_partner_and_the_secretariat_invite(of):
    other = factories.focal_point(factories.partner())

    for who in (factories.contributor(of), other, factories.person()):
        with pytest.raises(PermissionDenied):
            _invited(of, who)
    assert _invited(of, factories.editor())[0].partner == of


def test_a_partner_keeps_its_last_focal_point(of, focal):
    membership = Membership.objects.get(user=focal)

    for attempt in (
        lambda: memberships.remove(membership=membership, by=focal),
        lambda: memberships.change_role(membership=membership, role="contributor", by=focal),
        lambda: memberships.remove(membership=membership, by=factories.administrator()),
    ):
        with pytest.raises(Refused, match="is the last focal point; name another one first"):
            attempt()

    second = memberships.add(partner=of, user=factories.person(), role="contributor", by=SYSTEM)
    memberships.change_role(membership=second, role="focal-point", by=focal)
    memberships.remove(membership=membership, by=focal)
    assert list(of.memberships.values_list("user", "role")) == [(second.user_id, "focal-point")]


def test_asking_to_join_and_being_let_in(of, focal):
    guest = factories.person()

    asked = memberships.ask_to_join(partner=of, message="I run the field office.", by=guest)
    assert memberships.ask_to_join(partner=of, message="Again.", by=guest) == asked
    with pytest.raises(PermissionDenied):
        memberships.decide_join(asked=asked, is_accepted=True, by=guest)
    memberships.decide_join(asked=asked, is_accepted=True, by=focal)

    assert of.memberships.get(user=guest).role == "contributor"
    with pytest.raises(Refused, match="decided already"):
        memberships.decide_join(asked=asked, is_accepted=False, by=focal)


def test_who_is_refused_stays_outside_and_may_ask_again(of, focal):
    guest = factories.person()
    asked = memberships.ask_to_join(partner=of, message="", by=guest)

    memberships.decide_join(asked=asked, is_accepted=False, by=focal)

    assert not of.memberships.filter(user=guest).exists()
    assert memberships.ask_to_join(partner=of, message="", by=guest) != asked


def test_organisations_that_are_no_partners_have_no_members():
    other = factories.partner(standing="named")

    with pytest.raises(Refused, match="is not a partner"):
        memberships.ask_to_join(partner=other, message="", by=factories.person())


def test_the_trail_tells_all_of_it(of, focal):
    guest = factories.person(email="new@example.org")
    _invitation, secret = _invited(of, focal)
    membership = memberships.accept(secret=secret, by=guest)
    memberships.remove(membership=membership, by=guest)

    told = Event.objects.about("membership", of.slug).values_list("verb", "actor")
    assert list(told)[:3] == [
        ("leave", guest.name),
        ("join", guest.name),
        ("invite", focal.name),
    ]


def test_same_form_sent_twice_makes_one_invitation(of, focal):
    ticket = uuid.uuid4()

    invitation, secret = _invited(of, focal, ticket=ticket)
    again = _invited(of, focal, ticket=ticket)
    _other, another = _invited(of, focal, ticket=uuid.uuid4())

    assert again == (invitation, secret)
    assert another != secret
    with pytest.raises(Refused, match="is over; open the form again"):
        _invited(of, focal, ticket=ticket)


def test_tokens_for_the_partner_end_with_the_membership(of, focal):
    other = factories.partner()
    user = factories.contributor(of)
    memberships.add(partner=other, user=user, role="contributor", by=SYSTEM)
    ended, stays = factories.token(user, partner=of)[0], factories.token(user, partner=other)[0]

    memberships.remove(membership=of.memberships.get(user=user), by=focal)

    ended.refresh_from_db()
    stays.refresh_from_db()
    assert (ended.revoked_at is None, stays.revoked_at is None) == (False, True)
    told = Event.objects.about("token", str(ended.pk)).first()
    assert (told.verb, told.actor) == ("revoke", focal.name)


def test_who_is_invited_meanwhile_no_longer_asks(of, focal):
    guest = factories.person(email="new@example.org")
    asked = memberships.ask_to_join(partner=of, message="", by=guest)
    _invitation, secret = _invited(of, focal, role="focal-point")

    memberships.accept(secret=secret, by=guest)

    asked.refresh_from_db()
    assert asked.is_accepted is True
    assert of.memberships.get(user=guest).role == "focal-point"


def test_whoever_is_removed_learns_of_it_and_so_do_the_focal_points(of, focal):
    user, second = factories.contributor(of), factories.focal_point(of)
    told = Notice.objects.filter(kind="removed")

    memberships.remove(membership=of.memberships.get(user=user), by=focal)
    assert {notice.recipient for notice in told} == {user, focal, second}

    memberships.remove(membership=of.memberships.get(user=second), by=second)
    assert told.all().count() == 5
