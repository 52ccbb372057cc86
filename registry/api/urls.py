"""Addresses of the open API. They are a promise: see the stability policy."""

from django.urls import path

from registry.api import describing, figures, overviews, submissions
from registry.api.tokens import TokenView
from registry.api.views import ListView, RecordView
from registry.queries import (
    activities,
    areas,
    catalogue,
    contributions,
    guidance,
    meetings,
    partners,
)

app_name = "api"

_LISTS = {
    "areas": areas.LIST,
    "partners": partners.LIST,
    "activities": activities.LIST,
    "guidance": guidance.LIST,
    "meetings": meetings.LIST,
    "contributions": contributions.LIST,
    "articles": catalogue.ARTICLES,
    "countries": catalogue.COUNTRIES,
    "decisions": catalogue.DECISIONS,
    "terms": catalogue.TERMS,
}


def _of(view: type, **attributes: object):
    return type(view.__name__, (view,), {"__doc__": view.__doc__, **attributes}).as_view()


urlpatterns = [
    path("", overviews.IndexView.as_view(), name="index"),
    path("search/", overviews.SearchView.as_view(), name="search"),
    path("statistics/", overviews.StatisticsView.as_view(), name="statistics"),
    path("statistics/matrix/", figures.MatrixView.as_view(), name="matrix"),
    path("statistics/<slug:name>/", figures.FigureView.as_view(), name="figure"),
    path("changes/", overviews.ChangesView.as_view(), name="changes"),
    path("token/", TokenView.as_view(), name="token"),
    path("submissions/", submissions.SubmissionsView.as_view(), name="submission-list"),
    path("submissions/<str:key>/", submissions.SubmissionView.as_view(), name="submission-detail"),
    path(
        "submissions/<str:key>/submit/",
        submissions.SubmitView.as_view(),
        name="submission-submit",
    ),
    path(
        "submissions/<str:key>/withdraw/",
        submissions.WithdrawView.as_view(),
        name="submission-withdraw",
    ),
    path("openapi.json", describing.OpenApiView.as_view(), name="openapi"),
    path("docs/", describing.docs, name="docs"),
    path("docs/try/", describing.console, name="try"),
]
for _plural, _list in _LISTS.items():
    _key = "int" if _list.noun == "article" else "slug"
    urlpatterns += [
        path(f"{_plural}/", _of(ListView, of=_list), name=f"{_list.noun}-list"),
        path(
            f"{_plural}/<{_key}:key>/",
            _of(RecordView, noun=_list.noun, is_upper=_list.noun == "country"),
            name=f"{_list.noun}-detail",
        ),
    ]
