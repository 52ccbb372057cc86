"""Addresses of the public pages."""

from django.http import HttpResponse
from django.urls import path


def soon(request, **kwargs):
    return HttpResponse("soon")


urlpatterns = [path("", soon, name="home")] + [
    path(f"{plural}/", soon, name=f"{noun}-list")
    for noun, plural in (("area", "areas"), ("partner", "partners"), ("activity", "activities"), ("guidance", "guidance"), ("meeting", "meetings"), ("contribution", "contributions"), ("article", "articles"), ("country", "countries"), ("decision", "decisions"), ("term", "glossary"))
] + [
    path(f"{plural}/<slug:slug>/", soon, name=f"{noun}-detail")
    for noun, plural in (("area", "areas"), ("partner", "partners"), ("activity", "activities"), ("guidance", "guidance"), ("meeting", "meetings"), ("contribution", "contributions"), ("country", "countries"), ("decision", "decisions"))
] + [path("articles/<int:number>/", soon, name="article-detail")]
