"""Tokens: what is kept of them, who makes and ends them, what the trail holds."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from registry.actions import tokens
from registry.errors import Refused
from registry.models import ApiToken, Counter, Event
from registry.queries.tokens import digest_of, is_well_formed, token_with
from tests import factories

pytestmark = pytest.mark.django_db


def test_secret_is_kept_nowhere():
    token, secret = factories.token()

    row = ApiToken.objects.filter(pk=token.pk).values().get()
    event = Event.objects.about("token", str(token.pk)).values().get()

    assert (row["prefix"], row["digest"]) == (secret[:12], digest_of(secret))
    assert secret not in f"{row} {event}"
    assert row["digest"] not in str(event)
    assert len(secret) == 52


def test_secret_finds_its_token_and_a_slip_of_the_pen_finds_none(django_assert_num_queries):
    token, secret = factories.token()
    slip = secret[:20] + ("A" if secret[20] != "A" else "B") + secret[21:]

    assert token_with(secret) == token
    assert is_well_formed(secret)
    with django_assert_num_queries(0):
        assert [token_with(each) for each in (slip, secret + "0", "", "gmp_", "x" * 9999)] == [
            None
        ] * 5


def test_secret_made_under_a_former_key_still_counts(settings):
    token, secret = factories.token()

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key altogether, as long as one has to be..."

    assert token_with(secret) == token


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"expires_on": dt.date(2020, 1, 1)}, "expires_on"),
        ({"days": 367}, "expires_on"),
        ({"scope": "admin"}, "scope"),
        ({"name": "  "}, "name"),
    ],
)
def test_what_a_token_cannot_be(wrong, field):
    if days := wrong.pop("days", None):
        wrong["expires_on"] = timezone.localdate() + dt.timedelta(days=days)

    with pytest.raises(ValidationError) as refused:
        factories.token(**wrong)

    assert list(refused.value.message_dict) == [field]


def test_longest_life_is_a_leap_year():
    end = timezone.localdate() + dt.timedelta(days=366)

    assert factories.token(expires_on=end)[0].expires_on == end


def test_nobody_makes_a_token_that_speaks_for_another():
    boss, owner = factories.administrator(), factories.editor()
    end = timezone.localdate()

    with pytest.raises(PermissionDenied):
        tokens.mint(owner=owner, name="x", scope="read", expires_on=end, by=boss)


def test_own_and_administrators_revoke_others_do_not():
    boss, other = factories.administrator(), factories.editor()
    mine, hers = factories.token(other)[0], factories.token()[0]

    tokens.revoke(token=mine, by=other)
    with pytest.raises(PermissionDenied):
        tokens.revoke(token=hers, by=other)
    tokens.revoke(token=hers, by=boss)
    with pytest.raises(Refused):
        tokens.revoke(token=hers, by=boss)

    told = Event.objects.about("token", str(hers.pk)).first()
    assert (told.verb, told.actor_id, told.revision) == ("revoke", boss.pk, None)


def test_use_is_noted_once_a_minute_without_event_or_revision(django_assert_num_queries):
    token, _secret = factories.token()
    before = (Event.objects.count(), list(Counter.objects.values_list("name", "value")))
    start = timezone.now()

    with time_machine.travel(start, tick=False):
        tokens.note_use(token=token, by=token.owner)
        with django_assert_num_queries(0):
            tokens.note_use(token=token, by=token.owner)
    with time_machine.travel(start + dt.timedelta(seconds=61), tick=False):
        tokens.note_use(token=token, by=token.owner)

    token.refresh_from_db()
    assert token.last_used_at == start + dt.timedelta(seconds=61)
    assert before == (Event.objects.count(), list(Counter.objects.values_list("name", "value")))


def _minted(owner, **values):
    given = {"name": "Copy", "scope": "read", "expires_on": timezone.localdate()} | values
    return tokens.mint(owner=owner, by=owner, **given)


def test_token_names_a_partner_of_its_owner_and_no_other():
    of, other = factories.partner(), factories.partner()
    owner = factories.contributor(of)

    token, _secret = _minted(owner, partner=of, scope="write")
    with pytest.raises(ValidationError) as refused:
        _minted(owner, partner=other)

    assert (token.partner, token.scope) == (of, "write")
    assert refused.value.message_dict == {
        "partner": [f"You do not speak for “{other}”, so a token of yours cannot either."]
    }


def test_token_that_writes_names_a_partner_unless_its_owner_edits_all_records():
    owner = factories.contributor(factories.partner())

    with pytest.raises(ValidationError) as refused:
        _minted(owner, scope="write")

    assert refused.value.message_dict == {"partner": ["Choose the partner for which it writes."]}
    assert _minted(factories.editor(), scope="write")[0].partner is None


def test_same_form_sent_twice_makes_one_token():
    owner, ticket = factories.editor(), uuid.uuid4()

    token, secret = _minted(owner, ticket=ticket)
    again = _minted(owner, ticket=ticket)
    others = [
        _minted(owner, ticket=ticket, name="Other")[1],
        _minted(owner, ticket=uuid.uuid4())[1],
        _minted(factories.editor(), ticket=ticket)[1],
    ]

    assert again == (token, secret)
    assert token_with(secret) == token
    assert len({secret, *others}) == 4
    tokens.revoke(token=token, by=owner)
    with pytest.raises(Refused, match="is revoked; open the form again"):
        _minted(owner, ticket=ticket)
