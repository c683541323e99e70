from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "maillage.printing"
    label = "printing"
    verbose_name = "Mise en page"
