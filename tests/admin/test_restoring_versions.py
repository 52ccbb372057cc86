"""An earlier version of a record comes back from its history: shown first, then a change."""

import pytest
from django.urls import reverse

from registry.actions import activities, partners
from registry.models import Activity, Event
from registry.permissions import SYSTEM
from tests import factories
from tests.admin.pages import address

pytestmark = pytest.mark.django_db


def _page(record, version):
    event = Event.objects.get(noun=record.noun, key=record.slug, version=version)
    name = f"admin:registry_{record._meta.model_name}_version"
    return reverse(name, args=[record.pk, event.pk])


@pytest.fixture
def changed():
    """An activity that said something else before, with its values then."""
    lead = factories.partner()
    record = factories.activity(
        title="Gold", participations=[{"partner": lead.slug, "role": "lead"}], countries=["KE"]
    )
    before = activities.SHAPE.read(record)
    values = {"title": "Silver", "participations": [], "level": "regional"}
    activities.change(record=record, values=values, version=1, by=SYSTEM)
    return Activity.objects.get(pk=record.pk), before, lead


def test_version_is_shown_as_a_difference_and_restored(as_editor, changed):
    record, before, _lead = changed
    history = as_editor.get(address(record, "history")).content.decode()
    assert history.count("Restore this version") == 1 and _page(record, 1) in history

    page = as_editor.get(_page(record, 1))
    told = {each.label: (each.before, each.after) for each in page.context["differences"]}
    assert told["Title"] == (["Silver"], ["Gold"]) and len(told) == 3
    assert as_editor.post(_page(record, 1), {"version": 1}).context["problems"]
    assert activities.SHAPE.read(Activity.objects.get(pk=record.pk))["title"] == "Silver"

    as_editor.post(_page(record, 1), {"version": 2})
    assert activities.SHAPE.read(Activity.objects.get(pk=record.pk)) == before
    assert Event.objects.about("activity", record.slug).first().verb == "back to version 1"
    assert "nothing to restore" in as_editor.get(_page(record, 1)).content.decode()


def test_what_is_gone_is_named(as_editor, changed):
    record, _before, lead = changed
    partners.withdraw(record=lead, version=1, reason="A test.", by=SYSTEM)
    assert as_editor.get(_page(record, 1)).context["withdrawn"] == [lead.name]

    event = Event.objects.get(noun="activity", key=record.slug, version=1)
    event.after |= {"countries": ["QQ"], "was_a_field": "once"}
    event.save()
    for page in (as_editor.get(_page(record, 1)), as_editor.post(_page(record, 1), {"version": 2})):
        assert "“QQ” is not known here." in str(page.context["problems"])
    assert Activity.objects.get(pk=record.pk).version == 2


def test_withdrawn_record_offers_no_version_and_another_record_none_of_its(as_editor, changed):
    record, _before, _lead = changed
    other = factories.activity()
    path = _page(record, 1).replace(f"/{record.pk}/", f"/{other.pk}/", 1)
    assert as_editor.get(path).status_code == 404
    factories.withdrawn(record)
    assert "Restore this version" not in as_editor.get(address(record, "history")).content.decode()
