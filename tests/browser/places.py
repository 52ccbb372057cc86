"""Every public page in each of its states: as it is, with nothing to show, in error, with too much.

The records that real data lack are made here, and their names say that they are generated.
"""

from tests import factories
from tests.browser.task import EMPTY, ERROR, LONG, Place

# No break in it, and more than a line of it: what a screen of 320 pixels has to bear.
WORD = "Quecksilberemissionsminderungsmassnahmenkatalogverzeichnis"
TITLE = f"Generated record with a title that goes on and on: {WORD} and {WORD}, part 1 of 12"
TEXT = f"Generated text. {WORD} " + "It says the same again, in order to be long. " * 30
ADDRESS = f"https://records.example.org/{'generated/' * 20}"


_LISTS = ("activities", "guidance", "partners", "countries", "decisions", "meetings")
_AS_IT_IS = (
    *("/", "/about/", "/articles/", "/articles/7/", "/articles/6/", "/areas/", "/areas/asgm/"),
    *(f"/{each}/" for each in _LISTS),
    *("/contributions/", "/glossary/", "/search/", "/search/?q=mercury", "/data/"),
    *("/data/columns/", "/data/snapshots/", "/countries/gh/", "/countries/fr/"),
    *(f"/embed/{name}/" for name in ("matrix", "countries", "years", "roles", "funding")),
    *("/account/sign-in/", "/account/sign-up/", "/account/password/reset/", "/desk/"),
    *("/find/", "/find/?country=GH&need=7", "/find/?country=BF&need=dental+fillings"),
    *("/terms/", "/privacy/", "/accessibility/", "/feedback/"),
)
_EMPTY = (
    *(f"/{each}/?q=zzzz" for each in (*_LISTS, "contributions", "glossary")),
    "/search/?q=zzzzzz",
    "/?country=AD&year_from=2024",
    "/activities/?article=6&country=GH",
    "/countries/ad/",
    "/find/?need=zzzzzz",
)
_ERRORS = (
    "/nothing/here/",
    "/activities/nothing-here/",
    "/activities/?colour=red",
    "/?year_from=often",
    "/find/?country=Atlantis",
)


def places() -> list[Place]:
    """All of them; makes the records that some of them show."""
    return [
        *(Place(address) for address in _AS_IT_IS),
        *(Place(address) for address in _real()),
        Place(_frozen()),
        *(Place(address, EMPTY) for address in (*_EMPTY, *_bare())),
        *(Place(address, ERROR) for address in _ERRORS),
        Place(_gone(), ERROR),
        Place("/account/sign-in/", ERROR, {"login": "nobody", "password": ""}),
        Place("/feedback/", ERROR, {"text": ""}),
        *(Place(address, LONG) for address in _long()),
    ]


def _real() -> list[str]:
    """One real record of each kind: the first of those that hold most."""
    from articles.models import Decision
    from registry.models import Activity, Contribution, Guidance, Meeting, Partner

    most = {
        Activity: "activity_countries",
        Guidance: "editions",
        Partner: "participations",
        Meeting: None,
        Contribution: None,
    }
    found = [_fullest(model, rows) for model, rows in most.items()]
    return [each.get_absolute_url() for each in (*found, Decision.objects.order_by("slug")[0])]


def _frozen() -> str:
    """A snapshot of some years."""
    from django.utils import timezone

    from registry.exchange.snapshots.taking import take
    from registry.permissions import SYSTEM
    from registry.queries.quotable import Scope

    given = {"day": timezone.localdate(), "software": "0", "site": "https://records.example.org"}
    made = take(title="Generated snapshot", scope=Scope(2017, 2024), by=SYSTEM, **given)
    return made.get_absolute_url()


def _fullest(model, rows):
    from django.db.models import Count

    found = model.objects.published()
    return (
        found.alias(n=Count(rows)).order_by("-n", "slug")[0] if rows else found.order_by("slug")[0]
    )


def _bare() -> list[str]:
    """Records of which only what must be known is known."""
    made = (
        factories.activity(title="Generated activity of which nothing else is known"),
        factories.guidance(title="Generated guidance of which nothing else is known"),
        factories.partner(name="Generated partner of which nothing else is known"),
    )
    return [record.get_absolute_url() for record in made]


def _long() -> list[str]:
    partner = factories.partner(name=TITLE.replace("record", "partner"), source=ADDRESS)
    countries = "AF DZ AR AM AU BD BJ BO BR BF BI CM CF TD CL CN CO KM CG CI CD EC ET GH GY".split()
    activity = factories.activity(
        title=TITLE,
        summary=TEXT,
        source=ADDRESS,
        countries=countries,
        participations=[{"partner": partner.slug, "role": "lead"}],
    )
    guidance = factories.guidance(
        title=f"{TITLE} (guidance)", abstract=TEXT, source=ADDRESS, url=ADDRESS
    )
    made = (activity, guidance, partner)
    lists = (f"/search/?q={WORD}", f"/activities/?q={WORD}", "/feedback/?about=" + "/a" * 90)
    return [*(record.get_absolute_url() for record in made), *lists]


def _gone() -> str:
    record = factories.activity(title="Generated activity that was withdrawn")
    return factories.withdrawn(record).get_absolute_url()
