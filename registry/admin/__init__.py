"""The administration, for the secretariat."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin import (
    accounts,
    activities,
    areas,
    audit,
    batches,
    contributions,
    feedback,
    guidance,
    imports,
    jobs,
    links,
    meetings,
    notices,
    partners,
    reference,
    snapshots,
    start,
    tokens,
)

__all__ = [
    "accounts",
    "activities",
    "areas",
    "audit",
    "batches",
    "contributions",
    "feedback",
    "guidance",
    "imports",
    "jobs",
    "links",
    "meetings",
    "notices",
    "partners",
    "reference",
    "snapshots",
    "start",
    "tokens",
]

admin.site.site_header = _("Registry of the Global Mercury Partnership — secretariat")
admin.site.site_title = admin.site.site_header
admin.site.index_title = _("Start")
admin.site.on_start = start.work_of
