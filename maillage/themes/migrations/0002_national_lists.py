"""The themes of a CTG as CAF writes them, with those that territories most often add, and the usual publics."""

from django.db import migrations
from django.utils.text import slugify

THEMES = [
    "Petite enfance", "Enfance", "Jeunesse", "Parentalité", "Animation de la vie sociale", "Accès aux droits",
    "Inclusion numérique", "Logement et cadre de vie", "Handicap", "Accompagnement social et insertion", "Mobilité",
    "Santé", "Seniors et autonomie", "Culture, sport et vie associative",
]
PUBLICS = [
    "Tous les habitants", "Nouveaux arrivants", "Familles", "Futurs parents", "Enfants de moins de 3 ans",
    "Enfants de 3 à 11 ans", "Jeunes de 11 à 17 ans", "Jeunes de 18 à 25 ans", "Parents isolés", "Aidants", "Seniors",
    "Personnes en situation de handicap", "Demandeurs d’emploi", "Professionnels et bénévoles",
]


def fill(apps, schema_editor):
    for model_name, names in (("Theme", THEMES), ("TargetPublic", PUBLICS)):
        model = apps.get_model("themes", model_name)
        for position, name in enumerate(names, start=1):
            model.objects.get_or_create(slug=slugify(name), defaults={"name": name, "position": position})


class Migration(migrations.Migration):
    dependencies = [("themes", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
