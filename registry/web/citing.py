"""How a record is cited, and the forms in which programs read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.dates import PartialDate
from articles.numbers import spaced
from registry.queries import revision
from registry.queries.bodies import LISTS
from registry.queries.representation import Body
from registry.web import taking

# More authors than these are told by the first of them.
MOST_NAMED = 3


@dataclass(frozen=True)
class Form:
    """A form of the record, or of what belongs to it, for programs."""

    label: str
    address: str
    media_type: str = ""


@dataclass(frozen=True)
class Citation:
    """What names a record for good: who, when, what, as of when, where.

    The address names no language: it is the permanent one.
    """

    title: str
    path: str
    as_of: str
    by: list[str] = field(default_factory=list)
    has_more: bool = False
    year: str = ""
    forms: list[Form] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The whole permanent address."""
        return f"{settings.SITE_URL}{self.path}"


def cite(
    noun: str,
    body: Body,
    title: str,
    *,
    by: Iterable[Body] = (),
    year: Any = "",
    activities: tuple[str, str] | None = None,
) -> Citation:
    """The citation of a record; `activities` is the filter that lists those it has, if any."""
    names = list(dict.fromkeys(card["name"] for card in by))
    return Citation(
        title=title,
        path=body["path"],
        as_of=_as_of(body),
        by=names[:MOST_NAMED],
        has_more=len(names) > MOST_NAMED,
        year=str(year or ""),
        forms=[_json(noun, body), *(_of_activities(*activities) if activities else [])],
    )


def _as_of(body: Body) -> str:
    """The version and its day; of the reference book, which has no versions, the revision."""
    if "version" not in body:
        return _("revision %s") % spaced(revision.current())
    day = PartialDate.parse(body["updated_at"][:10]).in_words()
    return _("version %(n)s of %(day)s") % {"n": spaced(body["version"]), "day": day}


def _json(noun: str, body: Body) -> Form:
    key = body.get("slug") or body.get("code") or body["number"]
    address = reverse(f"api:{noun}-detail", args=[key])
    return Form(_("This record (JSON)"), address, "application/json")


def _of_activities(name: str, value: str) -> list[Form]:
    asked = urlencode({name: value})
    data, of = QueryDict(asked), LISTS["activity"]
    table = f"{reverse('api:activity-list')}?{asked}&format=csv"
    return [
        Form(_("Its activities (CSV)"), table),
        Form(_("Changes of its activities (Atom)"), taking.feed(of, data), "application/atom+xml"),
    ]
