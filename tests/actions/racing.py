"""Many at once, on a database of its own, which is real and keeps what is committed.

Run by test_races.py as `python -m tests.actions.racing` with DATABASE_URL; prints what came out.
"""

import json
import sys
import threading

import django


def at_once(*works):
    """Run each function in a thread of its own, all from the same moment; what each came to."""
    from django.db import connection

    start, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        start.wait()
        try:
            outcomes[place] = work() or "done"
        except Exception as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def race():
    """Every race, one after the other."""
    from registry.actions import entries
    from registry.models import Activity
    from registry.queries import fulltext
    from tests.web.accounts import racing as accounts

    outcomes = {
        "accounts": accounts.race(at_once),
        "change": _change_one_record(),
        "withdraw": _change_and_withdraw_one_record(),
        "join": _join_one_record_twice(),
        "create": _create_many(),
        "titles": _create_with_one_title(),
        "names": _create_with_one_name(),
        "shown": _rename_and_change(),
        "crossed": _link_crosswise(),
        "opposite": _change_two_in_opposite_order(),
        "many": _change_many_twice_and_one(),
        "book": _change_the_book_and_what_names_it(),
        "sent": _send_one_write_many_times(),
    }
    return outcomes | {
        "differences": entries.differences(),
        "index_is_sound": fulltext.index_is_sound(),
        "numbers": list(Activity.objects.order_by("number").values_list("number", flat=True)),
        "revisions": _revisions(),
    }


def _revisions():
    """The revisions of public changes, as the trail has them; all changes of a batch are one."""
    from registry.models import Event

    # Accounts and tokens are no public change.
    events = Event.objects.exclude(revision=None).order_by("pk")
    told = events.values_list("revision", "batch", "pk")
    return [r for r, *_ in dict.fromkeys((r, batch, batch or pk) for r, batch, pk in told)]


def _change_one_record():
    from registry.actions import activities
    from registry.models import Activity, Event
    from registry.permissions import SYSTEM
    from tests import factories

    record = factories.activity(summary="First")

    def change(number):
        return lambda: (
            activities.change(
                record=Activity.objects.get(pk=record.pk),
                values={"summary": f"Text {number}"},
                version=1,
                by=SYSTEM,
            ).summary
        )

    outcomes = at_once(*(change(number) for number in range(4)))
    stored = Activity.objects.get(pk=record.pk)
    events = Event.objects.about("activity", record.slug).count()
    return {
        "stale": outcomes.count("Stale"),
        "winners": [each for each in outcomes if each != "Stale"],
        "stored": [stored.summary],
        "version": stored.version,
        "events": events,
    }


def _change_and_withdraw_one_record():
    from registry.actions import activities
    from registry.permissions import SYSTEM
    from tests import factories

    record = factories.activity()
    given = {"record": record, "version": 1, "by": SYSTEM}
    outcomes = at_once(
        lambda: activities.change(**given, values={"summary": "Text"}) and "won",
        lambda: activities.withdraw(**given, reason="Twice here.") and "won",
    )
    return sorted(outcomes)


def _join_one_record_twice():
    from registry.actions import joins
    from registry.models import Join
    from registry.permissions import SYSTEM
    from tests import factories

    gone, *kept = (factories.activity() for _ in range(3))

    def join(into):
        given = {"noun": "activity", "kept": into.slug, "gone": gone.slug, "chosen": {}}
        versions = {into.slug: 1, gone.slug: 1}
        return lambda: joins.join(**given, versions=versions, by=SYSTEM) and "won"

    outcomes = at_once(*map(join, kept))
    return {"outcomes": sorted(outcomes), "joins": Join.objects.count()}


def _create_many():
    from tests import factories

    def create():
        for _ in range(3):
            factories.activity()

    def create_in_vain():
        factories.activity(outputs=["unwritten"])

    return sorted(at_once(create, create_in_vain, create, create_in_vain, create))


def _create_with_one_title():
    from registry.models import Activity
    from tests import factories

    outcomes = at_once(*[lambda: factories.activity(title="Zinnober").slug] * 4)
    found = Activity.objects.filter(title="Zinnober").values_list("slug", flat=True)
    return {"outcomes": sorted(outcomes), "stored": sorted(found)}


def _create_with_one_name():
    from tests import factories

    outcomes = at_once(*[lambda: factories.partner(name="Zinnober") and "made"] * 3)
    return sorted(outcomes)


def _rename_and_change():
    from registry.actions import activities, partners
    from registry.models import Activity, Partner
    from registry.permissions import SYSTEM
    from tests import factories

    partner = factories.partner()
    activity = factories.activity(participations=[{"partner": partner.slug, "role": "lead"}])

    def keep_changing(action, model, pk, field):
        def work():
            for number in range(8):
                record = model.objects.get(pk=pk)
                values = {field: f"Called {number}"}
                action.change(record=record, values=values, version=record.version, by=SYSTEM)

        return work

    return at_once(
        keep_changing(partners, Partner, partner.pk, "name"),
        keep_changing(activities, Activity, activity.pk, "title"),
    )


def _link_crosswise():
    from registry.actions import areas, guidance, partners
    from registry.permissions import SYSTEM
    from tests import factories

    outcomes = set()
    for _ in range(4):
        partner, area = factories.partner(), factories.area()
        first, second = factories.guidance(), factories.guidance()
        given = {"version": 1, "by": SYSTEM}

        def lead(area=area, partner=partner, given=given):
            areas.change(record=area, values={"leads": [partner.slug]}, **given)

        def join(area=area, partner=partner, given=given):
            partners.change(record=partner, values={"areas": [area.slug]}, **given)

        def relate(one, other, given=given):
            rows = [{"other": other.slug, "kind": "replaces"}]
            return lambda: guidance.change(record=one, values={"relations": rows}, **given) and None

        outcomes.update(at_once(lead, join, relate(first, second), relate(second, first)))
    return sorted(outcomes)


def _change_two_in_opposite_order():
    from django.db import transaction

    from registry.actions import activities
    from registry.models import Activity
    from registry.permissions import SYSTEM
    from tests import factories

    pair = [factories.activity().pk, factories.activity().pk]

    def touch_both(keys):
        def work():
            with transaction.atomic():
                for key in keys:
                    record = Activity.objects.get(pk=key)
                    activities.NOUN.touch(record=record, by=SYSTEM, verb="test", note="")

        return work

    return at_once(touch_both(pair), touch_both(pair[::-1]))


def _change_many_twice_and_one():
    from registry.actions import activities, batches
    from registry.models import Activity, Batch
    from registry.permissions import SYSTEM
    from tests import factories

    records = [factories.activity() for _ in range(3)]

    def change_all(places, kind):
        wanted = [batches.Wanted(place, records[place].slug, 1, {"kind": kind}) for place in places]
        given = {"noun": "activity", "kind": "bulk", "label": "A race", "by": SYSTEM}
        return lambda: batches.apply(wanted=wanted, **given) and "done"

    def change_one():
        activities.change(record=records[1], values={"kind": "dialogue"}, version=1, by=SYSTEM)

    first, second = change_all((0, 1, 2), "inventory"), change_all((2, 1), "baseline")
    outcomes = at_once(first, second, change_one)
    keys = [each.pk for each in records]
    versions = Activity.objects.filter(pk__in=keys).values_list("version", flat=True)
    return {
        "outcomes": outcomes,
        "batches": Batch.objects.filter(label="A race").count(),
        "changed": sum(version - 1 for version in versions),
    }


def _change_the_book_and_what_names_it():
    from django.db import transaction

    from articles.models import Article
    from registry.actions import activities, reference
    from registry.models import Activity
    from registry.permissions import SYSTEM
    from tests import factories

    article = Article.objects.create(number=7, slug="article-7", title_en="Gold", summary="Gold.")
    activity = factories.activity()

    def rename():
        for number in range(6):
            with transaction.atomic():
                before = reference.unchanged(article, reference.mark(reference.read(article)), {})
                Article.objects.filter(pk=article.pk).update(title_en=f"Gold {number}")
                reference.changed(record=article, before=before, by=SYSTEM)

    def name():
        for number in range(6):
            record = Activity.objects.get(pk=activity.pk)
            rows = [{"article": 7, "basis": "stated"}] * (number % 2)
            activities.change(
                record=record, values={"articles": rows}, version=record.version, by=SYSTEM
            )

    return at_once(rename, name)


def _send_one_write_many_times():
    import time

    from django.test import Client, override_settings

    from registry.models import Event, Meeting
    from tests import factories

    _token, secret = factories.token(scope="write")
    body = {"title": "Zinnober forum", "kind": "forum", "start": "2019"}
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "once"}
    answers = []

    def send():
        for _ in range(100):
            answer = Client(SERVER_NAME="localhost").post(
                "/api/write/", body, content_type="application/json", headers=headers
            )
            if answer.status_code != 409:
                break
            time.sleep(0.05)
        answers.append(answer)

    with override_settings(ROOT_URLCONF="tests.api.writing_urls"):
        outcomes = at_once(*[send] * 8)
    return {
        "outcomes": sorted(set(outcomes)),
        "statuses": [each.status_code for each in answers],
        "texts": len({each.content for each in answers}),
        "replayed": sum("Idempotency-Replayed" in each.headers for each in answers),
        "stored": Meeting.objects.filter(title=body["title"]).count(),
        "events": Event.objects.about("meeting", "zinnober-forum").count(),
    }


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(race(), sys.stdout)
