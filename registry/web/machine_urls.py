"""Addresses that programs look for at the root of the site, whatever language they read."""

from django.urls import path
from django.views.decorators.cache import cache_control

from registry.web import machines

_public = cache_control(public=True, max_age=1)
urlpatterns = [
    path("robots.txt", _public(machines.robots), name="robots"),
    path("sitemap.xml", _public(machines.sitemap_index), name="sitemap-index"),
    path("sitemaps/<slug:noun>-<int:number>.xml", _public(machines.sitemap), name="sitemap"),
]
