"""The start page: the dashboard of the registry."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.models import Activity, Guidance
from registry.queries import matrix, statistics
from registry.queries.articles import listing
from registry.queries.confirmations import recently_confirmed
from registry.queries.finder.asked import Asked
from registry.queries.labels import COUNTRIES
from registry.web import finder
from registry.web.charts import shown
from registry.web.listing import without_blanks

NEWEST = 5


def home(request: HttpRequest) -> HttpResponse:
    """Totals, the matrix as the address narrows it, the figures, newest records."""
    data = without_blanks(request.GET)
    try:
        asked = matrix.narrowed(data)
    except Misunderstood as wrong:
        return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
    nothing = QueryDict()
    return render(
        request,
        "home.html",
        {
            "finder": finder.form(Asked()),
            "totals": statistics.totals(),
            "asked": asked,
            "titles": statistics.article_titles(),
            "matrix_figure": shown.of_matrix(asked, data),
            "fields": _fields(data),
            "figures": {name: shown.shown(name, nothing) for name in shown.NAMES[1:]},
            "newest_activities": listing("activity").bodies(0, NEWEST),
            "newest_guidance": listing("guidance").bodies(0, NEWEST),
            "confirmed": recently_confirmed(NEWEST),
            "unconfirmed": listing("activity", freshness="silent").count(),
        },
    )


@dataclass(frozen=True)
class Choice:
    """A field of the form with groups of options: label, and (value, label, whether asked)."""

    name: str
    label: str
    groups: list[tuple[str, list[tuple[str, Any, bool]]]]

    @property
    def is_many(self) -> bool:
        """Whether more than one is asked for, so that a plain list could not show it."""
        return sum(asked for _name, group in self.groups for *_option, asked in group) > 1


def _fields(data: QueryDict) -> dict[str, Any]:
    """The form as the address fills it in; what it has no field for is passed on."""
    countries = sorted(COUNTRIES(None).items(), key=lambda option: str(option[1]))
    kinds = [(_("Activities"), Activity.Kind.choices), (_("Guidance"), Guidance.Kind.choices)]
    return {
        "country": _choice(data, "country", _("Country"), [("", countries)]),
        "kind": _choice(data, "kind", _("Kind"), kinds),
        "year_from": data.get("year_from", ""),
        "year_to": data.get("year_to", ""),
        "others": [
            (name, v) for name, values in data.lists() if name[:4] == "not_" for v in values
        ],
    }


def _choice(data: QueryDict, name: str, label: str, groups: list) -> Choice:
    asked = {part.strip() for value in data.getlist(name) for part in value.split(",")}
    marked = [
        (title, [(value, words, value in asked) for value, words in options])
        for title, options in groups
    ]
    return Choice(name, label, marked)
