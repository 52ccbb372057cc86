"""Who speaks for a partner: invited, asking, promoted, leaving. A partner keeps a focal point."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, telling, tokens
from registry.errors import Refused
from registry.models import Event, Invitation, JoinRequest, Membership, Partner, User
from registry.permissions import Actor, Verb, person, require
from registry.queries import invitations


@transaction.atomic
def invite(
    *, partner: Partner, email: str, role: str, by: Actor, ticket: uuid.UUID | None = None
) -> tuple[Invitation, str]:
    """Invite a person to speak for a partner; returns the invitation and the secret of its link.

    A newer invitation of the same person replaces the older one; the same form, told by its
    `ticket`, sent twice makes one. Raises ValidationError, Refused where the person is a member
    already, PermissionDenied.
    """
    require(by, Verb.MANAGE_MEMBERS, partner)
    email = email.strip()
    _refuse_bad(email, role)
    partner = _locked(partner)
    form = [partner.pk, email.lower(), role, str(by), ticket]
    secret = invitations.secret_of(f"invitation {form}") if ticket else invitations.new_secret()
    if ticket and (made := _made_with(secret, partner)):
        return made, secret
    if partner.memberships.filter(user__email__iexact=email).exists():
        raise Refused(_("%s is a member already.") % email)
    now = timezone.now()
    older = partner.invitations.filter(email__iexact=email, accepted_at=None, revoked_at=None)
    older.update(revoked_at=now)
    invitation = Invitation.objects.create(
        partner=partner,
        email=email,
        role=role,
        digest=invitations.digest(secret),
        invited_by=person(by),
        created_at=now,
        expires_at=now + invitations.LASTS,
    )
    _record("invite", partner, by, after={"email": email, "role": role})
    telling.invited(invitation=invitation, secret=secret, by=by)
    return invitation, secret


def _made_with(secret: str, partner: Partner) -> Invitation | None:
    made = partner.invitations.filter(digest=invitations.digest(secret)).first()
    if made and (made.accepted_at or made.revoked_at):
        raise Refused(_("This form made an invitation that is over; open the form again."))
    return made


def _refuse_bad(email: str, role: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        said = _("Enter an e-mail address, such as name@example.org.")
        raise ValidationError({"email": [said]}) from None
    if role not in Membership.Role.values:
        raise ValidationError({"role": [_("Choose what the person will do.")]})


@transaction.atomic
def accept(*, secret: str, by: User) -> Membership:
    """Join a partner by the link of an invitation; the link then opens nothing more.

    Only the invited address may: links are forwarded. Raises Refused.
    """
    now = timezone.now()
    found = invitations.open_with(secret, now)
    # Held only now: of two who come at once, the second finds it used.
    partner = _locked(found.partner) if found else None
    invitation = invitations.open_with(secret, now)
    if not invitation or not partner:
        raise Refused(_("This invitation was used, taken back, or is over. Ask for a new one."))
    if invitation.email.lower() != by.email.lower():
        said = _("This invitation is for %s; sign in with that address.")
        raise Refused(said % invitation.email)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return _add(partner, by, invitation.role, by)


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor) -> None:
    """Take an invitation back. Raises Refused where it was used or taken back already."""
    require(by, Verb.MANAGE_MEMBERS, invitation.partner)
    now = timezone.now()
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=now):
        raise Refused(_("This invitation was used or taken back already."))
    _record("revoke", invitation.partner, by, before={"email": invitation.email})


@transaction.atomic
def ask_to_join(*, partner: Partner, message: str, by: User) -> JoinRequest:
    """Ask to speak for a partner; asked again, the request that is open stays.

    Raises Refused for members and for organisations that are no partners.
    """
    if partner.standing != Partner.Standing.PARTNER or partner.withdrawn_at:
        raise Refused(_("“%s” is not a partner.") % partner)
    partner = _locked(partner)
    if partner.memberships.filter(user=by).exists():
        raise Refused(_("You speak for “%s” already.") % partner)
    asked, is_new = JoinRequest.objects.get_or_create(
        user=by,
        partner=partner,
        decided_at=None,
        defaults={"message": message.strip()[:1000], "asked_at": timezone.now()},
    )
    if is_new:
        _record("ask to join", partner, by)
        telling.join_asked(asked=asked, by=by)
    return asked


@transaction.atomic
def decide_join(*, asked: JoinRequest, is_accepted: bool, by: Actor) -> Membership | None:
    """Let a person in as a contributor, or not. Raises Refused where it is decided already."""
    require(by, Verb.MANAGE_MEMBERS, asked.partner)
    partner = _locked(asked.partner)
    asked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.decided_at:
        raise Refused(_("This request was decided already."))
    asked.decided_at, asked.is_accepted = timezone.now(), is_accepted
    asked.save(update_fields=["decided_at", "is_accepted"])
    if not is_accepted:
        _record("refuse to join", partner, by, before={"user": str(asked.user)})
        return None
    return _add(partner, asked.user, Membership.Role.CONTRIBUTOR, by)


def _add(partner: Partner, user: User, role: str, by: Actor) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        user=user, partner=partner, defaults={"role": role}
    )
    # Whoever is let in on one way need not be let in on the other.
    asked = partner.join_requests.filter(user=user, decided_at=None)
    asked.update(decided_at=timezone.now(), is_accepted=True)
    if is_new:
        _record("join", partner, by, after={"user": str(user), "role": role})
        telling.joined(membership=membership, by=by)
    return membership


@transaction.atomic
def add(*, partner: Partner, user: User, role: str, by: Actor) -> Membership:
    """Make a person a member without an invitation: for the secretariat."""
    require(by, Verb.MANAGE_PEOPLE)
    return _add(_locked(partner), user, role, by)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Actor) -> Membership:
    """Make a contributor a focal point or the reverse. Raises Refused for the last focal point."""
    require(by, Verb.MANAGE_MEMBERS, membership.partner)
    _refuse_bad(membership.user.email, role)
    partner = _locked(membership.partner)
    membership = partner.memberships.select_for_update().get(pk=membership.pk)
    if membership.role == role:
        return membership
    if membership.role == Membership.Role.FOCAL_POINT:
        _refuse_last(membership)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    user = str(membership.user)
    changed = {"user": user, "role": before}, {"user": user, "role": role}
    event = _record("change role", partner, by, before=changed[0], after=changed[1])
    telling.role_changed(membership=membership, by=by, event=event.pk)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: Actor) -> None:
    """End a membership: one's own, or as a focal point another's.

    What the person wrote stays the partner's; the tokens with which they spoke for it end. Raises
    Refused for the last focal point.
    """
    if membership.user != by:
        require(by, Verb.MANAGE_MEMBERS, membership.partner)
    partner = _locked(membership.partner)
    membership = partner.memberships.filter(pk=membership.pk).first()
    if membership is None:
        raise Refused(_("This person is no longer a member."))
    _refuse_last(membership)
    said = {"user": str(membership.user), "role": membership.role}
    membership.delete()
    tokens.revoke_of_member(owner=membership.user, partner=partner, by=by)
    event = _record("leave" if membership.user == by else "remove", partner, by, before=said)
    telling.removed(user=membership.user, partner=partner, by=by, event=event.pk)


def _refuse_last(membership: Membership) -> None:
    focal = Membership.Role.FOCAL_POINT
    if membership.role != focal:
        return
    others = membership.partner.memberships.filter(role=focal).exclude(pk=membership.pk)
    if not others.exists():
        raise Refused(_("%s is the last focal point; name another one first.") % membership.user)


def _locked(partner: Partner) -> Partner:
    # All that happens to a partner's members goes one after the other.
    return Partner.objects.select_for_update().get(pk=partner.pk)


def _record(
    verb: str, partner: Partner, by: Actor, *, before: dict | None = None, after: dict | None = None
) -> Event:
    return audit.record(
        by=by, verb=verb, noun="membership", key=partner.slug, before=before, after=after
    )


# Of the sentences by which a person agrees; a new number for new words.
WORDING = 1


@transaction.atomic
def show(*, membership: Membership, to: str, by: Actor) -> Membership:
    """Say who may see a member's name and address as the contact of the partner.

    Only the person can say so, and take it back at once. Raises PermissionDenied, ValidationError.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not isinstance(by, User) or membership.user_id != by.pk:
        raise PermissionDenied(_("Only that person can say who sees their name."))
    if to not in Membership.ShownTo.values:
        raise ValidationError({"to": _("“%s” is nobody to whom a contact can be shown.") % to})
    before = membership.shown_to
    if to == before:
        return membership
    is_shown = to != Membership.ShownTo.NOBODY
    membership.shown_to = to
    membership.shown_since = timezone.now() if is_shown else None
    membership.shown_wording = WORDING if is_shown else None
    membership.save(update_fields=["shown_to", "shown_since", "shown_wording"])
    if Membership.ShownTo.EVERYONE in (before, to):
        # Pages that are kept say it no longer, or say it now.
        counters.advance(counters.REVISION)
    change = {"before": {"shown_to": before}, "after": {"shown_to": to, "wording": WORDING}}
    audit.record(by=by, verb="show contact", noun="partner", key=membership.partner.slug, **change)
    return membership
