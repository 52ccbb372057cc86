"""A partner's submissions as it may take them: each with its values and its statuses."""

import json
from collections.abc import Iterator
from itertools import batched
from typing import Any

from registry.models import Event, Partner, Status, Submission
from registry.models.submissions import MOVES
from registry.queries.representation import moment

BATCH = 100


def submissions_of(partner: Partner) -> Iterator[str]:
    """All of them in the order of their numbers, as JSON texts; read a batch at a time."""
    found = partner.submissions.select_related("author").order_by("number")
    for batch in batched(found.iterator(chunk_size=BATCH), BATCH):
        steps = _steps([each.reference for each in batch])
        for each in batch:
            yield json.dumps(_body(each, steps.get(each.reference, [])), ensure_ascii=False)


def _body(submission: Submission, steps: list[dict[str, str]]) -> dict[str, Any]:
    began = {"status": str(Status.DRAFT), "since": moment(submission.created_at)}
    return {
        "reference": submission.reference,
        "kind": submission.kind,
        "noun": submission.noun,
        "record": submission.key,
        "title": submission.title,
        "status": submission.status,
        "since": moment(submission.since),
        "author": submission.author.name,
        "version": submission.version,
        "history": [began, *steps],
        "values": submission.values,
    }


def _steps(references: list[str]) -> dict[str, list[dict[str, str]]]:
    """The statuses that each came to; by whom is left out, since reviewers act for all."""
    steps: dict[str, list[dict[str, str]]] = {}
    told = Event.objects.filter(noun="submission", key__in=references, verb__in=MOVES)
    for key, after, at in told.order_by("pk").values_list("key", "after", "at"):
        steps.setdefault(key, []).append({"status": after["status"], "since": moment(at)})
    return steps
