"""What programs write: submissions, with the bodies that they take and the headers they need."""

from collections.abc import Callable
from typing import Any

from registry.api.description import answers, values
from registry.api.description.parameters import Parameter, parameter
from registry.api.description.schemas import address, count, part, reference
from registry.models import Participation, Remark, Status, Submission
from registry.queries.meaning.kinds import Schema, many, of, text, whole
from registry.queries.submissions import MOST

Operation = dict[str, Any]
TAG = "submissions"
SAYS = "Proposed changes: drafts, what is in review, what was decided. For keys of partners only."
_MOMENT = {"type": "string", "format": "date-time"}
_VALUES: Schema = {
    "type": "object",
    "description": (
        "Fields of the record and their values: text, numbers, true or false, null; codes of other "
        "records; lists of codes or of rows. A draft may be incomplete."
    ),
    "additionalProperties": True,
}


def _moment(says: str, *, is_null: bool = False) -> Schema:
    kind = {"type": ["string", "null"]} if is_null else {}
    return _MOMENT | kind | {"description": says}


_FIELDS = of(
    Submission,
    reference="What people call it, also over the telephone.",
    kind="Whether it makes a record, changes one, or asks to take part in an activity.",
    noun="What the record is.",
    key={"type": ["string", "null"], "description": "Code of the public record, once there is."},
    partner={"type": ["string", "null"], "description": "Code of the partner it is made for."},
    author={"type": ["string", "null"], "description": "Who began it, by name."},
    status="Where it stands.",
    version=count("Counts what was saved; every write names the one that it has read."),
    title="Title of the record, as proposed.",
    values=_VALUES,
    base=_VALUES | {"description": "Of a change: what the record said when it was begun."},
    not_the_same={
        "type": "object",
        "description": "Look-alikes by code, and why this is another record.",
        "additionalProperties": {"type": "string"},
    },
    created_at=_moment("When it was begun."),
    saved_at=_moment("When it was saved last."),
    since=_moment("When it came to its status."),
    submitted_at=_moment("When it was handed in last. Null: never.", is_null=True),
    decided_at=_moment("When it was decided. Null: it is not.", is_null=True),
)
_REMARK = of(
    Remark,
    at=_moment("When it was said."),
    author={"type": ["string", "null"], "description": "Who said it, by name."},
    kind=text("What it is.", enum=[Remark.Kind.COMMENT.value, Remark.Kind.REASON.value]),
    field={"type": ["string", "null"], "description": "The field that it points at, if any."},
    text="What was said.",
)
_WHOLE = _FIELDS | {
    "remarks": many("Remark", "What reviewers and partner wrote to each other, oldest first."),
    "missing": {
        "type": "object",
        "description": "Of a draft: what keeps it from being handed in, by field.",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    },
}
_KEY = text("Code of the public record to change.", pattern="^[-a-zA-Z0-9_]{1,100}$")
_ROLE = text(
    "What the partner does in it; names the activity by `key`.", enum=Participation.Role.values
)
SCHEMAS: dict[str, Schema] = {
    "Remark": whole("Something said about a submission.", _REMARK),
    "SubmissionInList": whole("A proposed change.", _FIELDS),
    "Submission": whole("A proposed change, with what is missing and what was said.", _WHOLE),
    "SubmissionList": whole(
        "A page of submissions, oldest first.",
        {
            "results": many("SubmissionInList", "The submissions."),
            "next": address("Address of the next page. Null: this is the last.", is_null=True),
        },
    ),
    **values.schemas(),
    "NewSubmission": {
        "description": "A draft to open.",
        "oneOf": [
            values.opening("activity", key=_KEY),
            values.opening("activity", "key", "role", key=_KEY, role=_ROLE),
            values.opening("guidance", key=_KEY),
            values.opening("partner", "key", key=_KEY),
        ],
    },
    "ChangedSubmission": part("Values to keep.", {"values": values.of_any_noun()})
    | {"additionalProperties": False},
    "Step": part(
        "The version that was read.",
        {
            "version": {
                "type": "integer",
                "minimum": 1,
                "maximum": 2**31 - 1,
                "description": "Its number.",
            }
        },
        "version",
    )
    | {"additionalProperties": False},
}


def _key() -> Parameter:
    shape = {"type": "string", "pattern": "^S-[0-9]{4,9}-[0-9]$"}
    return {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": shape,
        "description": "The `reference` of the submission.",
    }


def _header(name: str, pattern: str, says: str) -> Parameter:
    shape = {"type": "string", "pattern": pattern}
    return {"name": name, "in": "header", "required": True, "schema": shape, "description": says}


_ONCE = _header(
    "Idempotency-Key", "^[!-~]{1,255}$", "New for each write; sent again, it is done once."
)
_MATCH = _header("If-Match", '^"v[1-9][0-9]{0,8}"$', 'The version that was read, such as "v3".')
_FORMAT = parameter("format", {"type": "string", "enum": ["json"]}, "The representation.")


def _operation(
    name: str, summary: str, says: str, parameters: list[Parameter], responses: dict, body: str = ""
) -> Operation:
    found = {
        "operationId": name,
        "tags": [TAG],
        "summary": summary,
        "description": says,
        "parameters": parameters,
        "responses": responses,
        "security": [{"key": []}],
    }
    if body:
        content = answers.as_json(reference(body))
        found["requestBody"] = {"required": True, "content": content}
    return found


def _answer(code: str, says: str, schema: str, *problems: str) -> dict[str, Any]:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("Cache-Control", "Vary")}
    if schema == "Submission":
        headers["ETag"] = {
            "description": 'Its version, such as "v3", for If-Match.',
            "schema": {"type": "string"},
        }
    first = {"description": says, "headers": headers}
    if schema:
        first["content"] = answers.as_json(reference(schema))
    named = sorted({*answers.EVERYWHERE, *problems})
    refused = {each: {"$ref": f"#/components/responses/Problem{each}"} for each in named}
    return {code: first, **refused}


_WRITE = ("403", "409", "413", "415")


def _list() -> dict[str, Operation]:
    statuses = {"type": "string", "enum": [*Status.values, ""]}
    nouns = {"type": "string", "enum": [*Submission.Noun.values, ""]}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": 25}
    after = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 0}
    asked = [
        parameter("status", statuses, "Only those that stand so."),
        parameter("noun", nouns, "Only those about such records."),
        parameter("limit", limit, "Submissions on a page."),
        parameter("after", after, "Goes on behind this number; `next` gives it."),
        _FORMAT,
    ]
    listed = _answer("200", "A page of the list.", "SubmissionList")
    opened = _answer("201", "The draft.", "Submission", *_WRITE, "404", "422")
    opened["201"]["links"] = _onward()
    return {
        "get": _operation(
            "list_submissions", "List submissions", "Those that the key may see.", asked, listed
        ),
        "post": _operation(
            "open_submission", "Open a draft", _OPEN_SAYS, [_ONCE], opened, "NewSubmission"
        ),
    }


def _onward() -> dict[str, Any]:
    """What can be done with a draft next, from the answer that gave it."""
    named = {"key": "$response.body#/reference"}
    version = {"If-Match": "$response.header.ETag"}
    step = {"version": "$response.body#/version"}
    return {
        "read": {"operationId": "get_submission", "parameters": named},
        "save": {"operationId": "save_submission", "parameters": named | version},
        "discard": {"operationId": "discard_submission", "parameters": named | version},
        "submit": {"operationId": "submit_submission", "parameters": named, "requestBody": step},
        "withdraw": {
            "operationId": "withdraw_submission",
            "parameters": named,
            "requestBody": step,
        },
    }


_OPEN_SAYS = (
    "Opens a draft for the partner of the key. Nothing is public until the secretariat has "
    "approved it."
)


def _one() -> dict[str, Operation]:
    got = _answer("200", "The submission.", "Submission", "404")
    saved = _answer("200", "As it is kept now.", "Submission", *_WRITE, "404", "412", "428")
    gone = _answer("204", "It is thrown away.", "", *_WRITE, "404", "412", "428")
    return {
        "get": _operation("get_submission", "One submission", "As kept.", [_key(), _FORMAT], got),
        "patch": _operation(
            "save_submission",
            "Save values",
            "Keeps these values; those that are not named stay. They may be incomplete or wrong.",
            [_key(), _MATCH],
            saved,
            "ChangedSubmission",
        ),
        "delete": _operation(
            "discard_submission",
            "Throw a draft away",
            "Only one that was never handed in.",
            [_key(), _MATCH],
            gone,
        ),
    }


def _step(name: str, summary: str, says: str) -> Callable[[], dict[str, Operation]]:
    moved = _answer("200", "As it stands now.", "Submission", *_WRITE, "404", "412", "422")
    post = _operation(name, summary, says, [_key(), _ONCE], moved, "Step")
    return lambda: {"post": post}


# By name of the address.
WRITES: dict[str, Callable[[], dict[str, Operation]]] = {
    "submission-list": _list,
    "submission-detail": _one,
    "submission-submit": _step(
        "submit_submission",
        "Hand it in for review",
        "Checks everything; what is missing or wrong comes back all at once.",
    ),
    "submission-withdraw": _step(
        "withdraw_submission", "Take it back", "Ends it, before it is decided."
    ),
}
