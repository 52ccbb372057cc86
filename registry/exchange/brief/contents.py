"""What stands in the brief, section by section, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import PartialDate
from articles.languages import address_in, language_name, spoken, wording_in
from articles.numbers import spaced
from registry.exchange.brief import blocks
from registry.exchange.brief.blocks import Block
from registry.models import Activity, Guidance
from registry.queries.figures import Number
from registry.queries.finder.answers import Answer
from registry.queries.finder.duties import Phase
from registry.queries.finder.likeness import Near
from registry.queries.finder.plans import Plan
from registry.queries.finder.reading import Document, Group
from registry.queries.finder.who import TakesPart
from registry.queries.representation import Body

FEW_PARTNERS = 14
FEW_OTHERS = 6


def of(answer: Answer, *, site: str, address: str, revision: int) -> dict[str, Any]:
    """The brief as data for its template: what it says of itself, and its sections in order."""
    title = wording_in(answer.article["titles"]).text
    numbered = _("Article %(number)d. %(title)s") % {"number": answer.number, "title": title}
    country = blocks.country(answer.country["code"]) if answer.country else ""
    about = _("As of %(day)s, revision %(revision)d of the data.")
    return {
        "title": f"{country}: {numbered}" if country else numbered,
        "kicker": country,
        "heading": numbered,
        "author": _("Registry of the UNEP Global Mercury Partnership"),
        "summary": _(answer.article["summary"]),
        "about": about % {"day": date_format(answer.today), "revision": revision},
        "address": address,
        "footer": _("Registry of the Global Mercury Partnership"),
        "blocks": list(_sections(answer, site)),
    }


def _sections(answer: Answer, site: str) -> Iterator[Block]:
    yield from _standing(answer)
    yield from _duties(answer)
    yield from _guidance(answer, site)
    yield from _own_activities(answer, site)
    if answer.country:
        yield from _similar(answer, site)
    yield from _who(answer)
    if answer.is_on_gold_mining:
        yield from _plans(answer)


def _standing(answer: Answer) -> Iterator[Block]:
    standing = answer.standing
    if standing is None:
        yield blocks.heading(_("What it asks of a Party"))
        return
    yield blocks.heading(_("What it asks of %s") % blocks.country(standing.code))
    yield blocks.text(standing.words)
    if standing.as_of:
        said = _("As recorded on %(day)s.") % {"day": date_format(standing.as_of)}
        yield blocks.text(said, is_muted=True)


def _duties(answer: Answer) -> Iterator[Block]:
    duties = answer.duties
    if duties.obligations:
        head = [_("Paragraph"), _("What it says"), _("By when")]
        rows = [
            [blocks.own(each.paragraph), each.summary, each.when] for each in duties.obligations
        ]
        yield blocks.table(head, rows)
    else:
        said = _("This article obliges a Party to nothing by itself; what it opens is below.")
        yield blocks.text(said)
    words = _(
        "Summed up in plain words; the text of the Convention alone is authentic. Dates are "
        "counted from entry into force; a deadline that rests on anything else is given in words. "
        "What has been done is not recorded."
    )
    yield blocks.text(words, is_muted=True)
    if duties.choices:
        yield blocks.heading(_("What a Party may do"), 2)
        yield blocks.items(
            blocks.item(f"{blocks.own(each.paragraph)} {each.summary}", each.deadline and each.when)
            for each in duties.choices
        )
    if duties.phase_outs:
        yield from _phase_outs(duties.phase_outs)


def _phase_outs(phases: tuple[Phase, ...]) -> Iterator[Block]:
    """The products and processes that are phased out, together by annex and year."""
    yield blocks.heading(_("Products and processes to be phased out, with years"), 2)
    by_year: dict[str, list[str]] = {}
    for phase in phases:
        year = f"{_('Annex')} {phase.annex}, {phase.when}"
        by_year.setdefault(year, []).append(blocks.own(phase.item))
    yield blocks.items(blocks.item(year, "; ".join(items)) for year, items in by_year.items())
    words = _(
        "What an amendment added applies to a Party for which that amendment is in force; that is "
        "not recorded Party by Party."
    )
    yield blocks.text(words, is_muted=True)


def _guidance(answer: Answer, site: str) -> Iterator[Block]:
    yield blocks.heading(_("Guidance"))
    for group in answer.guidance:
        yield _heading_of(group)
        if group.documents:
            yield blocks.items(_document(each, site) for each in group.documents)
            yield from _rest(group.number, len(group.documents), site)
        else:
            yield blocks.text(_("No guidance on this article is recorded in this language."))
    if not answer.guidance:
        yield blocks.text(_("No guidance on this article is recorded yet."))


def _heading_of(group: Group) -> Block:
    if group.language is None:
        return blocks.heading(_("Other languages, or language not recorded"), 2)
    return blocks.heading(f"{group.language.name} ({group.language.why})", 2)


def _document(document: Document, site: str) -> dict[str, str]:
    body = document.body
    publishers = ", ".join(blocks.own(each["name"]) for each in body["publishers"][:2])
    tongues = ", ".join(blocks.own(language_name(each["language"])) for each in body["editions"])
    parts = [
        str(Guidance.Kind(body["kind"]).label),
        str(body["year"] or _("year not recorded")),
        publishers or _("publisher not recorded"),
        tongues or _("language not recorded"),
    ]
    return blocks.item(blocks.own(body["title"]), blocks.joined(parts), _page(body, site))


def _page(body: Body, site: str) -> str:
    return site + address_in(body["path"], spoken())


def _rest(number: Number, shown: int, site: str) -> Iterator[Block]:
    """Where all of a list stand, if not all are shown."""
    if number.count > shown:
        said = _("%(shown)s of %(all)s are shown; all of them:")
        words = said % {"shown": spaced(shown), "all": spaced(number.count)}
        yield blocks.text(words, address=site + number.list, is_muted=True)


def _own_activities(answer: Answer, site: str) -> Iterator[Block]:
    country = answer.country and blocks.country(answer.country["code"])
    yield blocks.heading(_("What is done in %s") % country if country else _("What is done"))
    if answer.own_activities:
        yield blocks.items(_activity(body, site) for body in answer.own_activities)
    else:
        yield blocks.text(_("No activity on this article is recorded here yet."))
    yield from _rest(answer.own, len(answer.own_activities), site)
    if n := answer.without_country.count:
        said = ngettext(
            "%(n)s activity on this article is regional or global and names no country:",
            "%(n)s activities on this article are regional or global and name no country:",
            n,
        )
        address = site + answer.without_country.list
        yield blocks.text(said % {"n": spaced(n)}, address=address, is_muted=True)


def _activity(body: Body, site: str, countries: str = "") -> dict[str, str]:
    leads = [blocks.own(each["name"]) for each in body["partners"] if each["role"] == "lead"]
    parts = [
        countries,
        str(Activity.Kind(body["kind"]).label),
        blocks.period(body) or _("dates not recorded"),
        _("led by %s") % ", ".join(leads) if leads else "",
    ]
    return blocks.item(blocks.own(body["title"]), blocks.joined(parts), _page(body, site))


def _similar(answer: Answer, site: str) -> Iterator[Block]:
    yield blocks.heading(_("Who has done it in similar countries"))
    if not answer.alike:
        words = _(
            "No country that shares a region or a group with this one has an activity on this "
            "article on record."
        )
        yield blocks.text(words)
        return
    head = [_("Country"), _("Why it is similar"), _("Activities on this article")]
    rows = [
        [
            blocks.country(each.likeness.code),
            blocks.reasons(each.likeness),
            spaced(each.activities.count),
        ]
        for each in answer.alike
    ]
    yield blocks.table(head, rows, is_of_numbers=True)
    yield blocks.items(
        _activity(
            near.body, site, ", ".join(blocks.country(each.code) for each in near.because[:4])
        )
        for near in answer.near_activities
    )
    yield from _rest(answer.near, len(answer.near_activities), site)


def _countries(near: Near) -> str:
    """Of the similar countries that an activity names, the most similar."""
    return ", ".join(blocks.country(each.code) for each in near.because[:4])


def _who(answer: Answer) -> Iterator[Block]:
    yield blocks.heading(_("Whom to ask"))
    if answer.country:
        words = _(
            "They take part in the activities on this article here and in the similar countries "
            "above; the number says in how many."
        )
    else:
        words = _("They take part in the activities on this article; the number says in how many.")
    yield blocks.text(words)
    # Regional centres are told of even where many others come before them.
    others = [each for each in answer.others if not each.is_regional_centre]
    yield from _organisations(_("Partners"), answer.partners[:FEW_PARTNERS])
    centres = _("Regional centres of the Basel and Stockholm Conventions, by their own names")
    yield from _organisations(centres, answer.regional_centres)
    yield from _organisations(_("Other organisations"), others[:FEW_OTHERS])
    if not answer.partners:
        yield blocks.text(_("No partner takes part in one of them."))


def _organisations(title: str, found: list[TakesPart]) -> Iterator[Block]:
    if found:
        yield blocks.heading(title, 2)
        lines = (blocks.item(blocks.own(e.name), spaced(e.activities.count)) for e in found)
        yield blocks.items(lines, is_short=True)


def _plans(answer: Answer) -> Iterator[Block]:
    yield blocks.heading(_("National action plans on gold mining"))
    for plan in answer.plans:
        said = _("A plan of %(country)s in %(language)s was found published on %(day)s.") % {
            "country": blocks.country(plan.code),
            "language": language_name(plan.language),
            "day": PartialDate.parse(plan.published_by).in_words(),
        }
        yield blocks.text(said, address=plan.official_page)
    if answer.country and not answer.plans:
        said = _("No plan of %(country)s is recorded here; not all plans are.")
        yield blocks.text(said % {"country": blocks.country(answer.country["code"])})
    if answer.plans_elsewhere:
        title = _("Plans of similar countries") if answer.country else _("Plans on record")
        yield blocks.heading(title, 2)
        yield blocks.items(map(_plan, answer.plans_elsewhere))


def _plan(plan: Plan) -> dict[str, str]:
    parts = (language_name(plan.language), blocks.reasons(plan.likeness))
    return blocks.item(blocks.country(plan.code), blocks.joined(parts))
