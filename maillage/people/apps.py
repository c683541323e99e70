from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "maillage.people"
    label = "people"
    verbose_name = "Personnes"

    def ready(self) -> None:
        # Each capability declares its verbs in `permissions.py` and what it lends to others in `providers.py`.
        autodiscover_modules("permissions", "providers", "panels")
