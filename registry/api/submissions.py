"""Submissions by programs: the same drafts, checks and review as through the pages."""

import hashlib
import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from registry.actions import drafts, proposals, reading, submissions
from registry.actions.moving import RECORDS
from registry.api.asking import nothing_else, whole_number
from registry.api.base import as_private_json
from registry.api.problems import inside
from registry.api.writing import WriteView, accepted
from registry.errors import Absent, Misunderstood
from registry.models import Participation, Partner, Record, Status, Submission
from registry.queries.fields import not_one_of
from registry.queries.submissions import MOST, page, remarks_for_partner, seen_with, told

USUAL = 25
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")


def _seen(request: Request, reference: str) -> Submission:
    """One that the token may see; any other is not there."""
    if request.auth is None:
        raise NotAuthenticated
    found = seen_with(request.auth).filter(reference=reference)
    submission = found.select_related("partner", "author").first()
    if submission is None:
        raise Http404
    if request.user.is_secretariat:
        reading.note_read(submission=submission, by=request.user)
    return submission


def _whole(submission: Submission) -> dict[str, Any]:
    """The submission, what was said about it, and what is still missing or wrong."""
    is_written = submission.status in (Status.DRAFT, Status.CHANGES_REQUESTED)
    missing = proposals.problems_in(submission) if is_written else {}
    return told(submission) | {"remarks": remarks_for_partner(submission), "missing": missing}


def _answer(submission: Submission, status: int = 200) -> HttpResponse:
    location = reverse("api:submission-detail", args=[submission.reference])
    return accepted(
        _whole(submission),
        version=submission.version,
        status=status,
        location=location if status == 201 else "",
    )


class SubmissionsView(WriteView):
    """The submissions that the token's owner may see, and the way to open another."""

    takes = {"POST": ("noun", "key", "role", "values")}

    def get(self, request: Request) -> HttpResponse:
        """A page of them, oldest first."""
        data = request.query_params
        nothing_else(data, "status", "noun", "after", "limit", "format")
        if request.auth is None:
            raise NotAuthenticated
        found = seen_with(request.auth)
        for name, known in (("status", Status), ("noun", Submission.Noun)):
            if value := data.get(name):
                if value not in known.values:
                    raise Misunderstood({name: not_one_of(value, known.values)})
                found = found.filter(**{name: value})
        limit = whole_number(data, "limit", USUAL, MOST, least=1)
        listed = page(found, after=whole_number(data, "after", 0, 2**31 - 1), limit=limit)
        following = listed[limit - 1].number if len(listed) > limit else None
        results = [told(each) for each in listed[:limit]]
        return as_private_json({"results": results, "next": _next(request, following)})

    def post(self, request: Request) -> HttpResponse:
        """Open a draft of a new record, or with `key` of a change; `role` asks to take part."""
        partner = _partner_of(request)
        noun = self.values.get("noun")
        if noun not in Submission.Noun.values:
            raise ValidationError({"noun": [not_one_of(str(noun), Submission.Noun.values)]})
        values = _object(self.values.get("values", {}))
        return _answer(self._opened(request, partner, noun, values), status=201)

    def _opened(
        self, request: Request, partner: Partner, noun: str, values: dict[str, Any]
    ) -> Submission:
        given = {"partner": partner, "ticket": _ticket(request), "by": request.user}
        if "role" in self.values:
            return drafts.join(record=self._joined(noun), role=self.values["role"], **given)
        given["values"] = values
        with inside("values"):
            if "key" not in self.values:
                return drafts.start(noun=noun, **given)
        record = _public(noun, self.values["key"])
        with inside("values"):
            return drafts.revise(record=record, **given)

    def _joined(self, noun: str) -> Record:
        """The activity in which the partner asks to take part."""
        if noun != Submission.Noun.ACTIVITY or self.values["role"] not in Participation.Role.values:
            said = not_one_of(str(self.values["role"]), Participation.Role.values)
            raise ValidationError({"role": [said]})
        if "values" in self.values:
            raise ValidationError({"values": [_("With “role” nothing else is proposed.")]})
        if "key" not in self.values:
            raise ValidationError({"key": [_("Name the activity in which it takes part.")]})
        return _public(noun, self.values["key"])


def _public(noun: str, key: Any) -> Record:
    if not isinstance(key, str) or not _SLUG.fullmatch(key):
        raise ValidationError({"key": [_("“%s” is no code of a record.") % key]})
    record = RECORDS[noun].objects.published().filter(slug=key).first()
    if record is None:
        raise Absent({"key": [_("There is no public record “%s”.") % key]})
    return record


def _next(request: Request, after: int | None) -> str | None:
    if after is None:
        return None
    query = request.query_params.copy()
    query["after"] = str(after)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _partner_of(request: Request) -> Partner:
    if request.auth.partner is None:
        said = _("This token speaks for no partner; make one for the partner that submits.")
        raise PermissionDenied(said)
    return request.auth.partner


def _object(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise ValidationError({"values": [_("Send an object: fields and their values.")]})
    return values


def _ticket(request: Request) -> uuid.UUID:
    # One key opens one draft, also after the kept answer is forgotten.
    said = f"{request.auth.pk} {request.headers['Idempotency-Key']}".encode()
    return uuid.UUID(bytes=hashlib.sha256(said).digest()[:16])


class SubmissionView(WriteView):
    """One submission."""

    takes = {"PATCH": ("values",), "DELETE": ()}

    def get(self, request: Request, key: str) -> HttpResponse:
        """As it is kept, with what is missing and what was said."""
        nothing_else(request.query_params, "format")
        return _answer(_seen(request, key))

    def patch(self, request: Request, key: str) -> HttpResponse:
        """Keep values; those that are not named stay."""
        submission, values = _seen(request, key), _object(self.values.get("values", {}))
        given = {"values": values, "version": self.version, "by": request.user}
        with inside("values"):
            return _answer(drafts.save(submission=submission, **given))

    def delete(self, request: Request, key: str) -> HttpResponse:
        """Throw away a draft that was never handed in."""
        drafts.discard(submission=_seen(request, key), version=self.version, by=request.user)
        response = HttpResponse(status=204)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _whole_version(said: Any) -> int:
    # JSON knows one kind of number: 3.0 is whole.
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    if not is_number or said % 1 or not 1 <= said < 2**31:
        why = _("Give the version of the submission that you have read, a whole number.")
        raise ValidationError({"version": [why]})
    return int(said)


class MoveView(WriteView):
    """A step of one submission: handed in, taken back."""

    takes = {"POST": ("version",)}
    action: Any = None

    def post(self, request: Request, key: str) -> HttpResponse:
        """Take the step, from the version that the body names."""
        submission, version = _seen(request, key), _whole_version(self.values.get("version"))
        with inside("values"):
            moved = type(self).action(submission=submission, version=version, by=request.user)
        return _answer(moved)


class SubmitView(MoveView):
    """Hand it in for review."""

    action = staticmethod(submissions.submit)


class WithdrawView(MoveView):
    """Take it back."""

    action = staticmethod(submissions.withdraw)
