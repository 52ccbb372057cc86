"""Actions are called by keyword and know who acts; what others call carries types and a line."""

import inspect

import pytest

from registry.actions import (
    accounts,
    activities,
    areas,
    attachments,
    audit,
    batches,
    contributions,
    delivery,
    drafts,
    entrance,
    feedback,
    following,
    guidance,
    idempotency,
    jobs,
    joins,
    links,
    meetings,
    memberships,
    notices,
    partners,
    proposed_joins,
    reading,
    reference,
    reminders,
    reviewers,
    reviews,
    submissions,
    telling,
    tokens,
)
from registry.models import Record
from tests.house.files import modules

NOUNS = (activities, areas, contributions, guidance, meetings, partners)
OTHERS = (
    accounts,
    attachments,
    audit,
    batches,
    delivery,
    drafts,
    entrance,
    feedback,
    following,
    idempotency,
    jobs,
    joins,
    links,
    memberships,
    notices,
    proposed_joins,
    reading,
    reference,
    reminders,
    reviewers,
    reviews,
    submissions,
    telling,
    tokens,
)
# Questions that an action asks before it acts: they change nothing, so nobody does them.
PURE = {
    "registry.actions.accounts.role_of",
    "registry.actions.activities.phase_of",
    "registry.actions.activities.reference",
    "registry.actions.activities.status_on",
    "registry.actions.attachments.path_of",
    "registry.actions.attachments.safe_name",
    "registry.actions.batches.is_undoable",
    "registry.actions.drafts.belongs",
    "registry.actions.following.apart_of",
    "registry.actions.following.consequences",
    "registry.actions.following.naming",
    "registry.actions.following.renamed_values",
    "registry.actions.following.told_of",
    "registry.actions.following.united",
    "registry.actions.jobs.in_one_line",
    "registry.actions.joins.is_undoable",
    "registry.actions.joins.merged",
    "registry.actions.reference.address",
    "registry.actions.reference.mark",
    "registry.actions.reference.read",
    "registry.actions.reference.unchanged",
    "registry.actions.reviews.is_independent",
    "registry.actions.telling.authors",
    "registry.actions.telling.deciders",
    "registry.actions.telling.link",
    "registry.actions.telling.reviewers",
}


def _public(module):
    """The functions and bound verbs that a module offers as its own."""
    for name, value in vars(module).items():
        is_own = inspect.isfunction(value) and value.__module__ == module.__name__
        if not name.startswith("_") and (is_own or inspect.ismethod(value)):
            yield f"{module.__name__}.{name}", value


ACTIONS = {
    name: verb for module in (*NOUNS, *OTHERS) for name, verb in _public(module) if name not in PURE
}
# Written for Django, which gives these functions their shape.
CALLED_BY_DJANGO = ("as_sqlite", "as_postgresql")
DJANGO = ("articles.admin", "articles.apps", "articles.management")
CALLED = [
    module
    for module in modules(
        "articles",
        "registry.actions",
        "registry.errors",
        "registry.exchange",
        "registry.permissions",
        "registry.queries",
        "registry.words",
    )
    if not module.__name__.startswith(DJANGO)
]


def test_every_noun_has_the_four_verbs():
    models = {noun.SHAPE.model for noun in NOUNS}

    assert models == set(Record.__subclasses__())
    for noun in NOUNS:
        assert {"create", "change", "withdraw", "restore"} <= vars(noun).keys()


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_are_keyword_only_and_know_who_acts(name):
    parameters = inspect.signature(ACTIONS[name]).parameters

    assert "by" in parameters
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


def test_pure_questions_are_still_there():
    found = {name for module in (*NOUNS, *OTHERS) for name, _ in _public(module)}

    assert PURE - found == set()


def _offered(module):
    """The public functions and classes of a module, and the public methods of these."""
    for name, value in vars(module).items():
        if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
            continue
        if getattr(value, "__name__", name) != name:
            continue  # another name for something private
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            yield name, value
            yield from _methods(value)


def _methods(of):
    # What Django and dataclasses add to a class was not written by us.
    for name, value in vars(of).items():
        method = getattr(value, "fget", None) or getattr(value, "func", None) or value
        method = getattr(method, "__func__", method)
        is_ours = getattr(method, "__qualname__", "") == f"{of.__qualname__}.{name}"
        if inspect.isfunction(method) and is_ours and not name.startswith(("_", *CALLED_BY_DJANGO)):
            yield f"{of.__name__}.{name}", method


@pytest.mark.parametrize("module", CALLED, ids=lambda each: each.__name__)
def test_what_others_call_says_what_it_is(module):
    silent = [name for name, value in _offered(module) if not (value.__doc__ or "").strip()]

    assert silent == []


@pytest.mark.parametrize("module", CALLED, ids=lambda each: each.__name__)
def test_what_others_call_carries_types(module):
    untyped = [
        f"{name}({parameter})"
        for name, value in _offered(module)
        if inspect.isfunction(value)
        for parameter, annotation in _annotations(value)
        if annotation is inspect.Parameter.empty
    ]

    assert untyped == []


def _annotations(function):
    signature = inspect.signature(function, follow_wrapped=True)
    for place, parameter in enumerate(signature.parameters.values()):
        if not (place == 0 and parameter.name in ("self", "cls")):
            yield parameter.name, parameter.annotation
    yield "return", signature.return_annotation
