"""The catalogues as files: read, brought up to date with the sources, compiled."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from articles.languages import FIRST, LANGUAGES
from registry.management.catalogues.messages import Message

# Languages of the catalogues; English is what stands in the sources.
CODES = tuple(code for code in LANGUAGES if code != FIRST)
# What Django calls the folder.
_FOLDERS = {"zh": "zh_Hans"}
# “, ” and “ or ”: Chinese has no spaces around what stands between the items of a list.
LONGEST_SEPARATOR = 6
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%(?![% ])[sd]")
_TAG = re.compile(r"</?[a-z]+|\{\{ \w+ \}\}")


def path_of(code: str) -> Path:
    """The catalogue of a language."""
    folder = settings.BASE_DIR / "locale" / _FOLDERS.get(code, code) / "LC_MESSAGES"
    return folder / "django.po"


def read(code: str) -> Catalog:
    """A language's catalogue; an empty one where there is no file yet."""
    path = path_of(code)
    if not path.exists():
        return _Catalogue(code)
    with path.open("rb") as file:
        return read_po(file, locale=code, charset="utf-8")


def form_count(code: str) -> int:
    """How many plural forms a language has."""
    return _Catalogue(code).num_plurals


def write(code: str, messages: Iterable[tuple[Message, list[str], list[str]]]) -> None:
    """Write a language's catalogue: each message, its places, its translations in each form."""
    catalogue = _Catalogue(code)
    for message, places, texts in messages:
        is_plural = bool(message.plural)
        catalogue.add(
            (message.text, message.plural) if is_plural else message.text,
            tuple(texts) if is_plural else texts[0],
            locations=[(place, 0) for place in places],
            flags=["python-format"] if _PLACEHOLDER.search(message.text) else [],
            context=message.context or None,
        )
    path_of(code).parent.mkdir(parents=True, exist_ok=True)
    with path_of(code).open("wb") as file:
        write_po(file, catalogue, width=96, include_lineno=False)


class _Catalogue(Catalog):
    """A catalogue whose head says only what is needed, so that nothing in it changes by itself."""

    def __init__(self, code: str) -> None:
        super().__init__(locale=code, charset="utf-8", fuzzy=False, header_comment="#")

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", self.locale_identifier),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    mime_headers = property(_get_mime_headers, Catalog._set_mime_headers)


def compile_all() -> int:
    """Compile what is newer than what was compiled from it; returns how many were."""
    count = 0
    for code in CODES:
        path = path_of(code)
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        catalogue = read(code)
        made = target.with_suffix(".new")
        with made.open("wb") as file:
            write_mo(file, catalogue)
        # At once, since another process may be reading it.
        made.replace(target)
        count += 1
    return count


def _ends(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def faults_of(message: Message, texts: list[str]) -> list[str]:
    """What is wrong with a translation, in words."""
    if not all(texts):
        return ["is missing"]
    faults = []
    sources = [message.text, *([message.plural] if message.plural else [])]
    wanted = [sorted(_PLACEHOLDER.findall(source)) for source in sources]
    tags = [sorted(_TAG.findall(source)) for source in sources]
    for text in texts:
        if sorted(_PLACEHOLDER.findall(text)) not in wanted:
            # A form for one or two may say the number in a word.
            if not (message.plural and set(_PLACEHOLDER.findall(text)) <= set(wanted[-1])):
                faults.append(f"has other placeholders: {text!r}")
        if sorted(_TAG.findall(text)) not in tags:
            faults.append(f"has other tags: {text!r}")
        if len(message.text) > LONGEST_SEPARATOR and _ends(text) != _ends(message.text):
            faults.append(f"begins or ends otherwise: {text!r}")
    return faults
