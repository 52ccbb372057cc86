"""Answers of the API: the headers, and the problems in their one shape."""

from typing import Any

from registry.api.problems import MEDIA_TYPE

Answer = dict[str, Any]


def _header(kind: str, says: str) -> dict[str, Any]:
    return {"description": says, "schema": {"type": kind}}


HEADERS = {
    "ETag": _header("string", "Strong tag of these bytes, for If-None-Match."),
    "Cache-Control": _header("string", "How long the answer may be kept without asking."),
    "Link": _header("string", "On the index: `service-desc` and `service-doc` (RFC 8631)."),
    "Vary": _header("string", "The request headers on which the answer depends."),
}
LIMITS = {
    "RateLimit-Limit": _header("integer", "Requests allowed in the present window."),
    "RateLimit-Remaining": _header("integer", "Requests left in it."),
    "RateLimit-Reset": _header("integer", "Seconds until the next window."),
}
CHALLENGE = {"WWW-Authenticate": _header("string", "How one signs in: Bearer.")}
RETRY = {"Retry-After": _header("integer", "Seconds to wait before the next request.")}

# A key is never needed to read; with one, a program may ask more often.
KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "Authorization: Bearer and a key, which begins with gmp_; never in an address.",
}

# Status → what it means and which headers it has. Every operation has the first ones.
PROBLEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "400": ("A parameter or value is not understood; `errors` names each.", {}),
    "401": ("The key is missing, unknown, revoked or expired.", CHALLENGE),
    "404": ("There is no record, or no page of the list, at this address.", {}),
    "405": ("Not a verb of this address; `Allow` names the verbs.", {}),
    "406": ("None of the representations that Accept names exists here.", {}),
    "403": ("The key may not do this.", {}),
    "409": ("What is asked does not go together, or not with what is there.", {}),
    "410": ("The record was withdrawn; its address stays unused.", {}),
    "412": ("Somebody else changed it; `errors` holds both texts, `version` the new number.", {}),
    "413": ("More than is taken at once.", {}),
    "415": ("The body is not JSON.", {}),
    "422": ("The Idempotency-Key was sent with another request.", {}),
    "428": ("Say with If-Match which version was read.", {}),
    "429": ("Too many requests; wait for `Retry-After`.", RETRY),
}
EVERYWHERE = ("400", "401", "406", "429")


def found(says: str, content: dict[str, Any], links: dict[str, Any] | None = None) -> Answer:
    """The answer 200."""
    names = [*HEADERS, *LIMITS]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    answer = {"description": says, "headers": headers, "content": content}
    return answer | ({"links": links} if links else {})


def as_json(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The content of an answer in JSON."""
    return {"application/json": {"schema": schema, **more}}


def all_of(answer: Answer, *further: str) -> dict[str, Answer]:
    """An operation's answers: 200, 304 and the problems, in the order of their numbers."""
    problems = sorted({*EVERYWHERE, *further})
    said = {code: {"$ref": f"#/components/responses/Problem{code}"} for code in problems}
    return {"200": answer, "304": {"$ref": "#/components/responses/NotModified"}, **said}


def moved() -> dict[str, Answer]:
    """What is answered of a record that was joined with another of its noun."""
    where = {"description": "The address of that record.", "schema": {"type": "string"}}
    says = "It was found to be the same as another record, which has taken its place."
    return {"301": {"description": says, "headers": {"Location": where}}}


def shared() -> dict[str, Answer]:
    """The answers that all operations share, by name."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    answers: dict[str, Answer] = {"NotModified": {"description": "What you hold is still right."}}
    for code, (says, headers) in PROBLEMS.items():
        answers[f"Problem{code}"] = {
            "description": says,
            "headers": headers,
            "content": {MEDIA_TYPE: problem},
        }
    return answers
