"""Addresses that write meetings, to test what every write keeps to."""

from django.shortcuts import get_object_or_404
from django.urls import path

from partnership import urls
from partnership.urls import handler400, handler403, handler404, handler500
from registry.actions import meetings
from registry.api.writing import WriteView, accepted
from registry.models import Meeting

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def told(meeting, **more):
    body = {"slug": meeting.slug, "title": meeting.title}
    return accepted(body, version=meeting.version, **more)


class Meetings(WriteView):
    takes = {"POST": meetings.SHAPE.names}

    def post(self, request):
        made = meetings.create(values=self.values, by=request.user)
        return told(made, status=201, location=f"/api/write/{made.slug}/")


class OneMeeting(WriteView):
    takes = {"PATCH": meetings.SHAPE.names, "PUT": meetings.SHAPE.names, "DELETE": ("reason",)}

    def patch(self, request, key):
        meeting = get_object_or_404(Meeting, slug=key)
        given = {"values": self.values, "version": self.version, "by": request.user}
        return told(meetings.change(record=meeting, **given))

    put = patch

    def delete(self, request, key):
        meeting = get_object_or_404(Meeting, slug=key)
        reason = self.values.get("reason", "")
        given = {"version": self.version, "reason": reason, "by": request.user}
        return told(meetings.withdraw(record=meeting, **given))


urlpatterns = [
    path("api/write/", Meetings.as_view()),
    path("api/write/<slug:key>/", OneMeeting.as_view()),
    *urls.urlpatterns,
]
