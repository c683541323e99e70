from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from maillage.people.models import Membership, User
from maillage.territories.models import Territory


class Organization(models.Model):
    """A partner of a territory: an institution, a public body, an association, a firm."""

    class Kind(models.TextChoices):
        EPCI = "epci", "Intercommunalité"
        COMMUNE = "commune", "Commune"
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"
        ETAT = "etat", "Service de l’État"
        CAF = "caf", "CAF"
        MSA = "msa", "MSA"
        CPAM = "cpam", "CPAM"
        FRANCE_TRAVAIL = "france_travail", "France Travail"
        CCAS = "ccas", "CCAS, CIAS ou leur union"
        SCHOOL = "school", "Établissement scolaire ou de formation"
        HEALTH = "health", "Établissement ou professionnels de santé"
        ASSOCIATION = "association", "Association"
        OTHER = "other", "Autre"

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="organizations", verbose_name="territoire", db_index=False
    )
    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("sigle ou nom court", max_length=60, blank=True)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.OTHER)
    siret = models.CharField(
        "SIRET", max_length=14, blank=True, validators=[RegexValidator(r"^\d{14}$", "Un SIRET compte 14 chiffres.")]
    )
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = models.URLField("site", blank=True)
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "partenaire"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "territory",
                Lower("name"),
                name="organization_name_once",
                violation_error_message="Un partenaire porte déjà ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Contact(models.Model):
    """Somebody reached through their work: a professional contact of an organisation, with or without an account."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="contacts", verbose_name="territoire", db_index=False
    )
    name = models.CharField("nom", max_length=120)
    position = models.CharField("fonction", max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="contacts", verbose_name="partenaire"
    )
    email = models.EmailField("adresse électronique professionnelle", blank=True)
    phone = models.CharField("téléphone professionnel", max_length=30, blank=True)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="contacts", verbose_name="compte"
    )
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "contact"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "territory",
                Lower("name"),
                "organization",
                name="contact_name_once",
                violation_error_message="Ce contact existe déjà chez ce partenaire.",
            ),
            models.UniqueConstraint(
                "territory",
                Lower("name"),
                condition=models.Q(organization=None),
                name="contact_alone_once",
                violation_error_message="Ce contact existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """The organisation for which a member of a territory speaks."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="affiliation", verbose_name="accès")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="affiliations", verbose_name="partenaire"
    )

    class Meta:
        verbose_name = "rattachement"

    def __str__(self) -> str:
        return f"{self.membership.user}, {self.organization}"
