"""The six UN languages, and how a text that exists in some of them is chosen."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf.locale import LANG_INFO
from django.utils.functional import lazy
from django.utils.translation import get_language

# Code → the language's own name, in the order the UN lists them.
LANGUAGES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
RIGHT_TO_LEFT = frozenset({"ar"})
# The language of addresses without a language, and of texts that exist in no other.
FIRST = "en"
# What Django calls the languages that it names otherwise.
_IN_DJANGO = {"zh": "zh-hans"}


class Wording(NamedTuple):
    """A text and the language it is really in, so that a page can mark it."""

    text: str
    language: str


def worded(record: object, stem: str, language: str) -> Wording:
    """The text of `stem` (such as "title") in `language`, in English where that one is not known.

    `record` carries one attribute per language: `title_en`, `title_fr` and so on.
    """
    text = getattr(record, f"{stem}_{language}", "")
    return Wording(text, language) if text else Wording(getattr(record, f"{stem}_en"), "en")


def language_name(code: str) -> str:
    """The language's own name, such as “Français”; the code itself where it is not known."""
    known = LANGUAGES.get(code) or LANG_INFO.get(code, {}).get("name_local", code)
    return known[:1].upper() + known[1:]


def in_django(code: str) -> str:
    """Django's code for one of the six languages: “zh-hans” for “zh”."""
    return _IN_DJANGO.get(code, code)


def known(code: str) -> str:
    """The one of the six languages that a code such as “zh-hans” names; English where none is."""
    short = (code or "").partition("-")[0].lower()
    return short if short in LANGUAGES else FIRST


def spoken() -> str:
    """The one of the six languages in which the page at hand speaks."""
    return known(get_language() or FIRST)


def language_of(path: str) -> str:
    """The language that an address names: “fr” for /fr/activities/, English for /activities/."""
    first = path[1:].partition("/")[0]
    return first if first in LANGUAGES else FIRST


def without_language(path: str) -> str:
    """The address without its language, which is that of the page in English."""
    code = language_of(path)
    if not path.startswith(f"/{code}/"):
        return path
    # Not to begin with two strokes, which would be the address of another site.
    return "/" + path[len(code) + 2 :].lstrip("/")


def address_in(path: str, language: str) -> str:
    """The address of the same page in another language."""
    plain = without_language(path)
    return plain if language == FIRST else f"/{language}{plain}"


def wording_in(texts: Mapping[str, str], language: str = "") -> Wording:
    """The text in a language (the one spoken, if none is named), in English where it is not known.

    `texts` holds a text by language, as the titles of an article.
    """
    code = language or spoken()
    return Wording(texts[code], code) if texts.get(code) else Wording(texts[FIRST], FIRST)


def _text_of(texts: Mapping[str, str]) -> str:
    return wording_in(texts).text


_lazy_text = lazy(_text_of, str)


def in_words(texts: Mapping[str, str]) -> Any:
    """A text that says itself in whatever language is spoken when it is shown."""
    return _lazy_text(texts)


def texts_of(record: object, stem: str) -> dict[str, str]:
    """The texts of `stem` (such as “name”) by language, as far as they are known."""
    texts = {code: getattr(record, f"{stem}_{code}") for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}
