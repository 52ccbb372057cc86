"""Records to join, and all that points at them."""

import json
import uuid

from django.utils import timezone

from registry.actions import drafts, joins
from registry.models import Entry, Invitation, JoinRequest, Membership, User
from registry.permissions import SYSTEM
from tests import factories


def join(kept, gone, by=SYSTEM, **chosen):
    """Join them as they stand."""
    versions = {
        record.slug: type(record).objects.get(pk=record.pk).version for record in (kept, gone)
    }
    given = {"noun": kept.noun, "kept": kept.slug, "gone": gone.slug, "by": by}
    return joins.join(**given, chosen=chosen, versions=versions)


def entry(record):
    """Its entry."""
    return Entry.objects.get(noun=record.noun, key=record.slug)


def body(record):
    """What the public reads of it."""
    return json.loads(entry(record).body)


def scene():
    """Two organisations that everything points at: kept, gone, and who points."""
    kept = factories.partner(name="Quokka Institute", country="KE")
    gone = factories.partner(
        name="The Quokka Institute", acronym="TQI", website="https://quokka.example.org/"
    )
    other = factories.partner()
    lead, part = {"role": "lead"}, {"role": "contributing"}
    both = factories.activity(
        participations=[
            {"partner": gone.slug, **lead},
            {"partner": kept.slug, **lead},
            {"partner": other.slug, **part},
            {"partner": gone.slug, **part},
        ],
        funding_lines=[{"funder": gone.slug, "amount": "10.00", "currency": "USD"}],
    )
    withdrawn = factories.withdrawn(
        factories.activity(participations=[{"partner": gone.slug, **lead}])
    )
    factories.guidance(publishers=[other.slug, gone.slug, kept.slug])
    factories.area(leads=[gone.slug])
    factories.contribution(donor=gone.slug)
    factories.partner(standing="represented", represented_by=gone.slug, evidence="")
    return kept, gone, both, withdrawn


def people(kept, gone):
    """People and what is theirs, at both organisations."""
    now = timezone.now()
    ann, ben = (User.objects.create(email=f"{name}@example.org") for name in ("ann", "ben"))
    Membership.objects.create(user=ann, partner=kept, role="contributor")
    Membership.objects.create(user=ann, partner=gone, role="focal-point")
    Membership.objects.create(user=ben, partner=gone, role="contributor")
    for number, partner in enumerate((kept, gone)):
        Invitation.objects.create(
            partner=partner,
            email="cleo@example.org",
            role="contributor",
            digest=str(number),
            created_at=now,
            expires_at=now,
        )
        JoinRequest.objects.create(user=ben, partner=partner, asked_at=now)
    factories.token(owner=ben, partner=gone)
    rows = [{"partner": gone.slug, "role": "lead"}]
    drafts.start(
        noun="activity", partner=gone, ticket=uuid.uuid4(), values={"participations": rows}, by=ben
    )
    return ann, ben
