"""How an organisation is asked for."""

from django.utils.translation import gettext_lazy as _

from registry.models import Partner
from registry.web.forms.parts import (
    Choice,
    Column,
    Line,
    Number,
    Paragraphs,
    Rows,
    Several,
    Typed,
    YesNo,
)
from registry.web.forms.section import Section, areas, of

PARTNER = (
    Section(
        "name",
        _("The organisation"),
        (
            Line("name", _("Name")),
            Line("acronym", _("Acronym"), width="short"),
            Rows(
                "other_names",
                _("Other names"),
                _("In other languages, or former ones."),
                columns=(Column("name", _("Name")),),
                one=_("Add another name"),
            ),
            Choice("type", _("What kind of organisation is it?"), among=of(Partner.Type)),
            Typed("country", _("Country of the seat"), _("Type its name."), kind="country"),
            Line("website", _("Web site"), _("Begins with https://"), kind="url"),
        ),
    ),
    Section(
        "represents",
        _("Whom it represents"),
        (
            YesNo("is_association", _("It is an association that represents other entities")),
            Number(
                "represented_count",
                _("How many does it represent?"),
                _("They are counted apart from the Partnership's direct partners."),
            ),
        ),
    ),
    Section(
        "contributes",
        _("How it contributes"),
        (
            Several("areas", _("Areas in which it works"), among=areas),
            Paragraphs(
                "involvement",
                _("How will it contribute to the goal of the Partnership?"),
                _("What the letter of intent would say: your expertise, projects, people, means."),
            ),
        ),
    ),
)
