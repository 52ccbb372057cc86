"""A section of a form, and what several nouns ask alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES, language_name
from registry.queries import labels
from registry.web.forms.parts import Choices, Part, Served, Several, Text


@dataclass(frozen=True)
class Section:
    """A page of the form: one thing to think about."""

    slug: str
    title: Text
    parts: tuple[Part, ...]
    intro: Text = ""

    @property
    def names(self) -> list[str]:
        """The names of its values."""
        return [part.name for part in self.parts]

    @property
    def kinds(self) -> set[str]:
        """What is chosen by typing in it."""
        return {kind for part in self.parts for kind in part.kinds}


def areas() -> Iterable[tuple[str, str]]:
    """The partnership areas."""
    return labels.AREAS(None).items()


def articles() -> Iterable[tuple[str, str]]:
    """Articles 3–14."""
    return labels.ARTICLES(None).items()


def of(choices: type) -> Choices:
    """The values of a closed list."""
    return lambda: choices.choices


def languages() -> list[tuple[str, str]]:
    """Languages by their own names, those of the United Nations first."""
    others = {code: language_name(code) for code in LANG_INFO if len(code) == 2}
    rest = sorted(others.items() - LANGUAGES.items(), key=lambda each: each[1])
    return [("", "–"), *LANGUAGES.items(), *(each for each in rest if each[0] not in LANGUAGES)]


SERVES = Section(
    "serves",
    _("What it serves"),
    (
        Several(
            "areas",
            _("Partnership areas"),
            _("Choose all to which it belongs. None means that it cuts across the areas."),
            among=areas,
        ),
        Served(
            "articles",
            _("Articles of the Minamata Convention"),
            _("Choose the articles that it helps countries to carry out."),
            among=articles,
        ),
    ),
)
