"""What a submission holds: what it starts from, what it says beyond that, what it touches."""

from typing import Any

from registry.actions import proposals
from registry.actions.values import Values
from registry.models import Area, Partner, Record, Submission, SubmissionArea

LONGEST_TITLE = Submission._meta.get_field("title").max_length


def first_values(noun: str, partner: Partner | None) -> Values:
    """What is known before anything is typed: nobody is asked for it."""
    if partner and noun == Submission.Noun.ACTIVITY:
        areas = sorted(partner.partner_areas.values_list("area__slug", flat=True))
        return {
            "participations": [{"partner": partner.slug, "role": "lead"}],
            "areas": areas if len(areas) == 1 else [],
        }
    if partner and noun == Submission.Noun.GUIDANCE:
        return {"publishers": [partner.slug]}
    return {}


def take_base(submission: Submission, record: Record) -> None:
    """Start from the record as it stands."""
    stored = proposals.of(submission).noun.shape.read(record)
    submission.base = {name: stored[name] for name in proposals.of(submission).fields}
    submission.base_version = record.version


def settle(submission: Submission) -> None:
    """Drop what says the same as the published record, and give the submission its title."""
    submission.values = {
        name: value
        for name, value in submission.values.items()
        if value != (stored := submission.base.get(name)) and not _is_blank(value, stored)
    }
    said = submission.base | submission.values
    title = said.get("name" if submission.noun == "partner" else "title")
    submission.title = title[:LONGEST_TITLE] if isinstance(title, str) else ""


def _is_blank(value: Any, stored: Any) -> bool:
    """Whether nothing is said where nothing was."""
    return all(each in (None, "", []) or each is False for each in (value, stored))


def touch_areas(submission: Submission) -> None:
    """Keep which areas the values touch: their reviewers may read it."""
    said = submission.values.get("areas", ()), submission.base.get("areas", ())
    slugs = {
        slug for areas in said if isinstance(areas, list) for slug in areas if isinstance(slug, str)
    }
    touched = Area.objects.filter(slug__in=slugs)
    submission.touched_areas.exclude(area__in=touched).delete()
    SubmissionArea.objects.bulk_create(
        [SubmissionArea(submission=submission, area=area) for area in touched],
        ignore_conflicts=True,
    )


def added_rows(submission: Submission) -> list:
    """The participations that it adds to those of the published record."""
    stored = submission.base.get("participations", [])
    proposed = submission.values.get("participations", [])
    return [row for row in proposed if row not in stored]
