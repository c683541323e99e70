"""Opening a space, letting people in, changing what they may do, letting them go."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from maillage.access.may import require
from maillage.access.roles import Role
from maillage.journal.operations import Change, record
from maillage.people.models import Invitation, Membership, User
from maillage.territories.areas import EDITIONS, LATEST, commune, epci, history_of
from maillage.territories.models import Perimeter, Territory
from maillage.ui.mail import send_page

INVITATION_DAYS = 7
SALT = "maillage.people.invitation"


@transaction.atomic
def open_territory(name: str, *, sirens: Sequence[str] = (), communes: Sequence[str] = (), by: User) -> Territory:
    """Opens a working space on one or several EPCI, or on a list of communes; whoever opens it coordinates it.

    An EPCI brings the dated perimeters that the yearly editions show; a list of communes has one. Raises
    `ValidationError` when nothing is chosen and `UnknownArea` for a code that no edition knows.
    """
    if not sirens and not communes:
        raise ValidationError("Choisissez au moins une intercommunalité ou une commune.")
    if sirens:
        kind = Territory.Kind.EPCI if len(sirens) == 1 else Territory.Kind.SEVERAL_EPCI
        known = [epci(siren) for siren in sirens]
        name = name.strip() or " et ".join(group.name for group in known)
    else:
        kind = Territory.Kind.COMMUNE if len(communes) == 1 else Territory.Kind.COMMUNE_LIST
        name = name.strip() or ", ".join(commune(code).name for code in communes)
    territory = Territory(name=name[:200], slug=free_slug(name), kind=kind, sirens=list(sirens))
    territory.full_clean()
    territory.save()
    for perimeter in _perimeters(sirens, communes):
        perimeter.territory = territory
        perimeter.save()
    Membership.objects.create(territory=territory, user=by, role=Role.COORDINATOR)
    by.remember_role(territory.pk, Role.COORDINATOR)
    record(territory, "territory.edit", f"Espace ouvert : {territory}", by=by)
    return territory


def free_slug(name: str) -> str:
    """The address of a new space: its name, and a number when the name is taken."""
    base = slugify(name)[:70] or "territoire"
    taken = set(Territory.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for rank in range(1, len(taken) + 3) if (slug := f"{base}-{rank}" if rank > 1 else base) not in taken
    )


def _perimeters(sirens: Sequence[str], communes: Sequence[str]) -> list[Perimeter]:
    if not sirens:
        return [Perimeter(starts_on=dt.date(EDITIONS[0], 1, 1), commune_codes=sorted(communes), edition=LATEST)]
    changes = sorted({state.edition for siren in sirens for state in history_of(siren)})
    states = []
    for year in changes:
        members = sorted({code for siren in sirens for code in _members(siren, year)})
        states.append(Perimeter(starts_on=dt.date(year, 1, 1), commune_codes=members, edition=year))
    for state, following in zip(states, states[1:], strict=False):
        state.ends_on = following.starts_on
    return states


def _members(siren: str, year: int) -> tuple[str, ...]:
    states = [state for state in history_of(siren) if state.edition <= year]
    return states[-1].members if states else ()


@transaction.atomic
def amend_perimeter(
    territory: Territory, starts_on: dt.date, commune_codes: Sequence[str], reason: str, *, by: User
) -> Perimeter:
    """From a day on the territory holds these communes: the perimeter in force until then ends that day."""
    require(by, "territory.edit", territory)
    last = Perimeter.objects.select_for_update().filter(territory=territory).order_by("-starts_on").first()
    if not commune_codes:
        raise ValidationError({"communes": "Un périmètre compte au moins une commune."})
    if last and starts_on <= last.starts_on:
        raise ValidationError(
            {"starts_on": f"Le dernier périmètre commence le {last.starts_on:%d/%m/%Y} : choisissez un jour après."}
        )
    before = set(last.commune_codes) if last else set()
    if before == set(commune_codes):
        raise ValidationError(
            {"communes": "Ce périmètre est le même que le précédent : ajoutez ou retirez une commune."}
        )
    if last:
        last.ends_on = starts_on
        last.save(update_fields=["ends_on"])
    perimeter = Perimeter(
        territory=territory, starts_on=starts_on, commune_codes=sorted(commune_codes), edition=LATEST, reason=reason
    )
    perimeter.full_clean()
    perimeter.save()
    change = Change(
        label="Communes", before=_names(before - set(commune_codes)), after=_names(set(commune_codes) - before)
    )
    record(
        territory,
        "territory.edit",
        f"Périmètre modifié à partir du {starts_on:%d/%m/%Y}",
        by=by,
        changes=[change],
        reason=reason,
    )
    return perimeter


def _names(codes: set[str]) -> str:
    return ", ".join(sorted(commune(code).name for code in codes)) or "—"


@transaction.atomic
def invite_person(territory: Territory, email: str, name: str, role: Role, *, by: User) -> Invitation:
    """Gives a person access and mails her the letter that lets her in (so does a sign-in link to the same address)."""
    require(by, "people.invite", territory)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name.strip())
    if Membership.objects.open().filter(territory=territory, user=user).exists():
        raise ValidationError({"email": "Cette personne a déjà accès à cet espace. Changez son rôle dans la liste."})
    membership = Membership.objects.create(territory=territory, user=user, role=role, invited_by=by)
    invitation = Invitation.objects.create(membership=membership, expires_at=_in_a_week())
    record(territory, "people.invite", f"Invitation envoyée à {user} ({role.label.lower()})", by=by)
    _mail_on_commit(invitation, by)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> None:
    """Mails a fresh letter; the one sent before no longer opens anything."""
    require(by, "people.invite", invitation)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise ValidationError("Cette personne a déjà rejoint l’espace.")
    invitation.serial += 1
    invitation.sent_at, invitation.expires_at = timezone.now(), _in_a_week()
    invitation.save(update_fields=["serial", "sent_at", "expires_at"])
    record(
        invitation.membership.territory, "people.invite", f"Invitation renvoyée à {invitation.membership.user}", by=by
    )
    _mail_on_commit(invitation, by)


@transaction.atomic
def accept_invitation(invitation: Invitation, name: str) -> User:
    """The invited person comes in: she alone holds the letter, so no permission is asked."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    user = invitation.membership.user
    if name.strip() and name.strip() != user.name:
        user.name = name.strip()
        user.save(update_fields=["name"])
    if not invitation.accepted_at:
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        record(invitation.membership.territory, "people.join", f"{user} a rejoint l’espace", by=user)
    return user


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    require(by, "people.invite", membership)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.role == role:
        return
    if role != Role.COORDINATOR:
        _keep_a_coordinator(membership)
    change = Change(label="Rôle", before=membership.get_role_display(), after=role.label)
    membership.role = role
    membership.save(update_fields=["role"])
    record(membership.territory, "people.invite", f"Rôle de {membership.user} changé", by=by, changes=[change])


@transaction.atomic
def end_access(membership: Membership, *, by: User) -> None:
    """The person no longer enters the space; what she did stays in the journal."""
    require(by, "people.invite", membership)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    _keep_a_coordinator(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record(membership.territory, "people.invite", f"Accès de {membership.user} fermé", by=by)


def invitation_of(token: str) -> Invitation:
    """The invitation that a letter holds. Raises `ValidationError` when it is forged, replaced, used up or too old."""
    try:
        pk, serial = signing.loads(token, salt=SALT)
        invitation = Invitation.objects.select_related(
            "membership__territory", "membership__user", "membership__invited_by"
        ).get(pk=pk, serial=serial)
    except (signing.BadSignature, Invitation.DoesNotExist, ValueError, TypeError):
        raise ValidationError("Cette invitation n’est plus valable. Demandez-en une nouvelle à l’équipe.") from None
    if invitation.accepted_at:
        raise ValidationError("Cette invitation a déjà servi. Connectez-vous avec votre adresse.")
    if invitation.expires_at < timezone.now() or invitation.membership.ended_at:
        raise ValidationError("Cette invitation a expiré. Demandez-en une nouvelle à l’équipe.")
    return invitation


def _keep_a_coordinator(membership: Membership) -> None:
    others = (
        Membership.objects.open()
        .filter(territory=membership.territory, role=Role.COORDINATOR)
        .exclude(pk=membership.pk)
    )
    if membership.role == Role.COORDINATOR and not others.exists():
        raise ValidationError(
            "Cette personne est seule à coordonner l’espace. Donnez d’abord ce rôle à quelqu’un d’autre."
        )


def _in_a_week() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=INVITATION_DAYS)


def _mail_on_commit(invitation: Invitation, by: User) -> None:
    token = signing.dumps([invitation.pk, invitation.serial], salt=SALT)
    link = settings.BASE_URL + reverse("invitation", args=[token])
    membership = invitation.membership
    context = {"membership": membership, "by": by, "link": link, "expires_at": invitation.expires_at}
    subject = f"{by} vous invite dans l’espace {membership.territory}"
    transaction.on_commit(lambda: send_page(membership.user.email, subject, "people/mail/invitation", context))
