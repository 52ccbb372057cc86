"""Nothing unpublished shows anywhere: not a word of it, and not that it is there."""

import datetime as dt
import gzip
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from registry.exchange import dumps
from tests import factories
from tests.authz.attempts import body_of
from tests.authz.canaries import CANARY, Hidden, Public
from tests.authz.crawling import asked_for, crawl, lists, overviews
from tests.web.signed import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = dt.datetime(2026, 11, 25, 2, 31, tzinfo=dt.UTC)
# Words that the scene will hold, such that resemble them, and a reference that it will have.
WORDS = ("canary9x", "canery20x", "S-0001-8", "institute")


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker):
    """All that the public is told before anything is hidden here, and after."""
    with (
        tempfile.TemporaryDirectory() as folder,
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(FILES_DIR=folder),
        time_machine.travel(AT, tick=False),
    ):
        public = Public()
        strangers = factories.focal_point(public.other), factories.reviewer(public.elsewhere)
        before = _public(public), _dump(Path(folder) / "before")
        hidden = Hidden(public)
        after = _public(public), _dump(Path(folder) / "after")
        yield SimpleNamespace(
            public=public, strangers=strangers, before=before, hidden=hidden, after=after
        )
        transaction.set_rollback(True)


def _public(public):
    records = [public.of, public.record, public.theirs, public.document, public.area]
    own = [each.get_absolute_url() for each in records]
    return crawl(extra=[*own, *lists(), *overviews(), *asked_for(WORDS)])


def _dump(folder):
    manifest = dumps.write(folder, taken_at=AT, software="0.1.0")
    return {path.name: path.read_bytes() for path in sorted(manifest.folder.iterdir())}


@pytest.mark.check("T2")
def test_the_public_is_told_the_same_with_and_without_what_is_hidden(seen):
    before, after = seen.before[0], seen.after[0]

    assert [address for address in before if before[address] != after.get(address)] == []
    assert after.keys() == before.keys()
    assert seen.before[1] == seen.after[1]
    assert len(before) > 200


@pytest.mark.check("T2")
def test_no_word_of_it_is_told_to_the_public(seen):
    found = {
        address: CANARY.findall(f"{body} {headers}")
        for address, (_status, body, headers) in seen.after[0].items()
        # Whoever asks for a word reads their own question; that it is the same, is tested above.
        if not CANARY.search(address)
    }
    packed = [gzip.decompress(file) for name, file in seen.after[1].items() if name.endswith("gz")]

    assert {address: words for address, words in found.items() if words} == {}
    assert [CANARY.findall(file.decode()) for file in packed if CANARY.search(file.decode())] == []


@pytest.mark.check("T2")
def test_no_word_of_it_is_told_to_those_whom_it_does_not_concern(seen):
    addresses = [*_of_desks(seen.public), *_of_submissions(seen.hidden)]
    for stranger in seen.strangers:
        client = signed_in(stranger)
        told = {address: _told(client, address) for address in addresses}

        assert {address: text for address, text in told.items() if CANARY.search(text)} == {}


@pytest.mark.check("T2")
def test_no_word_of_it_is_told_to_the_program_of_another_partner(seen):
    partner, owner = seen.public.other, seen.strangers[0]
    _token, secret = factories.token(owner, scope="write", partner=partner)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    here = "/api/v1/submissions/"
    addresses = [here, *(f"{here}?status={each}" for each in ("draft", "submitted", "declined"))]
    addresses += [f"{here}{each.reference}/" for each in seen.hidden.submissions]
    addresses += [*overviews(), *lists()]
    told = {address: _told(client, address) for address in addresses}

    assert {address: text for address, text in told.items() if CANARY.search(text)} == {}


@pytest.mark.check("T2")
def test_no_word_of_it_is_written_to_those_whom_it_does_not_concern(seen):
    assert seen.hidden.mails_to_others(*seen.strangers) == []


@pytest.mark.check("T2")
def test_reviewers_are_told_of_what_is_submitted_only(seen):
    told = " ".join(seen.hidden.mails_to_others(seen.hidden.reviewer))
    theirs = [each for each in seen.hidden.submissions if not each.submitted_at]

    assert [each.reference for each in theirs if each.reference in told] == []
    assert CANARY.search(told), "they are told of the others"


def _of_desks(public):
    yield reverse("desk")
    yield "/desk/?q=institute"
    yield reverse("review-queue")
    yield "/review/?state=waiting&state=changes-asked&state=decided"
    for partner in (public.other, public.of):
        for name in ("desk-partner", "desk-members", "desk-tokens", "desk-data", "desk-join"):
            yield reverse(name, args=[partner.slug])
        for name, last in (("desk-records", "activity"), ("desk-submissions", "csv")):
            yield reverse(name, args=[partner.slug, last])
    for record in (public.record, public.theirs, public.document, public.of):
        yield reverse("desk-change", args=[record.noun, record.slug])


def _of_submissions(hidden):
    for each in hidden.submissions:
        for name in ("submission-detail", "review-detail"):
            yield reverse(name, args=[each.reference])
        for file in each.attachments.all():
            yield reverse("attachment", args=[file.number])


def _told(client, address):
    response = client.get(address)
    return f"{body_of(response)} {dict(response.headers)}"
