from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "maillage.reminders"
    label = "reminders"
    verbose_name = "Rappels"
