"""What a partner takes from its desk: its submissions, which are nobody else's to see."""

import json

from django.utils.translation import gettext_lazy as _

from registry.exchange.tables.columns import BETWEEN, Column, Table, text
from registry.queries.representation import Body


def _history(body: Body) -> str:
    return BETWEEN.join(f"{step['since']} {step['status']}" for step in body["history"])


def _values(body: Body) -> str:
    return json.dumps(body["values"], ensure_ascii=False, sort_keys=True)


SUBMISSIONS = Table(
    noun="submission",
    title=_("Submissions"),
    columns=(
        text("reference", _("Reference")),
        text("kind", _("Kind"), _("A new record, a change of one, or to take part.")),
        text("noun", _("What it is about")),
        text("title", _("Title")),
        text("status", _("Status")),
        text("since", _("Since"), _("When it came to this status: in UTC, ISO 8601.")),
        text("author", _("Written by")),
        Column("history", _("History"), "history", _history, _("Each status with its beginning.")),
        Column("values", _("Values"), "values", _values, _("What it proposes, as JSON.")),
    ),
    elsewhere={},
)
