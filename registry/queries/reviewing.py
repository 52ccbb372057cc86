"""What waits at the review desk: one queue over all nouns and kinds, and who may see what of it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import (
    Entry,
    Event,
    Membership,
    Remark,
    Status,
    Submission,
    SubmissionArea,
    User,
)
from registry.models.submissions import WRITABLE, WRITING
from registry.queries import clocks, labels, proposed
from registry.queries.criteria import Many
from registry.queries.filters import Filters

# What each state of the desk means; a submission that was never handed in is in none of them.
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "waiting": (gettext_lazy("waiting for a decision"), (Status.SUBMITTED,)),
    "changes-asked": (gettext_lazy("changes asked for"), (Status.CHANGES_REQUESTED,)),
    "decided": (
        gettext_lazy("decided or taken back"),
        (Status.APPROVED, Status.DECLINED, Status.WITHDRAWN),
    ),
}
FIRST_STATE = "waiting"
_HOLDERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "me": (gettext_lazy("me"), ("me",)),
    "nobody": (gettext_lazy("nobody yet"), ("nobody",)),
    "others": (gettext_lazy("others"), ("others",)),
}
_AGES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "7": (gettext_lazy("over 7 days"), ("7", "14")),
    "14": (gettext_lazy("over 14 days"), ("14",)),
}
# What it proposes, whatever it is about.
_SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "application": (gettext_lazy("applications"), ("application",)),
    "new": (gettext_lazy("new records"), ("new",)),
    "change": (gettext_lazy("changes of records"), ("change",)),
    "join": (gettext_lazy("taking part in an activity"), ("join",)),
}
_ADVISED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "yes": (gettext_lazy("something was recommended"), ("yes",)),
    "no": (gettext_lazy("nothing yet"), ("no",)),
}


class Among(Many):
    """Values that each stand for several of a column, or of one that is annotated."""

    def __init__(
        self, label: Any, path: str, options: Mapping[str, tuple[Any, tuple[str, ...]]]
    ) -> None:
        self.options = options
        known = {value: said for value, (said, _stored) in options.items()}
        super().__init__(label, path, lambda asked: known)

    def condition(self, model: type, values: list[str]) -> Q:
        """The condition that a record has one of what the values stand for."""
        stored = {each for value in values for each in self.options[value][1]}
        return Q(**{f"{self.path}__in": sorted(stored)})

    def counts(self, qs: QuerySet) -> dict[str, int]:
        """How many of the records each value stands for."""
        counts = super().counts(qs)
        return {
            value: sum(counts.get(str(each), 0) for each in stored)
            for value, (_said, stored) in self.options.items()
        }


class QueueFilters(Filters):
    """By what the queue can be narrowed."""

    state = Among(gettext_lazy("State"), "status", STATES)
    taken = Among(gettext_lazy("Taken on by"), "holder", _HOLDERS)
    age = Among(gettext_lazy("Waits"), "waits", _AGES)
    advised = Among(gettext_lazy("Recommended"), "advised", _ADVISED)
    kind = Among(gettext_lazy("Kind"), "sort", _SORTS)
    noun = Many(gettext_lazy("About"), "noun", labels.of(Submission.Noun))
    area = Many(gettext_lazy("Area"), "touched_areas__area__slug", labels.AREAS, may_be_none=True)
    partner = Many(
        gettext_lazy("Partner"), "partner__slug", labels.PARTNERS, label_path="partner__name"
    )


def reviewable_by(user: User) -> QuerySet[Submission]:
    """What a person may look at here: staff everything, area reviewers what touches their areas.

    While the partner writes, a submission is the partner's (and the secretariat's) own.
    """
    seen = Submission.objects.visible_to(user)
    if user.is_secretariat:
        return seen
    areas = user.reviewed_areas.values("area")
    touched = SubmissionArea.objects.filter(area__in=areas).values("submission")
    handed_in = seen.filter(submitted_at__isnull=False).exclude(status__in=WRITABLE)
    return handed_in.filter(pk__in=touched)


class Queue:
    """The submissions at the desk that a person asks for, the longest waiting first."""

    def __init__(self, user: User, data: MultiValueDict, now: dt.datetime) -> None:
        """Raises Misunderstood, naming every parameter and value that is not understood."""
        self.user, self.now = user, now
        given = data.copy()
        if "state" not in given:
            given["state"] = FIRST_STATE
        self.filters = QueueFilters(given, self._records, also=frozenset({"page"}))

    def _records(self) -> QuerySet[Submission]:
        handed_in = reviewable_by(self.user).filter(submitted_at__isnull=False)
        return handed_in.annotate(
            holder=self._holder(), waits=self._waits(), advised=self._advised(), sort=_sort()
        )

    def _holder(self) -> Case:
        return Case(
            When(claimed_by=self.user, then=Value("me")),
            When(claimed_by=None, then=Value("nobody")),
            default=Value("others"),
            output_field=TextField(),
        )

    def _waits(self) -> Case:
        return Case(
            When(submitted_at__lte=self.now - clocks.OVERDUE, then=Value("14")),
            When(submitted_at__lte=self.now - clocks.DUE, then=Value("7")),
            default=Value("0"),
            output_field=TextField(),
        )

    def _advised(self) -> Case:
        """Whether somebody recommended something since it was handed in; not told of one's own."""
        since = {"submission": OuterRef("pk"), "at__gte": OuterRef("submitted_at")}
        said = Remark.objects.filter(kind=Remark.Kind.RECOMMENDATION, **since)
        own = Q(author=self.user) | Q(partner__in=partners_of(self.user))
        return Case(
            When(Exists(said) & ~own, then=Value("yes")),
            default=Value("no"),
            output_field=TextField(),
        )

    def count(self) -> int:
        """How many there are."""
        return self.filters.qs.count()

    def facet(self, name: str) -> dict[str, tuple[Any, int]]:
        """The values of a filter, with label and count; the filter itself does not narrow them."""
        each = self.filters.facets[name]
        return each.labelled(each.counts(self.filters.without(name)))

    def stretch(self, offset: int, limit: int) -> list["Row"]:
        """A stretch of the queue, as many questions for one row as for a hundred."""
        found = self.filters.qs.select_related("partner", "author", "claimed_by")
        if self.filters.asked["state"] == ["decided"]:
            found = found.order_by("-since", "-number")
        else:
            found = found.order_by("submitted_at", "number")
        return _rows(list(found[offset : offset + limit]), self.user, self.now)


def _sort() -> Case:
    applies = Q(kind=Submission.Kind.CREATE, noun=Submission.Noun.PARTNER)
    return Case(
        When(applies, then=Value("application")),
        When(kind=Submission.Kind.CREATE, then=Value("new")),
        When(kind=Submission.Kind.CHANGE, then=Value("change")),
        default=Value("join"),
        output_field=TextField(),
    )


@dataclass(frozen=True)
class Row:
    """A submission as the queue shows it."""

    submission: Submission
    kind: str
    days: int
    clock: clocks.Clock | None
    areas: list[str]
    changed: list[str]
    advice: list[tuple[str, int]]
    alike: int


def _rows(found: Sequence[Submission], user: User, now: dt.datetime) -> list[Row]:
    areas, advice, own = _areas(found), _advice(found), partners_of(user)
    return [
        Row(
            submission=each,
            kind=kind_of(each),
            days=(now - each.submitted_at).days,
            clock=clocks.clock_of(each, now),
            areas=areas[each.pk],
            changed=[proposed.label(name) for name in changed_fields(each)],
            advice=[] if is_own(each, user, own) else advice[each.pk],
            alike=len(each.not_the_same),
        )
        for each in found
    ]


def kind_of(submission: Submission) -> str:
    """What sort of proposal it is, in words."""
    is_new = submission.kind == Submission.Kind.CREATE
    if is_new and submission.noun == Submission.Noun.PARTNER:
        return _("application")
    return str(submission.get_kind_display())


def changed_fields(submission: Submission) -> list[str]:
    """The fields of a published record that it would change, by name."""
    is_new = submission.kind == Submission.Kind.CREATE
    return [] if is_new else sorted(submission.values, key=proposed.label)


def _areas(found: Sequence[Submission]) -> dict[int, list[str]]:
    areas: dict[int, list[str]] = defaultdict(list)
    touched = SubmissionArea.objects.filter(submission__in=found).order_by("area__number")
    for pk, name in touched.values_list("submission_id", "area__short_name"):
        areas[pk].append(name)
    return areas


def _advice(found: Iterable[Submission]) -> dict[int, list[tuple[str, int]]]:
    """What was recommended of each since it was handed in last: the last word of each person."""
    said = Remark.objects.filter(submission__in=found, kind=Remark.Kind.RECOMMENDATION)
    said = said.filter(at__gte=F("submission__submitted_at")).order_by("pk")
    last = {(r.submission_id, r.author_id): r.advice for r in said}
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for (pk, _author), advice in last.items():
        counts[pk][advice] += 1
    words = dict(Remark.Advice.choices)
    return defaultdict(
        list,
        {pk: [(str(words[a]), n) for a, n in each.most_common()] for pk, each in counts.items()},
    )


def partners_of(user: User) -> set[int]:
    """The partners for which a person speaks."""
    return set(Membership.objects.filter(user=user).values_list("partner_id", flat=True))


def is_own(submission: Submission, user: User, partners: set[int]) -> bool:
    """Whether it is theirs or a partner's of theirs: what reviewers say is not for them."""
    return submission.author_id == user.pk or submission.partner_id in partners


@dataclass(frozen=True)
class ToldApart:
    """A look-alike of which the partner says why it is another record."""

    key: str
    title: str
    because: str


def told_apart(submission: Submission) -> list[ToldApart]:
    """What the partner says of look-alikes; one that is not public has no title."""
    because = submission.not_the_same
    found = Entry.objects.public().filter(noun=submission.noun, key__in=list(because))
    titles = dict(found.values_list("key", "title")) if because else {}
    return [ToldApart(key, titles.get(key, ""), said) for key, said in because.items()]


def reviewers_of(submission: Submission) -> list[User]:
    """Who may take it on: the secretariat and the reviewers of its areas.

    Not its own people: whoever wrote some of it, or belongs to the partner.
    """
    touched = submission.touched_areas.values("area")
    reviewing = User.objects.filter(reviewed_areas__area__in=touched, is_active=True).values("pk")
    staff = clocks.secretariat().order_by().values("pk")
    own = Membership.objects.filter(partner=submission.partner_id).values("user")
    people = User.objects.filter(Q(pk__in=staff) | Q(pk__in=reviewing))
    wrote = Event.objects.about("submission", submission.reference).filter(
        verb__in=WRITING, actor_id__isnull=False
    )
    people = people.exclude(pk__in=own).exclude(pk__in=wrote.order_by().values("actor_id"))
    people = people.exclude(pk=submission.author_id)
    return list(people.order_by("name", "email"))
