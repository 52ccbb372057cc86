"""What is sent otherwise than generated."""

import re
import uuid

import schemathesis

ONCE, WHO = "Idempotency-Key", "Authorization"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Send what the case means to say."""
    headers = case.headers if case.headers is not None else {}
    if re.fullmatch("[!-~]{1,200}", str(headers.get(ONCE, ""))):
        # Given twice, it would bring the answer of before: of a draft that may be gone by now.
        headers[ONCE] = f"{headers[ONCE]}{uuid.uuid4().hex}"
    if _is_about_missing(case, WHO):
        # What is sent with every request is left out where its absence is tried.
        for sent in (headers, kwargs.get("headers") or {}):
            sent.pop(WHO, None)


@schemathesis.hook
def filter_query(context, query):
    """An empty object is sent as nothing at all, so nothing would be wrong with what is sent."""
    return not any(value == {} for value in (query or {}).values())


def _is_about_missing(case, name):
    data = getattr(getattr(case.meta, "phase", None), "data", None)
    scenario = getattr(getattr(data, "scenario", None), "name", "")
    return getattr(data, "parameter", None) == name and scenario == "MISSING_PARAMETER"
