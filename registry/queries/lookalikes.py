"""Look-alikes: accepted records that resemble what somebody writes, with the reasons (PAG-6 §16d).

Given half-typed values, each function says which public records may be one and the same thing.
Only public entries are looked at: what others have in draft or in review is never shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from registry.models import Submission
from registry.queries.alike import facts, names, organisations, scores
from registry.queries.alike.candidates import Pool
from registry.queries.alike.facts import Facts
from registry.queries.alike.rarity import Rarity
from registry.queries.alike.reasons import Reason
from registry.queries.alike.scores import SHOWN, SHOWN_DOCUMENTS, Likeness
from registry.queries.representation import Body, read_body

MOST = 5


@dataclass(frozen=True)
class LookAlike:
    """A public record that resembles what was given: how much, from 0 to 1, and why."""

    noun: str
    key: str
    body: Body
    score: float
    reasons: tuple[Reason, ...]


def similar_activities(values: Any, *, exclude: str = "", most: int = MOST) -> list[LookAlike]:
    """Activities like the one with these values (`registry.actions.shapes`), most alike first.

    The values may be incomplete or nonsense: what cannot be read is left out. `exclude` is the slug
    of the activity that is being changed.
    """
    return _similar("activity", values, scores.activities, exclude, most)


def similar_guidance(values: Any, *, exclude: str = "", most: int = MOST) -> list[LookAlike]:
    """Guidance documents like the one with these values; the same terms as for activities."""
    return _similar("guidance", values, scores.documents, exclude, most)


def similar_partners(values: Any, *, exclude: str = "", most: int = MOST) -> list[LookAlike]:
    """Partners and other organisations with a confusable name; the same terms as for activities."""
    mine, pool = names.of_values(values), Pool("partner")
    compared = (
        (key, body, names.organisations(mine, names.of_body(body), pool.rarity))
        for key, stored in organisations.candidates(pool, mine)
        if key != exclude and (body := read_body(stored))
    )
    return _best("partner", compared, SHOWN, most)


def of_submission(submission: Submission) -> list[LookAlike]:
    """Published records that may be the same as what is proposed; none for who only joins one."""
    if submission.kind == Submission.Kind.JOIN:
        return []
    given = {"exclude": submission.key} if submission.key else {}
    return SIMILAR[submission.noun](submission.base | submission.values, **given)


SIMILAR = {
    "activity": similar_activities,
    "guidance": similar_guidance,
    "partner": similar_partners,
}

type Compare = Callable[[Facts, Facts, Rarity], Likeness]


def _similar(noun: str, values: Any, compare: Compare, exclude: str, most: int) -> list[LookAlike]:
    mine, pool = facts.of_values(values), Pool(noun)
    found = pool.like(mine, facts.title_of(values))
    compared = (
        (key, body, compare(mine, facts.of_body(body), pool.rarity))
        for key, stored in found
        if key != exclude and (body := read_body(stored))
    )
    least = SHOWN_DOCUMENTS if noun == "guidance" else SHOWN
    return _best(noun, compared, least, most)


type Compared = tuple[str, Body, Likeness]


def _best(noun: str, compared: Iterable[Compared], least: float, most: int) -> list[LookAlike]:
    alike = [
        LookAlike(noun, key, body, likeness.score, likeness.reasons)
        for key, body, likeness in compared
        if likeness.score >= least
    ]
    return sorted(alike, key=lambda each: (-each.score, each.key))[:most]
