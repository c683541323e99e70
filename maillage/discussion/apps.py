from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "maillage.discussion"
    label = "discussion"
    verbose_name = "Discussion"
