"""People, a page or two of the reference book, and records that a test starts from."""

import pytest
from django.test import Client

from articles.models import Article, Country
from registry.actions import accounts, activities, areas, counters, entries, guidance, partners
from registry.permissions import ADMINISTRATOR, EDITOR, SYSTEM
from tests import factories


@pytest.fixture
def staff(db):
    def make(role):
        email = f"{role.name.lower()}@example.org"
        user = accounts.create_staff(email=email, password="correct-horse", role=role, by=SYSTEM)
        factories.second_factor(user)
        return user

    return make


def _client(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(staff):
    return staff(EDITOR)


@pytest.fixture
def administrator(staff):
    return staff(ADMINISTRATOR)


@pytest.fixture
def as_editor(editor):
    return _client(editor)


@pytest.fixture
def as_administrator(administrator):
    return _client(administrator)


@pytest.fixture
def book(db):
    """Two articles and two countries, with their entries."""
    for number, title in ((4, "Mercury-added products"), (7, "Artisanal gold mining")):
        Article.objects.get_or_create(
            number=number,
            defaults={"slug": f"article-{number}", "title_en": title, "summary": "Says so."},
        )
    for code, name in (("KE", "Kenya"), ("CI", "Côte d’Ivoire")):
        names = {f"name_{language}": name for language in ("en", "fr", "es", "ru", "zh", "ar")}
        Country.objects.get_or_create(
            code=code,
            defaults={
                **names,
                "un_status": "member",
                "is_ldc": False,
                "is_lldc": False,
                "is_sids": False,
            },
        )
    revision = counters.advance(counters.REVISION)
    entries.write(noun="article", keys=["4", "7"], revision=revision)
    entries.write(noun="country", keys=["KE", "CI"], revision=revision)


@pytest.fixture
def partner(book):
    return partners.create(
        values={
            "name": "Centre for Clean Gold",
            "acronym": "CCG",
            "standing": "partner",
            "type": "ngo",
            "evidence": "listed",
            "country": "KE",
        },
        by=SYSTEM,
    )


@pytest.fixture
def area(book):
    return areas.create(
        values={
            "slug": "gold-tests",
            "number": 91,
            "name": "Small-scale gold mining, for the tests",
            "short_name": "Gold mining (tests)",
            "description": "Gold.",
            "objective": "Less mercury.",
        },
        by=SYSTEM,
    )


@pytest.fixture
def document(partner):
    return guidance.create(
        values={
            "title": "A retort for every village",
            "kind": "toolkit",
            "role": "guidance",
            "publishers": [partner.slug],
        },
        by=SYSTEM,
    )


@pytest.fixture
def activity(partner, area):
    return activities.create(
        values={
            "title": "Mercury-free gold in Migori",
            "summary": "First line.\nSecond line.",
            "kind": "demonstration",
            "level": "national",
            "start": "2019-03",
            "gef_id": "99801",
            "participations": [
                {"partner": partner.slug, "role": "lead"},
                {"partner": partner.slug, "role": "funding"},
            ],
            "areas": [area.slug],
            "articles": [{"article": 7, "basis": "stated"}],
            "countries": ["KE"],
            "regions": ["africa"],
            "funding_lines": [{"funder": partner.slug, "amount": "1000.50", "currency": "USD"}],
            "links": [{"label": "Report", "url": "https://example.org/report"}],
        },
        by=SYSTEM,
    )
