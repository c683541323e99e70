"""The closed lists that both the data and the rules speak of; no query, so that rules stay pure."""

from django.db.models import TextChoices


class ProposalState(TextChoices):
    """What became of the news that somebody sent."""

    PROPOSED = "proposed", "À relire"
    ACCEPTED = "accepted", "Acceptées"
    RETURNED = "returned", "Renvoyées"


class RequestState(TextChoices):
    """Where a request stands, told from its dates and from what was answered; not stored."""

    NOT_SENT = "not_sent", "Courriel non parti"
    WAITING = "waiting", "Pas encore"
    PROPOSED = "proposed", "À relire"
    RETURNED = "returned", "Renvoyées pour précision"
    ACCEPTED = "accepted", "Acceptées"
    TOLD = "told", "Reçues dans Maillage"
    HANDED_OVER = "handed_over", "A passé la main"
    REVOKED = "revoked", "Lien révoqué"
    EXPIRED = "expired", "Lien expiré"


class Letter(TextChoices):
    """Why a link is mailed."""

    ASK = "ask", "Demande"
    REMIND = "remind", "Rappel"
    RETURN = "return", "Précision demandée"
