from django.apps import AppConfig


class AmendmentsConfig(AppConfig):
    name = "maillage.amendments"
    label = "amendments"
    verbose_name = "Versions et avenants"
