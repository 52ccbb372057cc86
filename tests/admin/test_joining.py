"""Look-alikes in the administration: the list, side by side, joining, undoing."""

import pytest

from registry.actions import activities, joins
from registry.models import Activity, Apart, Join, Membership
from registry.permissions import SYSTEM
from tests import factories

TITLE = "Quokka friendly retorts for Migori"


@pytest.fixture
def two(book):
    given = {"title": TITLE, "countries": ["KE"], "start": "2015"}
    return factories.activity(**given), factories.activity(**given, summary="Of the second.")


def _pair(one, other):
    return f"/admin/registry/{one.noun}/lookalikes/{one.slug}/{other.slug}/"


def _sent(one, other, **more):
    return {"kept-version": one.version, "gone-version": other.version, **more}


def test_list_of_records_leads_to_the_look_alikes(as_editor, two):
    text = as_editor.get("/admin/registry/activity/").content.decode()

    assert '"/admin/registry/activity/lookalikes/"' in text
    assert '"/admin/registry/activity/joins/"' in text
    assert "lookalikes" not in as_editor.get("/admin/registry/meeting/").content.decode()


def test_pairs_lead_to_two_records_side_by_side(as_editor, two):
    text = as_editor.get("/admin/registry/activity/lookalikes/").content.decode()

    assert _pair(*two) in text
    assert "The same title" in text


def test_two_others_can_be_named(as_editor, two):
    one, other = two
    where = f"/admin/registry/activity/lookalikes/?kept={one.slug}&gone={other.slug}"

    assert as_editor.get(where).headers["Location"] == _pair(one, other)
    text = as_editor.get(where[:-1]).content.decode()
    assert "Give the last parts of the addresses of two public records." in text


def test_side_by_side_shows_both_what_is_taken_and_what_follows(as_editor, two):
    one, other = two
    factories.activity(outputs=[])

    text = as_editor.get(_pair(one, other)).content.decode()

    assert "Of the second." in text
    assert 'name="take-summary" value="gone" checked' in text
    assert "take-countries" not in text  # both say the same
    assert _pair(other, one) in text
    assert "Nothing else names" in text


def test_consequences_are_counted(as_administrator, partner, activity):
    other = factories.partner(name="Centre of Clean Gold")

    text = as_administrator.get(_pair(other, partner)).content.decode()

    assert "<li><strong>1</strong> activities</li>" in text


def test_join_and_undo(as_editor, two):
    one, other = two

    answer = as_editor.post(_pair(one, other), _sent(one, other, **{"take-summary": "gone"}))

    join = Join.objects.get()
    where = f"/admin/registry/activity/joins/{join.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    one.refresh_from_db()
    assert one.summary == "Of the second."
    assert "Undo" in as_editor.get(where).content.decode()
    assert other.slug in as_editor.get("/admin/registry/activity/joins/").content.decode()

    answer = as_editor.post(where, follow=True)

    assert "are two records again" in answer.content.decode()
    assert Activity.objects.get(pk=other.pk).withdrawn_at is None
    assert "Undone on" in as_editor.get(where).content.decode()
    assert "This was undone already." in as_editor.post(where).content.decode()


def test_stale_page_is_refused_with_what_is_stored_now(as_editor, two):
    one, other = two
    activities.change(record=other, values={"summary": "Newer."}, version=1, by=SYSTEM)

    sent = _sent(one, other, **{"take-summary": "kept"})
    text = as_editor.post(_pair(one, other), sent).content.decode()

    assert "was changed by somebody else" in text and "Newer." in text
    assert 'name="gone-version" value="2"' in text
    assert 'name="take-summary" value="kept" checked' in text
    assert Join.objects.count() == 0


def test_not_the_same_is_noted(as_editor, two):
    answer = as_editor.post(_pair(*two), {"apart": "1", "why": "Two years."}, follow=True)

    assert "Noted: the two are not the same." in answer.content.decode()
    assert _pair(*two) not in answer.content.decode()
    assert Apart.objects.get().why == "Two years."
    assert "Somebody said" in as_editor.get(_pair(*two)).content.decode()


def test_members_need_an_administrator(as_editor, as_administrator, partner):
    other = factories.partner()
    Membership.objects.create(user=factories.person(), partner=other, role="contributor")
    sent = _sent(partner, other)

    text = as_editor.post(_pair(partner, other), sent).content.decode()

    assert "Your account may not join partners that have members." in text
    assert as_administrator.post(_pair(partner, other), sent).status_code == 302


def test_who_may_not_sees_nothing(client, two):
    client.force_login(factories.person())
    one, other = two

    for where in ("lookalikes/", "joins/", f"lookalikes/{one.slug}/{other.slug}/"):
        assert client.get(f"/admin/registry/activity/{where}").status_code in (302, 403)


def test_what_is_not_there_is_not_found(as_editor, two):
    one, _other = two
    base = "/admin/registry/activity/"

    assert as_editor.get(f"{base}lookalikes/{one.slug}/{one.slug}/").status_code == 404
    assert as_editor.get(f"{base}lookalikes/{one.slug}/nope/").status_code == 404
    assert as_editor.get(f"{base}joins/999999/").status_code == 404


def test_join_older_than_thirty_days_has_no_button(as_editor, two):
    one, other = two
    versions = {one.slug: 1, other.slug: 1}
    given = {"noun": "activity", "kept": one.slug, "gone": other.slug, "chosen": {}}
    join = joins.join(**given, versions=versions, by=SYSTEM)
    Join.objects.filter(pk=join.pk).update(at="2020-01-01T00:00:00Z")

    text = as_editor.get(f"/admin/registry/activity/joins/{join.pk}/").content.decode()

    assert "It was joined more than 30 days ago, and stays so." in text
