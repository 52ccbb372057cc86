"""How an activity is asked for, in the order in which people know the answers."""

from django.utils.translation import gettext_lazy as _

from registry.models import Activity, Participation
from registry.models.roles import Region
from registry.web.forms.parts import Choice, Column, Date, Line, Number, Paragraphs, Rows, Several
from registry.web.forms.section import SERVES, Section, of

ACTIVITY = (
    Section(
        "what",
        _("What it is"),
        (
            Line("title", _("Title"), _("As you would say it to a colleague elsewhere.")),
            Paragraphs(
                "summary",
                _("Summary"),
                _("What is done, for whom, with what result so far. A few sentences are enough."),
            ),
            Choice("kind", _("What kind of activity is it?"), among=of(Activity.Kind)),
            Choice("level", _("At what level?"), among=of(Activity.Level)),
        ),
    ),
    Section(
        "when",
        _("When"),
        (
            Date("start", _("Start"), _("The year is enough. Month and day if you know them.")),
            Date("end", _("End"), _("Planned or actual. Leave it empty if it is not known yet.")),
            Choice(
                "reported_status",
                _("Where does it stand today?"),
                _("Only needed where the dates do not say it."),
                among=of(Activity.Status),
                unknown=_("Not known yet"),
            ),
        ),
    ),
    Section(
        "where",
        _("Where"),
        (
            Rows(
                "countries",
                _("Countries"),
                _("Type the beginning of a name, in any of the six UN languages."),
                columns=(Column("country", _("Country"), kind="country"),),
                one=_("Add another country"),
            ),
            Several(
                "regions",
                _("Regions"),
                _("Where it covers a whole region."),
                among=of(Region),
            ),
        ),
        intro=_("A global activity needs neither."),
    ),
    Section(
        "who",
        _("Who takes part"),
        (
            Rows(
                "participations",
                _("Organisations"),
                _("Type a name or an acronym. Say for each what it does."),
                columns=(
                    Column("partner", _("Organisation"), kind="organisation"),
                    Column("role", _("What it does"), among=of(Participation.Role), width="short"),
                ),
                one=_("Add another organisation"),
            ),
        ),
    ),
    SERVES,
    Section(
        "money",
        _("Funding"),
        (
            Rows(
                "funding_lines",
                _("Amounts"),
                _("As reported; amounts are never converted. Without a funder: the whole budget."),
                columns=(
                    Column("funder", _("Funder"), kind="organisation"),
                    Column("amount", _("Amount"), width="short"),
                    Column("currency", _("Currency, such as USD"), width="tiny"),
                ),
                one=_("Add another amount"),
            ),
            Line("gef_id", _("GEF number"), _("If the GEF funds it."), width="short"),
        ),
    ),
    Section(
        "links",
        _("Links and results"),
        (
            Line("url", _("Web page"), _("Begins with https://"), kind="url"),
            Rows(
                "links",
                _("Further pages"),
                columns=(
                    Column("label", _("What it is")),
                    Column("url", _("Address"), input_type="url"),
                ),
                one=_("Add another page"),
            ),
            Rows(
                "outputs",
                _("Guidance that came of it"),
                _("Type the title of a document that is in the registry."),
                columns=(Column("guidance", _("Document"), kind="document"),),
                one=_("Add another document"),
            ),
            Number(
                "confirm_every",
                _("Months between confirmations"),
                _("How often we ask you whether it is still right; 12 unless you say otherwise."),
            ),
        ),
    ),
)
