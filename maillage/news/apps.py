from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "maillage.news"
    label = "news"
    verbose_name = "Nouvelles"
