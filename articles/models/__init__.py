"""The reference book: what the Convention says, who is bound by it, and the field's words."""

from articles.models.annexes import Annex, AnnexAmendment, PhaseOut
from articles.models.articles import SPINE, Article, ExpectedContribution, Provision
from articles.models.convention import ConferenceOfTheParties, Convention, Decision
from articles.models.countries import Country, NationalActionPlan, Party
from articles.models.terms import Term

__all__ = [
    "SPINE",
    "Annex",
    "AnnexAmendment",
    "Article",
    "ConferenceOfTheParties",
    "Convention",
    "Country",
    "Decision",
    "ExpectedContribution",
    "NationalActionPlan",
    "Party",
    "PhaseOut",
    "Provision",
    "Term",
]
