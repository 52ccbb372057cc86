"""Submissions as programs and downloads read them: plain data, for those whom they concern."""

from typing import Any

from registry.models import ApiToken, Remark, Submission
from registry.models.submissions import SubmissionQuerySet

MOST = 100
FOR_PARTNER = (Remark.Kind.COMMENT, Remark.Kind.REASON)


def seen_with(token: ApiToken) -> SubmissionQuerySet:
    """What a token may see: what its owner may, of the partner for which it speaks."""
    found = Submission.objects.visible_to(token.owner)
    return found.filter(partner=token.partner) if token.partner else found


def page(found: SubmissionQuerySet, *, after: int, limit: int) -> list[Submission]:
    """Submissions behind the one with number `after`, oldest first; one more than `limit`."""
    behind = found.filter(number__gt=after).select_related("partner", "author")
    return list(behind.order_by("number")[: limit + 1])


def told(submission: Submission) -> dict[str, Any]:
    """A submission as plain data; `values` as they are kept, `base` what the record said."""
    return {
        "reference": submission.reference,
        "kind": submission.kind,
        "noun": submission.noun,
        "key": submission.key or None,
        "partner": submission.partner.slug if submission.partner else None,
        "author": submission.author.name or None,
        "status": submission.status,
        "version": submission.version,
        "title": submission.title,
        "values": submission.values,
        "base": submission.base,
        "not_the_same": submission.not_the_same,
        "created_at": submission.created_at,
        "saved_at": submission.saved_at,
        "since": submission.since,
        "submitted_at": submission.submitted_at,
        "decided_at": submission.decided_at,
    }


def remarks_for_partner(submission: Submission) -> list[dict[str, Any]]:
    """What was said to the partner and by it, oldest first; internal notes never."""
    said = submission.remarks.filter(kind__in=FOR_PARTNER).select_related("author")
    return [
        {
            "at": remark.at,
            "author": remark.author.name or None,
            "kind": remark.kind,
            "field": remark.field or None,
            "text": remark.text,
        }
        for remark in said.order_by("at", "pk")
    ]
