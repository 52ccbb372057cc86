"""Records that show another record are written again with it: those that differ, and only those."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import activities, areas, guidance, partners
from registry.models import Entry
from registry.permissions import SYSTEM
from registry.queries import bodies
from tests import factories

pytestmark = pytest.mark.django_db


def _revisions():
    return {(entry.noun, entry.key): entry.revision for entry in Entry.objects.all()}


def _change(action, record, **values):
    """Change a record; the entries that were written by it, the record's own left out."""
    before = _revisions()
    version = type(record).objects.get(pk=record.pk).version
    action.change(record=record, values=values, version=version, by=SYSTEM)
    after = _revisions()
    written = {address for address in after if after[address] != before.get(address)}
    for noun, key in written:
        [built] = bodies.build(noun, [key])
        assert Entry.objects.get(noun=noun, key=key).body == built.json
    assert (record.noun, record.slug) in written
    assert len({after[address] for address in written}) == 1
    return written - {(record.noun, record.slug)}


def _addresses(*records):
    return {(record.noun, record.slug) for record in records}


@pytest.fixture
def seen_partner():
    """A partner, and one record of each kind that shows it."""
    partner = factories.partner(is_association=True)
    shown_by = [
        factories.activity(participations=[{"partner": partner.slug, "role": "lead"}]),
        factories.activity(
            funding_lines=[{"funder": partner.slug, "amount": "5", "currency": "USD"}]
        ),
        factories.guidance(publishers=[partner.slug]),
        factories.area(leads=[partner.slug]),
        factories.contribution(donor=partner.slug),
        factories.partner(standing="represented", represented_by=partner.slug),
    ]
    factories.activity(participations=[{"partner": factories.partner().slug, "role": "lead"}])
    return partner, _addresses(*shown_by)


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Renamed for the test"},
        {"acronym": "RFT"},
        {"standing": "contributor"},
    ],
    ids=str,
)
def test_what_others_show_of_a_partner_is_written_to_them(seen_partner, values):
    partner, shown_by = seen_partner

    assert _change(partners, partner, **values) == shown_by


@pytest.mark.parametrize(
    "values",
    [{"website": "https://example.org/"}, {"country": "KE"}, {"involvement": "More."}],
    ids=str,
)
def test_what_others_do_not_show_of_a_partner_is_not(seen_partner, values):
    partner, _ = seen_partner

    assert _change(partners, partner, **values) == set()


@pytest.mark.parametrize("values", [{"name": "Renamed area"}, {"short_name": "Renamed"}], ids=str)
def test_what_others_show_of_an_area_is_written_to_them(values):
    lead, member = factories.partner(), factories.partner()
    area = factories.area(leads=[lead.slug])
    partners.change(record=member, values={"areas": [area.slug]}, version=1, by=SYSTEM)
    shown_by = [
        factories.activity(areas=[area.slug]),
        factories.guidance(areas=[area.slug]),
        factories.meeting(area=area.slug),
        factories.contribution(area=area.slug),
    ]

    assert _change(areas, area, **values) == _addresses(lead, member, *shown_by)


def test_number_of_an_area_moves_it_in_the_lists_of_others():
    first, second = factories.area(), factories.area()
    activity = factories.activity(areas=[first.slug, second.slug])
    alone = factories.activity(areas=[first.slug])

    written = _change(areas, first, number=second.number + 1)

    assert written == _addresses(activity)
    assert ("activity", alone.slug) not in written


def test_leads_of_an_area_are_shown_by_the_partners():
    old, new = factories.partner(), factories.partner()
    area = factories.area(leads=[old.slug])

    assert _change(areas, area, leads=[new.slug]) == _addresses(old, new)
    assert _change(areas, area, objective="Another.") == set()


def test_title_of_guidance_is_written_to_who_shows_it():
    old, document = factories.guidance(), factories.guidance()
    guidance.change(
        record=document,
        values={"relations": [{"other": old.slug, "kind": "replaces"}]},
        version=1,
        by=SYSTEM,
    )
    activity = factories.activity(outputs=[document.slug, old.slug])

    assert _change(guidance, document, title="Another title") == _addresses(old, activity)
    assert _change(guidance, old, title="An older title") == _addresses(document, activity)
    assert _change(guidance, document, abstract="About retorts.") == set()


def test_relations_of_guidance_are_shown_by_both_ends():
    first, second, document = (factories.guidance() for _ in range(3))
    replaces = [{"other": first.slug, "kind": "replaces"}]
    translates = [{"other": second.slug, "kind": "translation-of"}]

    assert _change(guidance, document, relations=replaces) == _addresses(first)
    assert _change(guidance, document, relations=translates) == _addresses(first, second)
    assert _change(guidance, document, relations=[]) == _addresses(second)


def test_title_of_an_activity_is_written_to_the_guidance_it_produced():
    first, second = factories.guidance(), factories.guidance()
    activity = factories.activity(outputs=[first.slug])

    assert _change(activities, activity, title="Another title") == _addresses(first)
    assert _change(activities, activity, outputs=[second.slug]) == _addresses(first, second)
    assert _change(activities, activity, summary="Longer.") == set()


def test_tombstone_stays_one_when_a_partner_is_renamed():
    partner = factories.partner()
    activity = factories.activity(participations=[{"partner": partner.slug, "role": "lead"}])
    activities.withdraw(record=activity, version=1, reason="Twice here.", by=SYSTEM)

    written = _change(partners, partner, name="Renamed for the test")

    assert written == set()
    assert Entry.objects.get(noun="activity", key=activity.slug).body == ""


def test_restored_record_shows_the_names_of_today():
    partner = factories.partner()
    activity = factories.activity(participations=[{"partner": partner.slug, "role": "lead"}])
    activities.withdraw(record=activity, version=1, reason="Twice here.", by=SYSTEM)
    partners.change(record=partner, values={"name": "Renamed since"}, version=1, by=SYSTEM)

    activities.restore(record=activity, version=2, by=SYSTEM)

    assert '"name":"Renamed since"' in Entry.objects.get(noun="activity", key=activity.slug).body


@pytest.mark.parametrize("count", [1, 3])
def test_renaming_costs_no_query_for_each_record(count):
    partner = factories.partner()
    for _ in range(count):
        factories.activity(participations=[{"partner": partner.slug, "role": "lead"}])

    with CaptureQueriesContext(
        connection,
    ) as queries:
        partners.change(record=partner, values={"acronym": "X"}, version=1, by=SYSTEM)

    assert len(queries) == 39
