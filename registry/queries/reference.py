"""How the reference book is shown: articles, countries, decisions and terms as entries."""

from functools import cache

from django.db.models import Prefetch, QuerySet

from articles.languages import texts_of
from articles.models import (
    SPINE,
    Annex,
    Article,
    Country,
    Decision,
    ExpectedContribution,
    NationalActionPlan,
    Provision,
    Term,
)
from registry.queries.representation import Body, Representation, article_card, day, rows, words_of

# “Article 7” in the six languages, and its number alone.
_ARTICLE = ("{}", "Article {}", "Art. {}", "Artículo {}", "статья {}", "第{}条", "المادة {}")


@cache
def _article_rows() -> tuple[Prefetch, ...]:
    return (
        rows("provisions", Provision, order="position"),
        # The interim period comes first: i follows a, so the order is turned round.
        rows("expected_contributions", ExpectedContribution, order="-phase"),
        rows("annexes", Annex, order="code"),
    )


def _article(article: Article) -> Body:
    return {
        "number": article.number,
        "path": article.get_absolute_url(),
        "titles": texts_of(article, "title"),
        "titles_seen_in": article.title_seen_in,
        "in_scope": article.number in SPINE,
        "summary": article.summary,
        "provisions": [
            {
                "paragraph": row.paragraph,
                "summary": row.summary,
                "kind": row.kind,
                "deadline": row.deadline,
            }
            for row in article.shown_provisions
        ],
        "contributions": [
            {
                "phase": row.phase,
                "text": row.text,
                "paragraphs": row.paragraphs,
                "mapping": row.mapping,
                "mapping_note": row.mapping_note,
            }
            for row in article.shown_expected_contributions
        ],
        "annexes": [{"code": annex.code, "title": annex.title} for annex in article.shown_annexes],
        "areas": article.partnership_areas,
        "areas_basis": article.partnership_areas_basis,
    }


def _spoken(body: Body) -> list[str]:
    """How an article is spoken of: “Article 7”, “art. 7”, by its title or by both."""
    number, titles = body["number"], body["titles"].values()
    called = [each.format(number) for each in _ARTICLE]
    return [*called, *titles, *(f"{each} {title}" for each in called for title in titles)]


def _countries() -> QuerySet[Country]:
    return Country.objects.select_related("party")


@cache
def _country_rows() -> tuple[Prefetch, ...]:
    return (rows("action_plans", NationalActionPlan, order="language"),)


def _country(country: Country) -> Body:
    return {
        "code": country.code,
        "alpha3": country.alpha3,
        "m49": country.m49,
        "path": country.get_absolute_url(),
        "names": texts_of(country, "name"),
        "region": country.m49_region,
        "region_code": country.m49_region_code,
        "subregion": country.m49_subregion,
        "subregion_code": country.m49_subregion_code,
        "intermediate_region": country.m49_intermediate_region,
        "un_status": country.un_status,
        "un_regional_group": country.un_regional_group,
        "is_ldc": country.is_ldc,
        "ldc_graduation_on": day(country.ldc_graduation_on),
        "is_lldc": country.is_lldc,
        "is_sids": country.is_sids,
        "party": _party(country),
        "action_plans": [
            {
                "submission_year": plan.submission_year,
                "published_by": plan.published_by,
                "language": plan.language,
                "source": plan.source,
                "official_page": plan.official_page,
                "note": plan.note,
            }
            for plan in country.shown_action_plans
        ],
    }


def _party(country: Country) -> Body | None:
    party = getattr(country, "party", None)
    return party and {
        "status": party.status,
        "signed_on": day(party.signed_on),
        "consent_on": day(party.consent_on),
        "consent_kind": party.consent_kind,
        "in_force_on": day(party.in_force_on),
        "order_number": party.order_number,
        "as_of": day(party.as_of),
        "source": party.source,
        "cross_check": party.cross_check,
        "note": party.note,
    }


def _decision(decision: Decision) -> Body:
    # The probable code is recalled, not sourced: it stays out of what the public reads.
    return {
        "slug": decision.slug,
        "path": decision.get_absolute_url(),
        "code": decision.code,
        "cop": decision.cop_id,
        "year": decision.year,
        "articles": [article_card(article) for article in decision.shown_articles],
        "kind": decision.kind,
        "subject": decision.subject,
        "basis": decision.basis,
        "source": decision.source,
    }


def _term(term: Term) -> Body:
    return {
        "slug": term.slug,
        "path": term.get_absolute_url(),
        "term": term.term,
        "expansion": term.expansion,
        "kind": term.kind,
        "articles": [article_card(article) for article in term.shown_articles],
        "meaning": term.meaning,
    }


@cache
def _served() -> tuple[Prefetch, ...]:
    return (rows("articles", Article, order="number"),)


REPRESENTATIONS = (
    Representation(
        noun="article",
        key="number",
        records=Article.objects.all,
        rows=_article_rows,
        body=_article,
        title=lambda body: f"Article {body['number']}. {body['titles']['en']}",
        text=lambda body: words_of(
            *body["titles"].values(),
            body["summary"],
            *(each["summary"] for each in body["provisions"]),
            *(each["text"] for each in body["contributions"]),
        ),
        names=_spoken,
    ),
    Representation(
        noun="country",
        key="code",
        records=_countries,
        rows=_country_rows,
        body=_country,
        title=lambda body: body["names"]["en"],
        text=lambda body: words_of(
            *body["names"].values(), body["alpha3"], body["region"], body["subregion"]
        ),
        names=lambda body: [*body["names"].values(), body["alpha3"]],
    ),
    Representation(
        noun="decision",
        key="slug",
        records=Decision.objects.all,
        rows=_served,
        body=_decision,
        title=lambda body: f"{body['code'] or 'COP-' + str(body['cop'])}: {body['subject'][:200]}",
        text=lambda body: words_of(
            body["subject"], *(f"Article {each['number']}" for each in body["articles"])
        ),
        names=lambda body: [body["code"], body["subject"]],
    ),
    Representation(
        noun="term",
        key="slug",
        records=Term.objects.all,
        rows=_served,
        body=_term,
        title=lambda body: words_of(body["term"], body["expansion"]),
        text=lambda body: body["meaning"],
        names=lambda body: [body["term"], body["expansion"]],
    ),
)
