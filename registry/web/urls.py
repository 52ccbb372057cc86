"""Addresses of the pages. Those of the public are permanent: a change here needs a redirect."""

from django.urls import path
from django.views.decorators.cache import cache_control

from registry.web import (
    articles,
    cards,
    data,
    feeds,
    figures,
    finder,
    home,
    mail,
    messages,
    nouns,
    pages,
    saying,
    search,
    snapshots,
    taking,
)

_FEEDS = [
    path(f"{plural}/feed/", feeds.feed_of(of), name=f"{of.noun}-feed")
    for plural, of in taking.FEEDS.items()
]
_PAGES = [
    # Before the records, since one might be called “feed”.
    *_FEEDS,
    path("", home.home, name="home"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("terms/", pages.terms, name="terms"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cards/site.png", cards.site, name="site-card"),
    path("cards/<slug:noun>/<slug:key>.png", cards.card, name="card"),
    path("figures/<slug:name>.svg", figures.drawn, name="figure-file"),
    path("embed/<slug:name>/", figures.embedded, name="figure-embed"),
    path("search/", search.results, name="search"),
    path("find/", finder.find, name="find"),
    path("find/brief.pdf", finder.brief, name="find-brief"),
    path("data/", data.overview, name="data"),
    path("data/columns/", data.columns, name="data-columns"),
    path("data/dumps/<str:name>", data.dump_file, name="data-dump"),
    path("data/snapshots/", snapshots.snapshot_list, name="data-snapshots"),
    path("data/snapshots/<slug:key>.zip", snapshots.snapshot_file, name="data-snapshot-file"),
    path("data/snapshots/<slug:key>/", snapshots.snapshot_detail, name="data-snapshot"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/<int:number>/", articles.article_detail, name="article-detail"),
    path("countries/", articles.country_list, name="country-list"),
    path("countries/<slug:code>/", articles.country_detail, name="country-detail"),
    path("decisions/", articles.decision_list, name="decision-list"),
    path("decisions/<slug:slug>/", articles.decision_detail, name="decision-detail"),
    path("glossary/", articles.term_list, name="term-list"),
    path("areas/", nouns.area_list, name="area-list"),
    path("areas/<slug:slug>/", nouns.area_detail, name="area-detail"),
    path("partners/", nouns.partner_list, name="partner-list"),
    path("partners/<slug:slug>/", nouns.partner_detail, name="partner-detail"),
    path("activities/", nouns.activity_list, name="activity-list"),
    path("activities/<slug:slug>/", nouns.activity_detail, name="activity-detail"),
    path("guidance/", nouns.guidance_list, name="guidance-list"),
    path("guidance/<slug:slug>/", nouns.guidance_detail, name="guidance-detail"),
    path("meetings/", nouns.meeting_list, name="meeting-list"),
    path("meetings/<slug:slug>/", nouns.meeting_detail, name="meeting-detail"),
    path("contributions/", nouns.contribution_list, name="contribution-list"),
    path("contributions/<slug:slug>/", nouns.contribution_detail, name="contribution-detail"),
]
# Nothing on these pages depends on who asks, so they may be kept by whoever stands in between.
_public = cache_control(public=True, max_age=1)
for _page in _PAGES:
    _page.callback = _public(_page.callback)
# These depend on who asks, or on the machine.
_OTHERS = [
    path("feedback/", saying.say, name="feedback"),
    path("feedback/sent/<str:reference>/", saying.sent, name="feedback-sent"),
    path("messages/<str:token>/", messages.choose, name="message-choice"),
    path("mail/", mail.mail_list, name="mail-list"),
    path("mail/<str:name>/", mail.mail_detail, name="mail-detail"),
    path("mail/<str:name>/html/", mail.mail_html, name="mail-html"),
]
urlpatterns = [*_PAGES, *_OTHERS]
