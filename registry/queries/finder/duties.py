"""Where a country stands towards the Convention, and what an article asks of it by when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import deadlines
from articles.deadlines import Due, State
from articles.models import Convention, Country, Party, PhaseOut, Provision
from registry.queries import labels
from registry.queries.representation import Body
from registry.queries.revision import per_revision


class Kind(StrEnum):
    """Where a country stands."""

    PARTY = "party"
    # Its instrument is deposited; the Convention is not in force for it yet.
    FUTURE = "future"
    SIGNATORY = "signatory"
    NONE = "none"
    TERRITORY = "territory"


@dataclass(frozen=True)
class Standing:
    """Where a country stands towards the Convention on a day.

    `in_force_on` is the day of entry into force for it (Article 31); None for who is no Party.
    `as_of` is the day that the record of it speaks of.
    """

    code: str
    kind: Kind
    in_force_on: dt.date | None = None
    signed_on: dt.date | None = None
    as_of: dt.date | None = None

    @property
    def is_bound(self) -> bool:
        """Whether the obligations have days for it."""
        return self.in_force_on is not None

    @property
    def words(self) -> str:
        """The standing in a sentence or two."""
        said = {
            Kind.PARTY: _(
                "%(country)s is a Party. The Convention has been in force for it since "
                "%(in_force)s."
            ),
            Kind.FUTURE: _(
                "%(country)s has joined. The Convention will be in force for it from %(in_force)s."
            ),
            Kind.SIGNATORY: _(
                "%(country)s signed on %(signed)s and is not a Party: the obligations do not apply "
                "to it, and no dates can be counted. They would run from the ninetieth day after "
                "its own instrument (Article 31)."
            ),
            Kind.NONE: _(
                "No signature or accession of %(country)s is recorded, so it does not count as a "
                "Party here: the obligations do not apply to it, and no dates can be counted. They "
                "would run from the ninetieth day after its own instrument (Article 31)."
            ),
            Kind.TERRITORY: _(
                "%(country)s is listed as a territory and is not a Party by itself. Whether the "
                "Convention was extended to it is not recorded, so no dates can be counted."
            ),
        }[self.kind]
        return said % {
            "country": labels.COUNTRIES(None).get(self.code, self.code),
            "in_force": _in_words(self.in_force_on),
            "signed": _in_words(self.signed_on),
        }


def _in_words(day: dt.date | None) -> str:
    return date_format(day) if day else ""


def standing(country: Body, today: dt.date) -> Standing:
    """Where a country, as the public reads it, stands on a day."""
    party = country["party"]
    if not party:
        is_territory = country["un_status"] == Country.UNStatus.TERRITORY
        return Standing(country["code"], Kind.TERRITORY if is_territory else Kind.NONE)
    in_force_on = _day(party["in_force_on"])
    kind = Kind.SIGNATORY
    if party["status"] == Party.Status.PARTY and in_force_on:
        kind = Kind.PARTY if in_force_on <= today else Kind.FUTURE
    dates = (in_force_on, _day(party["signed_on"]), _day(party["as_of"]))
    return Standing(country["code"], kind, *dates)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Duty:
    """A provision as it concerns a country: its deadline, and the day that it means for it."""

    paragraph: str
    text: str
    kind: str
    deadline: str
    due: Due | None
    today: dt.date

    @property
    def summary(self) -> str:
        """What it says, in the language spoken where its words are known in it."""
        return _(self.text)

    @property
    def state(self) -> State | None:
        """Where its day stands; None where no day is known."""
        return self.due and self.due.state(self.today)

    @property
    def day(self) -> str:
        """The day in words; blank where none is known."""
        if not self.due:
            return ""
        if not self.due.rule.years:
            return _("from %s") % _in_words(self.due.on)
        if self.due.rule.is_earliest:
            return _("not before %s") % _in_words(self.due.on)
        return _in_words(self.due.on)

    @property
    def state_words(self) -> str:
        """Where its day stands, in words; blank where no day is known."""
        if not self.state:
            return ""
        return {
            State.PAST: _("past"),
            State.COMING: _("coming due"),
            State.APPLIES: _("applies now"),
            State.OPEN: _("later only if the notification came later; its date is not recorded"),
        }[self.state]

    @property
    def deadline_words(self) -> str:
        """The deadline as the data have it; that there is none is said."""
        return _(self.deadline) if self.deadline else _("no date is set")

    @property
    def when(self) -> str:
        """All of it in one line, for paper: “16 August 2020 (past): 3 years after …”."""
        if not self.due:
            return self.deadline_words
        return f"{self.day} ({self.state_words}): {self.deadline_words}"


@dataclass(frozen=True)
class Duties:
    """The provisions of an article by whom they address, and the phase-outs of its annexes."""

    every: tuple[Duty, ...]
    phase_outs: tuple["Phase", ...] = ()

    @cached_property
    def obligations(self) -> list[Duty]:
        """What a Party must do."""
        return self._of(Provision.Kind.OBLIGATION)

    @cached_property
    def choices(self) -> list[Duty]:
        """What a Party may do."""
        return self._of(Provision.Kind.DISCRETIONARY)

    @cached_property
    def institutional(self) -> list[Duty]:
        """Definitions, and what the Conference of the Parties or the secretariat does."""
        return self._of(Provision.Kind.INSTITUTIONAL)

    def _of(self, kind: str) -> list[Duty]:
        return [duty for duty in self.every if duty.kind == kind]


@dataclass(frozen=True)
class Phase:
    """A product or process with the year of its phase-out; None: the annex gives no single year."""

    annex: str
    item: str
    year: int | None
    origin: str
    today: dt.date

    @property
    def when(self) -> str:
        """The year and where it stands, in words."""
        if self.year is None:
            return _("no single year is recorded")
        state = _("past") if self.year < self.today.year else _("coming due")
        return f"{self.year} ({state})"


def phase_outs(article: int, today: dt.date) -> list[Phase]:
    """The phase-outs of the annexes to an article, earliest first, in the order of the annexes."""
    found = PhaseOut.objects.filter(annex__articles=article).order_by("annex_id", "position")
    phases = [Phase(row.annex_id, row.item, row.year, row.origin, today) for row in found]
    return sorted(phases, key=lambda phase: (phase.annex, phase.year or dt.MAXYEAR))


def all_of(article: Body, standing: Standing | None, today: dt.date) -> Duties:
    """The provisions of an article, each with the day that its deadline means for a country.

    Without a country, only what counts from the Convention itself has a day.
    """
    every = _counted(article["provisions"], standing, today)
    return Duties(tuple(every), tuple(phase_outs(article["number"], today)))


def with_deadlines(standing: Standing, today: dt.date) -> list[tuple[int, list[Duty]]]:
    """The obligations that have a deadline, by article, with the day that this means there."""
    rows = _rows_with_deadlines()
    groups: dict[int, list[Duty]] = {}
    for row, duty in zip(rows, _counted(rows, standing, today), strict=True):
        groups.setdefault(row["article_id"], []).append(duty)
    return list(groups.items())


@per_revision
def _rows_with_deadlines() -> list[Body]:
    found = Provision.objects.filter(kind=Provision.Kind.OBLIGATION).exclude(deadline="")
    return list(found.order_by("article_id", "position").values())


@per_revision
def _convention_in_force_on() -> dt.date | None:
    return Convention.objects.values_list("in_force", flat=True).first()


def _counted(provisions: Iterable[Body], standing: Standing | None, today: dt.date) -> list[Duty]:
    convention = _convention_in_force_on()
    party = standing.in_force_on if standing else None
    return [
        Duty(
            each["paragraph"],
            each["summary"],
            each["kind"],
            each["deadline"],
            deadlines.due(each["deadline"], party=party, convention=convention),
            today,
        )
        for each in provisions
    ]
