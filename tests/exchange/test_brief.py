"""The brief on paper: a tagged PDF that says what the page says, in the language of the page."""

import datetime as dt
import io
import re

import pytest
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from pypdf import PdfReader

from articles.languages import in_django
from registry.exchange import brief
from registry.queries.finder import answers
from registry.queries.finder.asked import asked
from registry.queries.stored import body_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SITE = "https://registry.example.org"
ADDRESS = f"{SITE}/find/?country=GH&need=7"
ARABIC, CHINESE = "NotoNaskhArabic", "NotoSansSC"


def answer(language, **values):
    found = asked(MultiValueDict({name: [value] for name, value in values.items()}))
    return answers.answer(
        found,
        article=body_of("article", str(found.article)),
        country=body_of("country", found.country) if found.country else None,
        language=language,
        today=dt.date(2026, 11, 25),
    )


def made(language, **values):
    with translation.override(in_django(language)):
        found = answer(language, **values)
        return found, brief.write(found, site=SITE, address=ADDRESS, revision=976)


def read(language, **values):
    found, content = made(language, **values)
    return found, PdfReader(io.BytesIO(content))


def words(reader):
    """The text of all pages without spaces, which line breaks make."""
    return re.sub(r"\s+|\u2068|\u2069", "", "".join(each.extract_text() for each in reader.pages))


def fonts(reader):
    """The fonts of all pages: name without the mark of a subset, and whether it is embedded."""
    found = {}
    for each in reader.pages:
        for font in each["/Resources"].get("/Font", {}).values():
            for part in font.get_object()["/DescendantFonts"]:
                described = part.get_object()["/FontDescriptor"].get_object()
                name = described["/FontName"].partition("+")[2]
                found[name] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(described))
    return found


@pytest.mark.parametrize(
    ("language", "title", "face"),
    [
        ("en", "Ghana: Article 7. Artisanal and small-scale gold mining", "LibertinusSerif"),
        ("fr", "Ghana: Article 7. Extraction minière artisanale", "LibertinusSerif"),
        ("ar", "غانا: Article 7. تعدين الذهب", ARABIC),
        ("zh", "加纳: Article 7. 手工和小规模采金业", CHINESE),
    ],
)
def test_the_brief_is_tagged_and_says_its_language_title_and_guidance(
    registry_data, language, title, face
):
    found, reader = read(language, country="GH", need="7")

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    # The word for it is translated with all others.
    assert title.partition(". ")[2] in reader.metadata.title
    assert title.partition(":")[0] in reader.metadata.title
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert any(name.startswith(face) for name in fonts(reader))
    assert all(fonts(reader).values())
    text = words(reader)
    titles = [each.body["title"] for group in found.guidance for each in group.documents]
    assert [each for each in titles if re.sub(r"\s+", "", each) not in text] == []
    assert len(titles) > 8


def test_it_has_two_to_four_pages_with_bookmarks_date_revision_and_address(registry_data):
    for number in range(3, 15):
        _found, reader = read("en", country="BF", need=str(number))
        assert 2 <= len(reader.pages) <= 4, number

    text = words(reader)
    marks = [each.title for each in reader.outline if not isinstance(each, list)]
    assert marks == [
        "What it asks of Burkina Faso",
        "Guidance",
        "What is done in Burkina Faso",
        "Who has done it in similar countries",
        "Whom to ask",
    ]
    assert "Asof25November2026,revision976ofthedata." in text
    assert "registry.example.org/find/?country=GH&need=7" in text


def test_it_says_what_the_page_says_of_days_and_of_similar_countries(registry_data):
    found, reader = read("en", country="LR", need="8")

    text = words(reader)
    said = [duty.when for duty in found.duties.obligations]
    said += [reason.words for each in found.alike for reason in each.likeness.reasons]
    said += [each.name for each in found.partners]
    assert [each for each in said if re.sub(r"\s+", "", each) not in text] == []


def test_the_same_answer_gives_the_same_bytes(registry_data):
    assert made("en", need="6")[1] == made("en", need="6")[1]


def test_texts_are_never_read_as_markup(registry_data):
    title = '#read("/etc/hosts") $x$ *bold* \\ "quoted" @label <b> zyxword'
    factories.guidance(title=title, articles=[{"article": 6, "basis": "stated"}], kind="guideline")

    _found, reader = read("en", need="6")

    assert re.sub(r"\s+", "", title) in words(reader)


@pytest.mark.parametrize("title", ["ภาษาไทย", "🦄", "漢語", "हिन्दी", "bell \x07"])
def test_a_script_that_no_font_has_does_not_break_it(registry_data, title):
    factories.guidance(
        title=f"{title} zyxword",
        articles=[{"article": 6, "basis": "stated"}],
        editions=[{"language": "en", "url": ""}],
        kind="guideline",
    )

    _found, reader = read("en", need="6")

    assert "zyxword" in words(reader)
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_it_is_made_while_somebody_waits(registry_data):
    made("zh", country="CN", need="7")  # fonts are read once
    begin = dt.datetime.now(dt.UTC)

    made("zh", country="CN", need="8")

    assert (dt.datetime.now(dt.UTC) - begin).total_seconds() < 1


def test_fonts_that_come_with_the_project_are_small_and_licensed():
    folder = brief._FOLDER / "fonts"
    files = {file.name: file.stat().st_size for file in folder.iterdir()}

    assert [name for name, size in files.items() if size > 2_500_000] == []
    assert {"NotoNaskhArabic-OFL.txt", "NotoSansSC-OFL.txt", "README.md"} < set(files)
