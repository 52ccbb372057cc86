"""The yardstick: the same reads as ordinary Django REST framework gives them.

Model instances with prefetched relations, nested serializers, page numbers, the stock renderer.
Nothing here is part of the site.
"""

from django.db.models import Count
from django.urls import include, path
from rest_framework import pagination, routers, serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.models import Country
from registry import words
from registry.models import (
    Activity,
    ActivityArticle,
    ActivityLink,
    Area,
    FundingLine,
    Guidance,
    Participation,
    Partner,
)
from registry.queries import fulltext, vocabulary


class PartnerCard(serializers.ModelSerializer):
    class Meta:
        model = Partner
        fields = ["slug", "name", "acronym", "standing"]


class ParticipationCard(serializers.ModelSerializer):
    partner = PartnerCard()

    class Meta:
        model = Participation
        fields = ["partner", "role"]


class AreaCard(serializers.ModelSerializer):
    class Meta:
        model = Area
        fields = ["slug", "name", "short_name"]


class ArticleCard(serializers.ModelSerializer):
    number = serializers.IntegerField(source="article.number")
    title = serializers.CharField(source="article.title_en")

    class Meta:
        model = ActivityArticle
        fields = ["number", "title", "basis"]


class CountryCard(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name_en"]


class FundingCard(serializers.ModelSerializer):
    funder = PartnerCard()

    class Meta:
        model = FundingLine
        fields = ["funder", "amount", "currency"]


class LinkCard(serializers.ModelSerializer):
    class Meta:
        model = ActivityLink
        fields = ["label", "url"]


class ActivitySerializer(serializers.ModelSerializer):
    participations = ParticipationCard(many=True)
    areas = serializers.SerializerMethodField()
    activity_articles = ArticleCard(many=True)
    countries = serializers.SerializerMethodField()
    regions = serializers.SerializerMethodField()
    funding_lines = FundingCard(many=True)
    links = LinkCard(many=True)

    class Meta:
        model = Activity
        exclude = ["id", "number", "start_year", "end_year", "withdrawn_at"]

    def get_areas(self, activity):
        return AreaCard([row.area for row in activity.activity_areas.all()], many=True).data

    def get_countries(self, activity):
        rows = activity.activity_countries.all()
        return CountryCard([row.country for row in rows], many=True).data

    def get_regions(self, activity):
        return [row.region for row in activity.activity_regions.all()]


class Pages(pagination.PageNumberPagination):
    page_size = 25
    page_size_query_param = "page_size"


class ActivityViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = ActivitySerializer
    pagination_class = Pages
    lookup_field = "slug"
    queryset = (
        Activity.objects.filter(withdrawn_at__isnull=True)
        .prefetch_related(
            "participations__partner",
            "activity_areas__area",
            "activity_articles__article",
            "activity_countries__country",
            "activity_regions",
            "funding_lines__funder",
            "links",
        )
        .order_by("-start", "id")
    )
    lookups = {
        "article": "activity_articles__article",
        "area": "activity_areas__area__slug",
        "country": "activity_countries__country",
        "kind": "kind",
        "level": "level",
    }

    def get_queryset(self):
        found = super().get_queryset()
        asked = self.request.query_params
        for name, lookup in self.lookups.items():
            if name in asked:
                found = found.filter(**{lookup: asked[name]})
        return found

    def list(self, request):
        return self.search(request) if "q" in request.query_params else super().list(request)

    def search(self, request):
        """Ranked by the same index as the site's, for the same forms of the words."""
        query = vocabulary.cut(words.parse(request.query_params["q"]))
        found = fulltext.ranked(query, "activity")
        keys = self.paginate_queryset(found.values_list("key", flat=True))
        by_key = {each.slug: each for each in super().get_queryset().filter(slug__in=keys)}
        data = self.get_serializer([by_key[key] for key in keys], many=True).data
        return self.get_paginated_response(data)


class StatisticsView(APIView):
    def get(self, request):
        activities = Activity.objects.filter(withdrawn_at__isnull=True).order_by()
        guidance = Guidance.objects.filter(withdrawn_at__isnull=True).order_by()
        return Response(
            {
                "activities": _matrix(activities, "activity_areas__area", "activity_articles"),
                "guidance": _matrix(guidance, "guidance_areas__area", "guidance_articles"),
                "by_country": list(
                    activities.values_list("activity_countries__country").annotate(n=Count("pk"))
                ),
            }
        )


def _matrix(records, area, articles):
    return list(
        records.values_list(f"{area}__slug", f"{articles}__article").annotate(n=Count("pk"))
    )


router = routers.SimpleRouter()
router.register("activities", ActivityViewSet)
urlpatterns = [
    path("api/v1/statistics/", StatisticsView.as_view()),
    path("api/v1/", include(router.urls)),
]
