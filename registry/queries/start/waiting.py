"""What waits for a decision of the secretariat, and since when."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import Feedback, ImportRun, SubmissionArea
from registry.queries import desk
from registry.queries.reviewing import Queue
from registry.queries.start.lines import Asked, Line, Part, aged, list_of, oldest_of
from registry.queries.statistics import area_names


def submissions(asked: Asked) -> list[Line]:
    """What partners handed in, as the review desk holds it for this person: three questions.

    The parts are lists of that desk: late ones, by whom they were taken on, by area. What was
    recommended on, and applications, have lines of their own.
    """
    queue = Queue(asked.user, MultiValueDict(), asked.now)
    found = queue.filters.qs
    seen = found.aggregate(
        all=Count("pk"),
        oldest=Min("submitted_at"),
        late=Count("pk", filter=Q(waits="14")),
        mine=Count("pk", filter=Q(holder="me")),
        free=Count("pk", filter=Q(holder="nobody")),
        others=Count("pk", filter=Q(holder="others")),
        applying=Count("pk", filter=Q(sort="application")),
    )
    if not seen["all"]:
        return []
    # A sub-query within a condition of an aggregate does not reach the database as one.
    seen["advised"] = found.filter(advised="yes").count()
    said = ngettext("submission handed in", "submissions handed in", seen["all"])
    parts, areas = tuple(_parts(seen)), tuple(_by_area(found))
    aged_so = aged(seen["oldest"], asked.now)
    return [Line(said, seen["all"], _desk(), parts=parts, areas=areas, **aged_so), *_special(seen)]


def _desk(**narrowing: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in narrowing.items())
    return f"{reverse('review-queue')}?{query}" if query else reverse("review-queue")


def _parts(seen: dict) -> list[Part]:
    parts = [
        Part(_("overdue, over 14 days"), seen["late"], _desk(age="14"), is_late=True),
        Part(_("taken on by nobody yet"), seen["free"], _desk(taken="nobody")),
        Part(_("taken on by you"), seen["mine"], _desk(taken="me")),
        Part(_("taken on by others"), seen["others"], _desk(taken="others")),
    ]
    return [part for part in parts if part.count]


def _by_area(found) -> list[Part]:  # noqa: ANN001
    """A submission counts in each area that it touches."""
    touched = SubmissionArea.objects.filter(submission__in=found.order_by().values("pk"))
    counts = dict(touched.values_list("area__slug").annotate(n=Count("pk")))
    return [
        Part(str(name), counts[slug], _desk(area=slug))
        for slug, name in area_names().items()
        if slug in counts
    ]


def _special(seen: dict) -> list[Line]:
    lines = [
        Line(
            ngettext(
                "submission with a recommendation",
                "submissions with a recommendation",
                seen["advised"],
            ),
            seen["advised"],
            _desk(advised="yes"),
        ),
        Line(
            ngettext(
                "application to become a partner",
                "applications to become a partner",
                seen["applying"],
            ),
            seen["applying"],
            _desk(kind="application"),
        ),
    ]
    return [line for line in lines if line.count]


def joining(asked: Asked) -> list[Line]:
    """People who ask to speak for a partner where nobody but the secretariat can answer."""
    asking = desk.requests_unheard()
    if not asking:
        return []
    said = ngettext(
        "person asks to speak for a partner without a focal point",
        "people ask to speak for partners without a focal point",
        len(asking),
    )
    path = f"{reverse('review-queue')}#unheard"
    return [Line(said, len(asking), path, **aged(asking[0].asked_at, asked.now))]


def feedback(asked: Asked) -> list[Line]:
    """What visitors wrote and nobody has dealt with."""

    def said(n: int) -> str:
        return ngettext("message of a visitor, new", "messages of visitors, new", n)

    path = list_of(Feedback, status__exact=Feedback.Status.NEW)
    return oldest_of(asked, Feedback.objects.open(), "created_at", said, path)


def uploads(asked: Asked) -> list[Line]:
    """Uploaded sheets that were tried, and wait for somebody to apply or discard them."""
    tried = ImportRun.objects.filter(status=ImportRun.Status.TRIED)

    def said(n: int) -> str:
        return ngettext(
            "uploaded sheet was tried and waits", "uploaded sheets were tried and wait", n
        )

    path = list_of(ImportRun, status__exact=ImportRun.Status.TRIED)
    return oldest_of(asked, tried, "at", said, path)
