"""The finder: from a country and a need to guidance, as a page and as a brief on paper."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from articles.folding import fold
from articles.languages import LANGUAGES, spoken
from registry.errors import Misunderstood
from registry.exchange import brief as paper
from registry.queries import labels, revision, statistics
from registry.queries.finder import answers
from registry.queries.finder import asked as questions
from registry.queries.finder.answers import Answer
from registry.queries.finder.asked import Asked
from registry.web.listing import without_blanks
from registry.web.records import fetch

type Option = tuple[str, str, bool]


def find(request: HttpRequest) -> HttpResponse:
    """The form, and under it what was asked for; the whole state is in the address."""
    try:
        asked = questions.asked(without_blanks(request.GET))
    except Misunderstood as wrong:
        return _refused(request, wrong)
    context = {"form": form(asked), "asked": asked, "choices": _choices(asked)}
    if asked.article:
        context |= {
            "found": _answer(asked),
            "query": query_of(asked),
            "revision": revision.current(),
            "address": settings.SITE_URL + request.get_full_path(),
        }
    else:
        context |= {"overview": answers.overview(asked.country), "examples": _examples()}
    return render(request, "find.html", context)


def brief(request: HttpRequest) -> HttpResponse:
    """The same as a PDF to print and to take along."""
    try:
        asked = questions.asked(without_blanks(request.GET))
        if not asked.article:
            raise Misunderstood({"need": _say_what(asked)})
    except Misunderstood as wrong:
        return _refused(request, wrong)
    found = _answer(asked)
    address = f"{settings.SITE_URL}{reverse('find')}?{query_of(asked)}"
    made = paper.write(found, site=settings.SITE_URL, address=address, revision=revision.current())
    response = HttpResponse(made, content_type="application/pdf")
    name = "-".join(filter(None, ("brief", f"article-{found.number}", asked.country.lower())))
    named = content_disposition_header(False, f"{name}.pdf")
    response.headers["Content-Disposition"] = named
    # The page says it of itself; a file can only be told of.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _say_what(asked: Asked) -> str:
    if asked.need.words:
        said = _("“%s” leads to no article; write the number of one, such as 7.")
        return said % asked.need.words[:80]
    return _("It is missing: give the number of an article, such as 7, or plain words.")


def _answer(asked: Asked) -> Answer:
    return answers.answer(
        asked,
        article=fetch("article", str(asked.article)),
        country=fetch("country", asked.country) if asked.country else None,
        language=spoken(),
        today=timezone.localdate(),
    )


def _refused(request: HttpRequest, wrong: Misunderstood) -> HttpResponse:
    return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)


def query_of(asked: Asked, article: int | None = None) -> str:
    """The query string that asks the same, or the same of one of the articles that may be meant."""
    words, chosen = asked.need.words, article or asked.chosen
    parts = {
        "country": asked.country,
        "need": words or str(article or asked.article or ""),
        "article": str(chosen or "") if words else "",
        "language": asked.language,
    }
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in parts.items() if value})
    return data.urlencode()


def _choices(asked: Asked) -> list[tuple[Any, str]]:
    """The articles that the words may mean, the one shown first, each with its address."""
    return [(each, f"?{query_of(asked, each.article)}") for each in asked.need.candidates]


@dataclass(frozen=True)
class Form:
    """The sentence to complete: options as value, words, whether asked for; and the words typed."""

    countries: list[Option]
    articles: list[Option]
    languages: list[Option]
    need: str


def form(asked: Asked) -> Form:
    """The form as a question fills it in; countries in the order of the reader's language."""
    countries = ((code, str(name)) for code, name in labels.COUNTRIES(None).items())
    # What words lead to is not chosen: other words lead elsewhere.
    article = asked.chosen if asked.need.words else asked.article
    return Form(
        countries=[
            (code, name, code == asked.country)
            for code, name in sorted(countries, key=lambda each: fold(each[1]))
        ],
        articles=[
            (str(number), f"{number}. {title}", number == article)
            for number, title in statistics.article_titles().items()
        ],
        languages=[(code, name, code == asked.language) for code, name in LANGUAGES.items()],
        need=asked.need.words,
    )


def _examples() -> list[str]:
    """Words that may be written, to show how."""
    return [
        _("dental amalgam"),
        _("skin-lightening creams"),
        _("emissions of coal power plants"),
        _("gold mining"),
        _("contaminated sites"),
    ]
