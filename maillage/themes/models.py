from django.db import models


class Theme(models.Model):
    """A field of a CTG (petite enfance, logement…), from the national list."""

    slug = models.SlugField("identifiant", unique=True)
    name = models.CharField("nom", max_length=80)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "thème"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class TargetPublic(models.Model):
    """People for whom an action is meant (familles, jeunes de 11 à 17 ans…)."""

    slug = models.SlugField("identifiant", unique=True)
    name = models.CharField("nom", max_length=80)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "public visé"
        verbose_name_plural = "publics visés"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
