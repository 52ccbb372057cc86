"""Pairs of records that may be one and the same, and two records side by side.

Finding pairs is bounded however many records there are. A page compares the records of one stretch,
newest number first, each with the few candidates that the look-alikes of the desk choose
(`registry.queries.alike.candidates`: keys, same titles, rare words; at most some hundred). The
first page begins with what is certain: records of the very same name, in one run over the index of
names that ends after so many.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Q
from django.utils.text import capfirst

from registry.models import Activity, Apart, Entry, EntryName, Guidance, Partner, Record
from registry.queries import proposed
from registry.queries.alike.reasons import Reason
from registry.queries.lookalikes import SIMILAR
from registry.queries.representation import Body, read_body

KEPT, GONE, BOTH = "kept", "gone", "both"
# So many records are compared for a page, and so many names that several have are looked up.
STRETCH, MOST_NAMES = 50, 500
# Of records of one name, so many; and so many of them all.
MOST_OF_A_NAME, MOST_CERTAIN = 5, 50
# Of so many that are like one record, the best.
MOST_LIKE = 5
# Running text: of two, the longer says more.
_TEXTS = ("summary", "abstract", "involvement")
# What goes with something else, and is taken from the same record.
_WITH = {
    "represented_by": "standing",
    "external_id": "source_system",
    "source_system": "external_id",
}
MODELS: dict[str, type[Record]] = {model.noun: model for model in (Activity, Guidance, Partner)}


@dataclass(frozen=True)
class Pair:
    """Two public records that may be the same: how alike they are, from 0 to 1, and why."""

    noun: str
    one: Body
    other: Body
    score: float
    reasons: tuple[Reason, ...]

    @property
    def titles(self) -> tuple[str, str]:
        """What the two are called."""
        return tuple(str(each.get("title") or each.get("name")) for each in (self.one, self.other))


@dataclass(frozen=True)
class Page:
    """Pairs, the most alike first; `next` is where the next stretch begins, None at the end."""

    pairs: list[Pair]
    compared: int
    next: int | None


def pairs(noun: str, *, before: int | None = None) -> Page:
    """Look-alikes among the public records of a noun, without those that are kept apart.

    `before` is the `next` of the page before. A pair may come again with its other record.
    """
    entries = Entry.objects.public().filter(noun=noun)
    behind = entries.filter(pk__lt=before) if before else entries
    stretch = list(behind.order_by("-pk").values_list("pk", "body")[: STRETCH + 1])
    bodies = [read_body(body) for _pk, body in stretch[:STRETCH]]
    certain = [] if before else _of_one_name(noun)
    found: dict[tuple[str, str], Pair] = {}
    for body in {body["slug"]: body for body in (*certain, *bodies)}.values():
        for pair in _like(noun, body):
            found.setdefault(_slugs(pair), pair)
    for slugs in _apart(noun, {slug for pair in found for slug in pair}):
        found.pop(slugs, None)
    best = sorted(found.values(), key=lambda each: (-each.score, _slugs(each)))
    following = stretch[STRETCH - 1][0] if len(stretch) > STRETCH else None
    return Page(best, len(bodies), following)


def pair_of(noun: str, one: Body, other: Body) -> Pair | None:
    """How alike two public records are and why; None if they are not."""
    wanted = {one["slug"], other["slug"]}
    found = (pair for pair in _like(noun, one) if set(_slugs(pair)) == wanted)
    return next(found, None)


def _like(noun: str, body: Body) -> Iterator[Pair]:
    for like in SIMILAR[noun](_as_values(body), exclude=body["slug"], most=MOST_LIKE):
        yield Pair(noun, body, like.body, like.score, like.reasons)


def _as_values(body: Body) -> dict[str, Any]:
    """A public representation under the names that values have."""
    return body | {
        "countries": [card["code"] for card in body.get("countries", ())],
        "areas": [card["slug"] for card in body.get("areas", ())],
        "articles": [{"article": str(card["number"])} for card in body.get("articles", ())],
        "participations": [
            {"partner": card["slug"], "role": card["role"], "name": card["name"]}
            for card in body.get("partners", ())
        ],
        "publishers": [card["slug"] for card in body.get("publishers", ())],
    }


def _slugs(pair: Pair) -> tuple[str, str]:
    return in_order(pair.one["slug"], pair.other["slug"])


def in_order(one: str, other: str) -> tuple[str, str]:
    """The pair as it is kept."""
    return (one, other) if one < other else (other, one)


def _of_one_name(noun: str) -> list[Body]:
    """Of the names that several records of the noun have as their title: those records."""
    titled = EntryName.objects.filter(is_title=True)
    # Whose names they are is asked of those few only: to ask of all would read all entries.
    counted = titled.values("name").annotate(n=Count("entry_id")).filter(n__gt=1)
    names = list(counted.order_by("-n", "name").values_list("name", flat=True)[:MOST_NAMES])
    public = titled.filter(name__in=names, entry__noun=noun, entry__withdrawn_at__isnull=True)
    rows = public.order_by("name", "entry_id")
    first: dict[str, list[str]] = {}
    for name, body in rows.values_list("name", "entry__body")[:MOST_CERTAIN]:
        first.setdefault(name, []).append(body)
    several = [bodies[:MOST_OF_A_NAME] for bodies in first.values() if len(bodies) > 1]
    return [read_body(body) for bodies in several for body in bodies]


def _apart(noun: str, slugs: set[str]) -> list[tuple[str, str]]:
    kept = Apart.objects.filter(noun=noun, one__in=slugs, other__in=slugs)
    return list(kept.values_list("one", "other"))


@dataclass(frozen=True)
class Choice:
    """A field of two records: both values in words, and which is taken unless one chooses."""

    name: str
    label: str
    kept: list[str]
    gone: list[str]
    is_list: bool
    differs: bool
    taken: str


def choices(noun: str, kept: dict[str, Any], gone: dict[str, Any]) -> list[Choice]:
    """The values of two records (`registry.actions.shapes`), field by field, without addresses."""
    names = proposed.Names.behind(kept, gone)
    return [_choice(noun, name, kept, gone, names) for name in kept if name != "slug"]


def _choice(
    noun: str, name: str, kept: dict[str, Any], gone: dict[str, Any], names: proposed.Names
) -> Choice:
    return Choice(
        name=name,
        label=_label(noun, name),
        kept=_words(noun, name, kept[name], names),
        gone=_words(noun, name, gone[name], names),
        is_list=isinstance(kept[name], list),
        differs=kept[name] != gone[name],
        taken=taken(name, kept, gone),
    )


def taken(name: str, kept: dict[str, Any], gone: dict[str, Any]) -> str:
    """Whose value is taken unless somebody chooses: lists are united, else the fuller. Pure.

    What is blank says less than what is not, of running texts the longer says more, a date that is
    known to the day more than one to the year; where neither says more, the kept record's stays.
    """
    if isinstance(kept[name], list):
        return BOTH
    if name == "standing":
        return GONE if gone[name] == Partner.Standing.PARTNER != kept[name] else KEPT
    beside = _WITH.get(name)
    if beside == "standing":
        return taken("standing", kept, gone)
    if beside and (kept[name] or kept[beside]):
        return KEPT
    return GONE if _says_more(name, gone[name], kept[name]) else KEPT


def _says_more(name: str, value: Any, than: Any) -> bool:
    if not than:
        return bool(value)
    if not isinstance(value, str):
        return False
    return len(value) > len(than) and (name in _TEXTS or value.startswith(f"{than}-"))


def _label(noun: str, name: str) -> str:
    if name in proposed.LABELS:
        return proposed.label(name)
    try:
        return capfirst(str(MODELS[noun]._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(proposed.label(name))


def _words(noun: str, name: str, value: Any, names: proposed.Names) -> list[str]:
    if isinstance(value, list):
        return proposed.rows_of(name, value, names)
    if name == "represented_by":
        found = Partner.objects.filter(slug=value or "").values_list("name", flat=True)
        return list(found)
    field = MODELS[noun]._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()))
    said = capfirst(str(choices[value])) if value and value in choices else ""
    return (said or proposed.text_of(noun, name, value, names)).splitlines()


def is_apart(noun: str, one: str, other: str) -> bool:
    """Whether somebody said that the two are not the same."""
    either = Q(one=one, other=other) | Q(one=other, other=one)
    return Apart.objects.filter(either, noun=noun).exists()
