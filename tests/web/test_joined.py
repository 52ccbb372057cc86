"""The address of a record that went into another leads there: pages, API, chains, undoing."""

import pytest

from registry.actions import joins
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
MAKE = {
    "activity": factories.activity,
    "guidance": factories.guidance,
    "partner": factories.partner,
}
PLURAL = {"activity": "activities", "guidance": "guidance", "partner": "partners"}


def _join(kept, gone):
    versions = {}
    for each in (kept, gone):
        each.refresh_from_db()
        versions[each.slug] = each.version
    given = {"noun": kept.noun, "kept": kept.slug, "gone": gone.slug, "chosen": {}, "by": SYSTEM}
    return joins.join(**given, versions=versions)


@pytest.mark.parametrize("noun", MAKE)
@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ru", "/zh", "/ar"])
def test_old_page_leads_to_the_kept_record_in_every_language(client, noun, language):
    kept, gone = MAKE[noun](), MAKE[noun]()
    _join(kept, gone)

    answer = client.get(f"{language}/{PLURAL[noun]}/{gone.slug}/")

    wanted = f"{language}/{PLURAL[noun]}/{kept.slug}/"
    assert (answer.status_code, answer.headers["Location"]) == (301, wanted)
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize("noun", MAKE)
def test_old_address_of_the_api_leads_to_the_kept_record(client, noun):
    kept, gone = MAKE[noun](), MAKE[noun]()
    _join(kept, gone)

    answer = client.get(f"/api/v1/{PLURAL[noun]}/{gone.slug}/")

    wanted = f"/api/v1/{PLURAL[noun]}/{kept.slug}/"
    assert (answer.status_code, answer.headers["Location"], answer.content) == (301, wanted, b"")
    assert client.get(wanted).json()["slug"] == kept.slug


def test_what_was_asked_goes_along(client):
    kept, gone = factories.partner(), factories.partner()
    _join(kept, gone)

    answer = client.get(f"/partners/{gone.slug}/?from=letter")

    assert answer.headers["Location"] == f"/partners/{kept.slug}/?from=letter"


def test_chain_leads_to_the_last_at_once(client):
    first, second, third = (factories.activity() for _ in range(3))
    _join(second, first)
    _join(third, second)

    answer = client.get(f"/activities/{first.slug}/")

    assert answer.headers["Location"] == f"/activities/{third.slug}/"


def test_undone_join_leaves_both_pages(client):
    kept, gone = factories.activity(), factories.activity()
    joins.undo(join=_join(kept, gone), by=SYSTEM)

    for each in (kept, gone):
        assert client.get(f"/activities/{each.slug}/").status_code == 200


def test_changes_show_a_tombstone(client):
    kept, gone = factories.activity(), factories.activity()
    _join(kept, gone)

    found = client.get("/api/v1/changes/?noun=activity&limit=1000").json()["changes"]

    shown = {each["key"]: (each["withdrawn"], each["body"] is None) for each in found}
    assert (shown[gone.slug], shown[kept.slug]) == ((True, True), (False, False))


def test_kept_record_that_is_withdrawn_is_gone_under_both_addresses(client):
    kept, gone = factories.activity(), factories.activity()
    _join(kept, gone)
    kept.refresh_from_db()
    factories.withdrawn(kept)

    answer = client.get(f"/activities/{gone.slug}/", follow=True)

    assert answer.status_code == 410
