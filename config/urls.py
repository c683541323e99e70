"""The only place that knows every capability."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("maillage.people.urls")),
    path("", include("maillage.network.urls")),
    path("", include("maillage.documents.urls")),
    path("", include("maillage.reminders.urls")),
    path("", include("maillage.exchange.urls")),
    path("", include("maillage.news.urls")),
    path("", include("maillage.amendments.urls")),
    path("", include("maillage.discussion.urls")),
    path("", include("maillage.plan.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("maillage.demo.urls")))
