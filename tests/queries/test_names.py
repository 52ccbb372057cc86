"""Who looks for a record by a name of it finds it first."""

import random
from collections import Counter

import pytest
from django.utils.datastructures import MultiValueDict

from registry import words
from registry.actions import activities, entries, partners
from registry.models import Activity, Entry, EntryName, Partner
from registry.permissions import SYSTEM
from registry.queries import bodies
from registry.queries.search import search
from tests import factories

pytestmark = pytest.mark.django_db


def first(text, noun=""):
    hit = search(text, noun=noun, limit=1).hits[0]
    return hit.noun, hit.key


def listed_first(noun, text):
    return bodies.LISTS[noun].ask(MultiValueDict({"q": [text]})).keys(0, 1)


NAMED = [
    # articles, as they are spoken of
    ("article 7", "article", "7"),
    ("Article 7", "article", "7"),
    ("art. 7", "article", "7"),
    ("Art 7", "article", "7"),
    ("ARTICLE  7.", "article", "7"),
    ("article7", "article", "7"),
    ("7", "article", "7"),
    ("Article 7. Artisanal and small-scale gold mining", "article", "7"),
    ("7 artisanal and small-scale gold mining", "article", "7"),
    ("artículo 7", "article", "7"),
    ("статья 7", "article", "7"),
    ("第7条", "article", "7"),
    ("المادة 7", "article", "7"),
    ("article 17", "article", "17"),
    ("Releases", "article", "9"),
    ("释放", "article", "9"),
    # partners, by name, acronym, other name and code
    ("United Nations Institute for Training and Research", "partner", "unitar"),
    ("unitar", "partner", "unitar"),
    ("A.M.I.C.A.", "partner", "amica-italy"),
    ("amica", "partner", "amica-italy"),
    ("Pure Earth", "partner", "blacksmith-institute"),
    ("asociacion argentina de medicos por el medio ambiente", "partner", "aamma"),
    ("alliance-for-responsible-mining", "partner", "alliance-for-responsible-mining"),
    ("Association for Responsible Mining", "partner", "alliance-for-responsible-mining"),
    # countries
    ("Kenya", "country", "KE"),
    ("ke", "country", "KE"),
    ("KEN", "country", "KE"),
    ("Кения", "country", "KE"),
    ("cote d’ivoire", "country", "CI"),
    # the others
    ("MC-1/6", "decision", "cop1-art13-sip"),
    ("mc 1 6", "decision", "cop1-art13-sip"),
    ("APCD", "term", "apcd"),
    ("air pollution control device", "term", "apcd"),
    ("Chlor-alkali", "area", "chlor-alkali"),
    ("artisanal and small-scale gold mining (ASGM)", "area", "asgm"),
    ("artisanal and small scale gold mining", "area", "asgm"),
    ("Guidance on Mercury Releases", "guidance", "guidance-on-mercury-releases"),
    (
        "air transport and fate research: third meeting",
        "meeting",
        "air-transport-and-fate-research-third-meeting",
    ),
]


@pytest.mark.parametrize(("text", "noun", "key"), NAMED)
def test_a_name_finds_its_record_first(registry_data, text, noun, key):
    assert first(text) == (noun, key)
    assert listed_first(noun, text) == [key]
