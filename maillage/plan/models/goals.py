from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from maillage.plan.models.convention import Convention
from maillage.plan.models.imports import PlanImport
from maillage.plan.vocabulary import MAX_LEVELS, GoalKind
from maillage.territories.models import Territory


class GoalLevel(models.Model):
    """How the territory names one level of its tree of goals: 1 is the top, 5 the deepest."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="levels", verbose_name="convention")
    depth = models.PositiveSmallIntegerField("niveau", validators=[MinValueValidator(1), MaxValueValidator(MAX_LEVELS)])
    kind = models.CharField("nature", max_length=12, choices=GoalKind)
    name = models.CharField("nom", max_length=60)
    plural = models.CharField("nom au pluriel", max_length=60)

    class Meta:
        verbose_name = "niveau du plan"
        verbose_name_plural = "niveaux du plan"
        ordering = ["depth"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "depth"], name="goal_level_once",
                violation_error_message="Ce niveau est déjà nommé.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id


class Goal(models.Model):
    """What is aimed at: a stake, an axis, a change, an objective, in a tree of the territory's own depth."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="goals", verbose_name="territoire", db_index=False
    )
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="goals", verbose_name="convention")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="rattaché à"
    )
    depth = models.PositiveSmallIntegerField("niveau", default=1)
    kind = models.CharField("nature", max_length=12, choices=GoalKind)
    number = models.CharField("numéro", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("intitulé", max_length=300)
    short_title = models.CharField("intitulé court", max_length=80, blank=True)
    description = models.TextField("description", blank=True)
    actor = models.CharField("qui change", max_length=200, blank=True)
    behaviour = models.TextField("ce qu’il ou elle fait désormais", blank=True)
    imported_in = models.ForeignKey(
        PlanImport, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name="import"
    )
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "objectif"
        ordering = ["depth", "position", "id"]
        indexes = [models.Index(fields=["territory", "convention", "depth", "position"], name="goal_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth__gte=1, depth__lte=MAX_LEVELS), name="goal_depth_within_levels",
                violation_error_message="Un plan compte de un à cinq niveaux.",
            ),
            models.CheckConstraint(
                condition=models.Q(depth=1, parent=None) | models.Q(depth__gt=1, parent__isnull=False),
                name="goal_top_has_no_parent",
                violation_error_message="Un objectif du premier niveau n’a pas de parent ; les autres en ont un.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ProgressMarker(models.Model):
    """A sign, seen in what one actor does, that a change is under way."""

    class Level(models.TextChoices):
        EXPECTED = "expected", "Attendu"
        HOPED_FOR = "hoped_for", "Souhaité"
        IDEAL = "ideal", "Idéal"

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="markers", verbose_name="changement visé")
    level = models.CharField("niveau", max_length=12, choices=Level)
    text = models.CharField("marqueur", max_length=300)
    observed_on = models.DateField("observé le", null=True, blank=True)
    evidence = models.TextField("ce qui le montre", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "marqueur de progrès"
        verbose_name_plural = "marqueurs de progrès"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def territory_id(self) -> int:
        return self.goal.territory_id
