"""articles.json: the Convention, its conferences, articles, provisions and annexes."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.text import slugify

from articles.languages import LANGUAGES
from articles.loading.checks import check_annexes, check_numbers, check_paragraph, distinct
from articles.loading.documents import Node, read_document
from articles.loading.saving import Columns, LoadReport, Wanted, one_of, save, wanted
from articles.models import (
    SPINE,
    Annex,
    AnnexAmendment,
    Article,
    ConferenceOfTheParties,
    Convention,
    ExpectedContribution,
    PhaseOut,
    Provision,
)

_PHASES = {
    "interim_contribution": ExpectedContribution.Phase.INTERIM,
    "post_entry_contribution": ExpectedContribution.Phase.AFTER,
}
# “named in paragraph 15” says more than “named”; the rest of it is kept as a note.
_NAMED_IN = f"{ExpectedContribution.Mapping.NAMED} in "


def _languages(node: Node, name: str) -> list[str]:
    for language in node.list(name):
        if language not in LANGUAGES:
            raise node.error(name, f"“{language}” is not one of {', '.join(LANGUAGES)}.")
    return node.list(name)


def _mapping(node: Node, name: str) -> str:
    if node.text(name).startswith(_NAMED_IN):
        return ExpectedContribution.Mapping.NAMED.value
    return node.choice(name, ExpectedContribution.Mapping)


_CONVENTION: Columns = {
    "text_agreed": ("text_agreed", Node.date),
    "adopted": ("adopted", Node.date),
    "place": ("place", Node.text),
    "signature_opened": ("signature_opened", Node.date),
    "signature_closed": ("signature_closed", Node.date),
    "signatories": ("signatories", Node.whole_number),
    "fiftieth_instrument": ("fiftieth_instrument", Node.date),
    "in_force": ("in_force", Node.date),
    "in_force_rule": ("in_force_rule", Node.text),
    "depositary": ("depositary", Node.text),
    "un_registration": ("un_registration", Node.text),
    "unts_volume": ("unts_volume", Node.whole_number),
    "authentic_languages": ("authentic_languages", _languages),
    "financial_mechanism": ("financial_mechanism", Node.list),
    "source_url": ("source", Node.text),
}
_COP: Columns = {
    "number": ("number", Node.whole_number),
    "start": ("start", Node.date),
    "end": ("end", Node.date),
    "place": ("place", Node.text),
    "note": ("note", Node.text),
}
_ARTICLE: Columns = {
    "number": ("number", Node.whole_number),
    "slug": ("slug", Node.text),
    "title_seen_in": ("title_seen_in", _languages),
    "summary": ("summary", Node.text),
    "partnership_areas": ("partnership_areas", Node.list),
    "partnership_areas_basis": ("partnership_areas_basis", Node.text),
}
_OTHER_ARTICLE: Columns = {
    "number": ("number", Node.whole_number),
    "title": ("title_en", Node.text),
}
_PROVISION: Columns = {
    "paragraph": ("paragraph", Node.text),
    "summary": ("summary", Node.text),
    "kind": ("kind", one_of(Provision.Kind)),
    "deadline": ("deadline", Node.text),
}
_CONTRIBUTION: Columns = {
    "text": ("text", Node.text),
    "seed_paragraphs": ("paragraphs", Node.list),
    "mapping": ("mapping", _mapping),
}
_ANNEX: Columns = {
    "code": ("code", Node.text),
    "title": ("title", Node.text),
    "sources": ("sources", Node.list),
}
_AMENDMENT: Columns = {
    "meeting": ("meeting", Node.text),
    "decision": ("decision", Node.text),
    "adopted": ("adopted", Node.date),
    "in_force": ("in_force", Node.date),
}
_PHASE_OUT: Columns = {
    "item": ("item", Node.text),
    "phase_out": ("year", Node.whole_number),
    "origin": ("origin", Node.text),
}


def load_convention(directory: Path, report: LoadReport) -> None:
    """Load articles.json; see `articles.loading.load`."""
    book = read_document(directory / "articles.json").expect(
        ["convention", "articles", "annexes", "other_articles", "seed_note"]
    )
    convention = book.node("convention").expect([*_CONVENTION, "name", "cops"])
    more = ["title", "provisions", "related_annexes", *_PHASES]
    articles = [node.expect([*_ARTICLE, *more]) for node in book.nodes("articles")]
    others = [node.expect(list(_OTHER_ARTICLE)) for node in book.nodes("other_articles")]
    more = ["articles", "amendments", "phase_outs"]
    annexes = [
        node.expect(["code", "title", *more], optional=["sources"])
        for node in book.nodes("annexes")
    ]
    check_numbers(book, articles, others)
    check_annexes(articles, annexes)

    save(report, Convention, ["id"], [_convention(convention, book.text("seed_note"))])
    save(report, ConferenceOfTheParties, ["number"], _cops(convention))
    save(report, Article, ["number"], [*map(_article, articles), *_others(others)])
    save(report, Provision, ["paragraph"], _provisions(articles))
    save(report, ExpectedContribution, ["article_id", "phase"], _contributions(articles))
    save(report, Annex, ["code"], map(_annex, annexes))
    save(report, AnnexAmendment, ["annex_id", "meeting"], _amendments(annexes))
    save(report, PhaseOut, ["annex_id", "item"], _phase_outs(annexes))


def _worded(node: Node, name: str) -> dict[str, str]:
    """The six fields of a text that the file has in six languages."""
    texts = node.node(name).expect(list(LANGUAGES))
    if not texts.text("en"):
        raise texts.error("en", "is empty.")
    return {f"{name}_{language}": texts.text(language) for language in LANGUAGES}


def _convention(node: Node, note: str) -> Wanted:
    return wanted(node, _CONVENTION, id=1, contribution_note=note, **_worded(node, "name"))


def _cops(convention: Node) -> Iterator[Wanted]:
    for node in distinct(convention.nodes("cops"), "number"):
        node.expect(["number", "start", "end", "place"], optional=["note"])
        yield wanted(node, _COP)


def _article(node: Node) -> Wanted:
    return wanted(node, _ARTICLE, **_worded(node, "title"))


def _others(nodes: list[Node]) -> Iterator[Wanted]:
    """The articles of which the book knows the number and the title only."""
    for node in nodes:
        if node.whole_number("number") not in SPINE:
            yield wanted(node, _OTHER_ARTICLE, slug=slugify(node.text("title")))


def _provisions(articles: list[Node]) -> Iterator[Wanted]:
    distinct([node for article in articles for node in article.nodes("provisions")], "paragraph")
    for article in articles:
        number = article.whole_number("number")
        for position, node in enumerate(article.nodes("provisions"), start=1):
            check_paragraph(node.expect(list(_PROVISION)), number)
            yield wanted(node, _PROVISION, article_id=number, position=position)


def _contributions(articles: list[Node]) -> Iterator[Wanted]:
    for article in articles:
        for name, phase in _PHASES.items():
            if article.members[name] is not None:
                node = article.node(name).expect(list(_CONTRIBUTION))
                text = node.text("mapping")
                note = text if text.startswith(_NAMED_IN) else ""
                number = article.whole_number("number")
                more = {"article_id": number, "phase": phase.value, "mapping_note": note}
                yield wanted(node, _CONTRIBUTION, **more)


def _annex(node: Node) -> Wanted:
    return wanted(node, _ANNEX, node.list("articles", int))


def _amendments(annexes: list[Node]) -> Iterator[Wanted]:
    for annex in annexes:
        for node in distinct(annex.nodes("amendments"), "meeting"):
            node.expect(list(_AMENDMENT))
            yield wanted(node, _AMENDMENT, annex_id=annex.text("code"))


def _phase_outs(annexes: list[Node]) -> Iterator[Wanted]:
    for annex in annexes:
        for position, node in enumerate(distinct(annex.nodes("phase_outs"), "item"), start=1):
            node.expect(list(_PHASE_OUT))
            yield wanted(node, _PHASE_OUT, annex_id=annex.text("code"), position=position)
