"""How a guidance document is asked for."""

from django.utils.translation import gettext_lazy as _

from registry.models import Guidance, GuidanceRelation, Role
from registry.web.forms.parts import Choice, Column, Line, Number, Paragraphs, Rows
from registry.web.forms.section import SERVES, Section, languages, of

GUIDANCE = (
    Section(
        "what",
        _("What it is"),
        (
            Line("title", _("Title"), _("As it stands on the cover.")),
            Line("subtitle", _("Edition or document number")),
            Paragraphs("abstract", _("Abstract"), _("Whom it helps to do what.")),
            Choice("kind", _("What kind of document is it?"), among=of(Guidance.Kind)),
            Choice("role", _("What is it for?"), among=of(Role)),
            Number("year", _("Year of this edition")),
        ),
    ),
    Section(
        "who",
        _("Who published it"),
        (
            Rows(
                "publishers",
                _("Publishers"),
                _("Type a name or an acronym."),
                columns=(Column("partner", _("Organisation"), kind="organisation"),),
                one=_("Add another publisher"),
            ),
        ),
    ),
    SERVES,
    Section(
        "editions",
        _("Where to read it"),
        (
            Line("url", _("Landing page"), _("Begins with https://"), kind="url"),
            Rows(
                "editions",
                _("Languages"),
                _("An address of its own is not needed where the landing page leads there."),
                columns=(
                    Column("language", _("Language"), among=languages, width="short"),
                    Column("url", _("Address"), input_type="url"),
                ),
                one=_("Add another language"),
            ),
        ),
    ),
    Section(
        "relations",
        _("Other documents"),
        (
            Rows(
                "relations",
                _("How it stands to others"),
                _("Type the title of a document that is in the registry."),
                columns=(
                    Column("other", _("Document"), kind="document"),
                    Column("kind", _("This one"), among=of(GuidanceRelation.Kind), width="short"),
                ),
                one=_("Add another document"),
            ),
        ),
    ),
)
