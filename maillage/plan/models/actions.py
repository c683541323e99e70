from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from maillage.network.models import Contact, Organization
from maillage.plan.models.convention import Convention, Scheme
from maillage.plan.models.goals import Goal
from maillage.plan.models.imports import PlanImport
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.models import Territory
from maillage.themes.models import TargetPublic, Theme


class Action(models.Model):
    """One « fiche action » of the plan."""

    class Priority(models.TextChoices):
        HIGH = "high", "Élevée"
        MEDIUM = "medium", "Moyenne"
        LOW = "low", "Basse"

    class Participation(models.TextChoices):
        NONE = "none", "Pas de participation"
        INFORMATION = "information", "Information"
        CONSULTATION = "consultation", "Consultation"
        DIALOGUE = "dialogue", "Concertation"
        CO_CONSTRUCTION = "co_construction", "Co-construction"

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="actions", verbose_name="territoire", db_index=False
    )
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="actions", verbose_name="convention")
    number = models.CharField("numéro", max_length=20, blank=True)
    position = models.PositiveIntegerField("rang", default=0)
    title = models.CharField("intitulé", max_length=300)

    state = models.CharField("état", max_length=12, choices=ActionState, default=ActionState.TO_COME)
    added_midway = models.BooleanField("ajoutée en cours de plan", default=False)
    health = models.CharField("santé", max_length=10, choices=Health, default=Health.GOOD)
    health_note = models.CharField("motif de la santé", max_length=300, blank=True)
    health_on = models.DateField("santé constatée le", null=True, blank=True)
    priority = models.CharField("priorité", max_length=10, choices=Priority, blank=True)

    lead_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="led_actions",
        verbose_name="structure pilote",
    )  # fmt: skip
    lead_person = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="led_actions", verbose_name="pilote"
    )
    elected_referent = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="referent_of", verbose_name="élu référent"
    )
    goals = models.ManyToManyField(Goal, through="ActionGoal", related_name="actions", verbose_name="objectifs")
    partners = models.ManyToManyField(
        Organization, through="ActionPartner", related_name="partner_actions", verbose_name="partenaires"
    )
    publics = models.ManyToManyField(TargetPublic, blank=True, related_name="+", verbose_name="publics visés")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes")
    schemes = models.ManyToManyField(Scheme, blank=True, related_name="actions", verbose_name="dispositifs liés")
    commune_codes: Any = models.JSONField("communes concernées", default=list, blank=True)

    need = models.TextField("besoin", blank=True)
    description = models.TextField("description", blank=True)
    objectives = models.TextField("objectifs de l’action", blank=True)
    expected_results = models.TextField("résultats attendus", blank=True)
    human_means = models.TextField("moyens humains et techniques", blank=True)
    financial_means = models.TextField("financements (texte)", blank=True)
    budget_total = models.DecimalField(
        "budget prévisionnel total", max_digits=12, decimal_places=2, null=True, blank=True
    )
    brakes = models.TextField("freins", blank=True)
    levers = models.TextField("leviers", blank=True)
    participation = models.CharField("participation citoyenne", max_length=20, choices=Participation, blank=True)

    starts_on = models.DateField("commence le", null=True, blank=True)
    ends_on = models.DateField("se termine le", null=True, blank=True)
    is_continuous = models.BooleanField("en continu, sans date de fin", default=False)
    calendar = models.TextField("calendrier (texte)", blank=True)

    weight = models.PositiveSmallIntegerField(
        "poids dans l’avancement", default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    news_on = models.DateField("dernières nouvelles le", null=True, blank=True)

    imported_in = models.ForeignKey(
        PlanImport, models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name="import"
    )
    is_example = models.BooleanField("exemple", default=False)
    updated_at = models.DateTimeField("mise à jour le", auto_now=True)

    class Meta:
        verbose_name = "action"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["territory", "convention", "position"], name="action_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_start",
                violation_error_message="L’action se termine avant de commencer. Corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(is_continuous=False) | Q(ends_on=None), name="action_continuous_has_no_end",
                violation_error_message="Une action en continu n’a pas de date de fin. Choisissez l’une ou l’autre.",
            ),
            models.CheckConstraint(
                condition=Q(health="good") | ~Q(health_note=""), name="action_poor_health_has_reason",
                violation_error_message="Dites en une phrase pourquoi l’action est à surveiller ou bloquée.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ActionGoal(models.Model):
    """An action serves a goal; exactly one of its goals is the main one."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="goal_links", verbose_name="action")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="action_links", verbose_name="objectif")
    is_main = models.BooleanField("objectif principal", default=False)

    class Meta:
        verbose_name = "objectif d’une action"
        verbose_name_plural = "objectifs d’une action"
        constraints = [
            models.UniqueConstraint(fields=["action", "goal"], name="action_goal_once"),
            models.UniqueConstraint(fields=["action"], condition=Q(is_main=True), name="action_one_main_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.action} → {self.goal}"


class ActionPartner(models.Model):
    """An organisation takes part in an action, in a role."""

    class Role(models.TextChoices):
        OPERATIONAL = "operational", "Met en œuvre"
        FINANCIAL = "financial", "Finance"
        TECHNICAL = "technical", "Apporte son expertise"
        ASSOCIATED = "associated", "Associé"

    action = models.ForeignKey(Action, models.CASCADE, related_name="partner_links", verbose_name="action")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="partner_links", verbose_name="partenaire"
    )
    role = models.CharField("rôle", max_length=12, choices=Role, default=Role.OPERATIONAL)

    class Meta:
        verbose_name = "partenaire d’une action"
        verbose_name_plural = "partenaires d’une action"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "organization", "role"], name="action_partner_once",
                violation_error_message="Ce partenaire a déjà ce rôle dans l’action.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_role_display().lower()})"

    @property
    def territory_id(self) -> int:
        return self.action.territory_id


class SubAction(models.Model):
    """A part of an action that is followed on its own."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="sub_actions", verbose_name="action")
    position = models.PositiveIntegerField("rang", default=0)
    title = models.CharField("intitulé", max_length=300)
    description = models.TextField("description", blank=True)
    state = models.CharField("état", max_length=12, choices=ActionState, default=ActionState.TO_COME)
    starts_on = models.DateField("commence le", null=True, blank=True)
    ends_on = models.DateField("se termine le", null=True, blank=True)
    lead = models.CharField("qui s’en charge", max_length=200, blank=True)

    class Meta:
        verbose_name = "sous-action"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sub_action_ends_after_start",
                violation_error_message="La sous-action se termine avant de commencer. Corrigez l’une des deux dates.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def territory_id(self) -> int:
        return self.action.territory_id
