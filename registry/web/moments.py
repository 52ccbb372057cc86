"""Dates in their order: those of an article, and those of a country towards the Convention."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import PartialDate
from articles.languages import language_name
from articles.models import AnnexAmendment, ConferenceOfTheParties, Convention, Party, PhaseOut
from articles.numbers import spaced
from registry.queries.articles import listing
from registry.queries.representation import Body
from registry.web.relations import address

# More phase-outs than these in a year are told by how many they are.
MOST_NAMED = 2


@dataclass(frozen=True)
class Moment:
    """What happens on a date, as far as the date is known: 2034, 2025-04 or 2017-08-16.

    `details` are single things that fall on it; `is_main` marks what the page is about.
    """

    date: str
    text: str
    address: str = ""
    details: tuple[str, ...] = ()
    is_main: bool = False

    @property
    def words(self) -> str:
        """The date as people write it."""
        return PartialDate.parse(self.date).in_words()


def in_order(moments: list[Moment]) -> list[Moment]:
    """The earliest first; a year stands before its days."""
    return sorted(moments, key=lambda moment: moment.date)


def of_convention(convention: Convention) -> list[Moment]:
    """When the Convention was adopted and entered into force."""
    return [
        Moment(f"{convention.adopted}", _("The Convention is adopted")),
        Moment(f"{convention.in_force}", _("The Convention enters into force")),
    ]


def of_article(
    number: int, phase_outs: list[PhaseOut], convention: Convention | None
) -> list[Moment]:
    """Dates of an article: the Convention's, its phase-outs, what changed its annexes, decisions.

    Deadlines that run from a Party's own entry into force have no date: they stand in words with
    their provisions.
    """
    found = of_convention(convention) if convention else []
    decided = _decisions(number)
    days = {moment.date for moment in decided}
    # Whoever adopts an amendment takes a decision on it: once is enough.
    amended = [each for each in _amendments(number) if each.date not in days]
    return in_order([*found, *_phase_outs(phase_outs), *amended, *decided])


def _phase_outs(rows: list[PhaseOut]) -> list[Moment]:
    items: dict[int, list[str]] = {}
    for row in rows:
        if row.year:
            items.setdefault(row.year, []).append(row.item)
    return [
        Moment(
            str(year),
            _phased_out(len(named)),
            "#phase-outs",
            tuple(named) if len(named) <= MOST_NAMED else (),
            is_main=True,
        )
        for year, named in items.items()
    ]


def _phased_out(n: int) -> str:
    said = ngettext(
        "%s product or process is phased out", "%s products or processes are phased out", n
    )
    return said % spaced(n)


def next_phase_out(rows: list[PhaseOut], year: int) -> int | None:
    """The next year, this one included, in which something is to be phased out."""
    return min((row.year for row in rows if row.year and row.year >= year), default=None)


def _amendments(number: int) -> list[Moment]:
    rows = AnnexAmendment.objects.filter(annex__articles=number).order_by("adopted", "annex_id")
    found = []
    for row in rows:
        named = {"annex": row.annex_id, "cop": row.meeting}
        adopted = _("%(cop)s amends Annex %(annex)s") % named
        found.append(Moment(f"{row.adopted}", adopted))
        if row.in_force:
            said = _("The amendment of Annex %(annex)s by %(cop)s enters into force") % named
            found.append(Moment(f"{row.in_force}", said))
    return found


def _decisions(number: int) -> list[Moment]:
    counts = listing("decision", article=str(number)).found.counts("cop")
    found = []
    for each in ConferenceOfTheParties.objects.order_by("number"):
        if not (n := counts.get(str(each.number))):
            continue
        said = ngettext(
            "COP-%(cop)s takes %(n)s decision on it", "COP-%(cop)s takes %(n)s decisions on it", n
        )
        link = address("decision", article=str(number), cop=str(each.number))
        found.append(Moment(f"{each.end}", said % {"cop": each.number, "n": n}, link))
    return found


def of_party(country: Body, name: str, convention: Convention | None) -> list[Moment]:
    """The dates of a country towards the Convention, among those of the Convention itself."""
    found = of_convention(convention) if convention else []
    return in_order(found + _steps(country["party"] or {}, name) + _plans(country))


def _steps(party: Body, name: str) -> list[Moment]:
    steps = [
        (party.get("signed_on"), _("%s signs it")),
        (party.get("consent_on"), _consent(party.get("consent_kind"))),
        (party.get("in_force_on"), _("It enters into force for %s")),
    ]
    return [Moment(day, said % name, is_main=True) for day, said in steps if day]


def _consent(kind: str | None) -> str:
    kinds = Party.Consent
    said = {
        kinds.RATIFICATION: _("%s ratifies it"),
        kinds.ACCESSION: _("%s accedes to it"),
        kinds.ACCEPTANCE: _("%s accepts it"),
        kinds.APPROVAL: _("%s approves it"),
    }
    return said.get(kind, "%s")


def _plans(country: Body) -> list[Moment]:
    said = _("A national action plan in %s is found published")
    return [
        Moment(plan["published_by"], said % language_name(plan["language"]), "#plans", is_main=True)
        for plan in country["action_plans"]
        if plan["published_by"] and plan["language"]
    ]
