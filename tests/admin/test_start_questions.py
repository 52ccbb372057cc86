"""The start page asks as much of the database however much there is to do."""

from django.test import Client
from django.urls import reverse

from registry.models import Notice, Partner
from tests import factories
from tests.notices import notice

START = reverse("admin:index")


def test_page_asks_few_questions_however_much_there_is(
    administrator, knowing, django_assert_num_queries
):
    client = Client()
    client.force_login(administrator)
    of = Partner.objects.published().partners().first()
    by = factories.focal_point(of)
    _one_more(of, by)
    client.get(START)  # what follows from the public revision is kept from here on
    with django_assert_num_queries(25):
        client.get(START)
    for _n in range(3):
        _one_more(of, by)
    with django_assert_num_queries(25):
        assert client.get(START).context["sections"][0][2][0].count == 4


def _one_more(of, by):
    factories.feedback()
    factories.submitted(by, of)
    Notice.objects.filter(pk=notice().pk).update(state=Notice.State.FAILED)


def test_what_has_nothing_to_do_says_so_in_one_line(administrator, knowing):
    client = Client()
    client.force_login(administrator)

    page = client.get(START)

    assert [str(title) for title in page.context["empty"]] == [
        "Waits for a decision",
        "Went wrong",
    ]
    assert "Nothing to do under:" in page.content.decode()
