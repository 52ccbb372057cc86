"""Public addresses: made from the title, never twice, never again, never changed."""

import pytest

from registry.actions import activities
from registry.permissions import SYSTEM
from registry.web import private_urls, writing_urls
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Zinnober für Élodie: no. 7!", "zinnober-fur-elodie-no-7"),
        ("汞", "activity"),
        ("—", "activity"),
        ("Zinnober" * 20, ("zinnober" * 20)[:80]),
    ],
)
def test_address_is_made_from_the_title(title, slug):
    assert factories.activity(title=title).slug == slug


def test_given_address_is_taken_as_it_is():
    assert factories.activity(slug="kalomel", title="Zinnober").slug == "kalomel"


def test_taken_address_gets_a_number_behind_it():
    slugs = [factories.activity(title="Zinnober").slug for _ in range(3)]

    assert slugs == ["zinnober", "zinnober-2", "zinnober-3"]


def test_address_of_a_withdrawn_record_is_never_given_again():
    first = factories.activity(title="Zinnober")
    activities.withdraw(record=first, version=1, reason="Twice here.", by=SYSTEM)

    assert factories.activity(title="Zinnober").slug == "zinnober-2"


def test_longer_address_does_not_take_a_shorter_one():
    factories.activity(title="Zinnober red")

    assert factories.activity(title="Zinnober").slug == "zinnober"


def test_address_stays_when_the_title_changes():
    activity = factories.activity(title="Zinnober")

    changed = activities.change(record=activity, values={"title": "Kalomel"}, version=1, by=SYSTEM)

    assert changed.slug == "zinnober"


def test_same_title_in_two_nouns_takes_nothing_from_either():
    assert factories.activity(title="Zinnober").slug == factories.guidance(title="Zinnober").slug


def test_contribution_is_named_by_donor_and_purpose():
    donor = factories.partner(name="Zinnoberhof")

    assert factories.contribution(donor=donor.slug, purpose="Two posts").slug == (
        "zinnoberhof-two-posts"
    )


def test_no_partner_takes_the_place_of_a_page_of_the_desk():
    taken = {pattern.split("/")[1] for pattern in _desk() if "<" not in pattern.split("/")[1]}

    slugs = [factories.partner(name=word.title()).slug for word in sorted(taken)]

    assert slugs == [f"{word}-2" for word in sorted(taken)]
    assert {"apply", "submissions"} <= taken


def _desk():
    patterns = [str(each.pattern) for each in (*private_urls.urlpatterns, *writing_urls.WRITING)]
    return [each for each in patterns if each.startswith("desk/") and each != "desk/"]
