"""Search in six languages: sixty queries as people type them, against what English finds."""

import pytest

from registry.queries.search import search

pytestmark = pytest.mark.django_db

# Each with what it is typed as elsewhere: without accents, in capitals, with Arabic spelling
# variants, with tatweel, with an article or a conjunction before the word.
QUERIES = {
    "thermometer": ["thermomètre", "THERMOMETRES", "termómetro", "термометр", "体温计", "ترمومتر"],
    "dental amalgam": ["amalgame dentaire", "amalgama dental", "зубная амальгама", "牙科汞合金"],
    "retort": ["cornue", "retorta", "реторта", "蒸馏罐", "معوجة", "معوجه"],
    "cement": ["ciment", "cemento", "ЦЕМЕНТ", "水泥", "أسمنت", "اسمنت", "الأسمنت", "أسـمنت"],
    "coal": ["charbon", "carbon", "carbón", "уголь", "燃煤", "والفحم"],
    "emission": ["émission", "emissions", "emisiones", "выброс", "大气排放", "انبعاث", "إنبعاث"],
    "waste": ["déchet", "dechets", "desecho", "отходы", "废物", "نفاية", "نفايه", "النفايات"],
    "storage": ["stockage", "almacenamiento", "хранение", "贮存", "تخزين", "التخزين"],
    "national action plan": ["plan d’action national", "plan de accion nacional", "国家行动计划"],
    "inventory": ["inventaire", "inventario", "инвентаризация", "清单", "جرد", "قائمة جرد"],
}


def found(text):
    """All that a text finds, whatever it is called."""
    return {(hit.noun, hit.key) for hit in search(text, limit=2_000).hits}


def recall(english):
    """How much of what the English words find each other form finds."""
    wanted = found(english)
    return {form: len(wanted & found(form)) / len(wanted) for form in QUERIES[english]}


@pytest.mark.slow
@pytest.mark.parametrize("english", QUERIES)
def test_every_form_finds_nearly_all_that_english_finds(registry_data, english):
    assert {form: share for form, share in recall(english).items() if share < 0.95} == {}


def test_there_are_sixty_queries():
    assert sum(map(len, QUERIES.values())) == 60
