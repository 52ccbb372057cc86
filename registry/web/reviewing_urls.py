"""Addresses of the review desk."""

from django.urls import path

from registry.web import reviewing, reviewing_verbs

REVIEW = [
    path("", reviewing.queue, name="review-queue"),
    path("<str:reference>/", reviewing.detail, name="review-detail"),
    path("<str:reference>/presence/", reviewing_verbs.presence, name="review-presence"),
    path("<str:reference>/<slug:verb>/", reviewing_verbs.act, name="review-act"),
]
urlpatterns = REVIEW
