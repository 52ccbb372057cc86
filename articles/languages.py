"""The six UN languages, and how a text that exists in some of them is chosen."""

from typing import NamedTuple

from django.conf.locale import LANG_INFO

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
