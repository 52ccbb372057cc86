"""Takes a snapshot of the registry as it is: reads, freezes, keeps."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from registry.actions import snapshots
from registry.errors import Refused
from registry.exchange.snapshots import Told, as_data, freeze
from registry.models import Area, Snapshot
from registry.permissions import Actor, Verb, require
from registry.queries import quotable, revision
from registry.queries.snapshots import snapshot


def take(
    *, title: str, scope: quotable.Scope, day: dt.date, software: str, site: str, by: Actor
) -> Snapshot:
    """Freeze the registry of this moment, and publish it.

    Raises PermissionDenied; Refused without a title, or for a scope that names what is not there.
    """
    require(by, Verb.WRITE_REPORTS)
    refuse_unknown(scope)
    with snapshot():
        number, material = revision.latest(), quotable.live()
    address = site.rstrip("/") + reverse("data-snapshots")
    frozen = freeze(material, Told(title.strip(), day, number, software, address, scope))
    return snapshots.keep(
        title=title,
        file=frozen.file,
        taken_on=day,
        revision=number,
        software=software,
        scope=as_data(scope),
        counts=frozen.counts,
        left_out=frozen.left_out,
        by=by,
    )


def refuse_unknown(scope: quotable.Scope) -> None:
    """Raise Refused for years that go backwards, and for areas and articles that are not there."""
    if scope.first is not None and scope.last is not None and scope.first > scope.last:
        raise Refused(_("The first year comes after the last."))
    known = set(Area.objects.published().values_list("slug", flat=True))
    numbers = set(Article.objects.values_list("number", flat=True))
    for slug in scope.areas:
        if slug not in known:
            raise Refused(_("There is no area “%s”.") % slug)
    for number in scope.articles:
        if number not in numbers:
            raise Refused(_("There is no article %d.") % number)
