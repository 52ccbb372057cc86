"""What the finder is asked: a country, a need, a language, all of them optional."""

from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles.languages import LANGUAGES
from articles.models import SPINE
from registry.errors import Misunderstood
from registry.queries import labels
from registry.queries.fields import not_one_of
from registry.queries.finder.needs import Need, need_of
from registry.queries.naming import countries
from registry.words import LONGEST_QUERY

NAMES = ("country", "need", "article", "language")


@dataclass(frozen=True)
class Asked:
    """A question that is understood: blank or None is what was left open.

    `chosen` is the article that was chosen by its number, beside whatever words.
    """

    country: str = ""
    need: Need = Need()
    language: str = ""
    chosen: int | None = None

    @property
    def article(self) -> int | None:
        """The article that is shown."""
        return self.need.chosen and self.need.chosen.article


def asked(data: MultiValueDict) -> Asked:
    """Read a query string. Raises Misunderstood, naming every field that is not understood.

    `need` is the number of an article or plain words; `article` chooses one of those that words
    may mean.
    """
    problems = _shape(data)
    given = {name: (data.get(name) or "").strip() for name in NAMES if name not in problems}
    found: dict[str, Any] = {}
    for name, read in _READ.items():
        try:
            found[name] = read(given[name]) if given.get(name) else None
        except Misunderstood as wrong:
            problems |= wrong.problems
    if problems:
        raise Misunderstood(problems)
    need = need_of(given["need"], found["article"])
    return Asked(found["country"] or "", need, found["language"] or "", found["article"])


def _shape(data: MultiValueDict) -> dict[str, str]:
    """What is wrong with the names of the parameters and with their number."""
    unknown = _("There is no such filter here. There are: %s.") % ", ".join(NAMES)
    problems = {name: unknown for name in data if name not in NAMES}
    for name, values in data.lists():
        if name in NAMES and len(values) > 1:
            problems[name] = _("It is given %d times; give it once.") % len(values)
    if len(data.get("need") or "") > LONGEST_QUERY:
        problems["need"] = _("It is longer than %d characters; a few words do.") % LONGEST_QUERY
    return problems


def _country(text: str) -> str:
    known = labels.COUNTRIES(None)
    if (code := text.upper()) in known:
        return code
    named = countries().code(text)
    said = {"value": text[:80], "code": named if named in known else "GH"}
    remedy = (
        _("“%(value)s” is a name; write its code of two letters, %(code)s.")
        if named in known
        else _("“%(value)s” is not the code of a country; write two letters such as %(code)s.")
    )
    raise Misunderstood({"country": remedy % said})


def _article(text: str) -> int:
    known = [str(number) for number in SPINE]
    if text not in known:
        raise Misunderstood({"article": not_one_of(text, known)})
    return int(text)


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise Misunderstood({"language": not_one_of(text, list(LANGUAGES))})
    return text


_READ = {"country": _country, "article": _article, "language": _language}
